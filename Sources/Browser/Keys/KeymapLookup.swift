import Screen

/// What the keys do in a place.
extension Keymap {
    /// The keys and the actions of a place, or of none.
    struct Table: Sendable {
        /// What a key does.
        fileprivate(set) var actions: [Key: Action] = [:]
        /// The keys of each action that has some.
        fileprivate(set) var keys: [Action: [Key]] = [:]
    }

    /// The action of a key, in a place or in none; nil when it has none.
    ///
    /// A binding for the place alone comes before one for everywhere.
    public func action(for key: Key, in place: Place? = nil) -> Action? { tables[place]?.actions[key] }

    /// The keys of an action in a place or in none; empty when it has none there.
    public func keys(for action: Action, in place: Place? = nil) -> [Key] { keys(in: place)[action] ?? [] }

    /// The keys of each action that has some in a place.
    func keys(in place: Place?) -> [Action: [Key]] { tables[place]?.keys ?? [:] }

    /// The tables of all places and that of none.
    static func tables(of bindings: [Binding]) -> [Place?: Table] {
        Dictionary(uniqueKeysWithValues: ([nil] + Place.allCases).map { ($0, table(of: bindings, in: $0)) })
    }

    /// One binding counts for each action: that for the place, else that for everywhere; those for the place come first.
    private static func table(of bindings: [Binding], in place: Place?) -> Table {
        let local = place.map { place in bindings.filter { $0.places.contains(place) } } ?? []
        var table = Table()
        var known: Set<Action> = []
        for binding in local + bindings.filter(\.places.isEmpty) where known.insert(binding.action).inserted {
            let own = binding.keys.filter { table.actions[$0] == nil }
            for key in own { table.actions[key] = binding.action }
            if !own.isEmpty { table.keys[binding.action] = own }
        }
        return table
    }
}

extension Model {
    /// The key of an action as a hint names it; the name of the action where it has no key.
    func key(_ action: Action) -> String {
        keymap.keys(for: action, in: keyPlace).first?.name ?? action.name
    }
}

extension Action {
    /// The name in the configuration and in the help: `half-page-down`.
    public var name: String {
        rawValue.reduce(into: "") { name, letter in
            name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }

    /// The action of that name; nil when there is none.
    public init?(name: String) {
        guard let action = Action.allCases.first(where: { $0.name == name }) else { return nil }
        self = action
    }

    /// The only places where the action means something; empty for everywhere.
    public var places: Set<Keymap.Place> {
        let own = Keymap.standard.bindings.filter { $0.action == self }
        return own.contains(where: \.places.isEmpty) ? [] : own.reduce(into: []) { $0.formUnion($1.places) }
    }
}
