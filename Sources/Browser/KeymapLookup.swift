import Screen

/// What the keys do in a place.
extension Keymap {
    /// The action of a key, in a place or in none; nil when it has none.
    ///
    /// A binding for the place alone comes before one for everywhere.
    public func action(for key: Key, in place: Place? = nil) -> Action? {
        inForce(in: place).first { $0.keys.contains(key) }?.action
    }

    /// The keys of an action in a place or in none; empty when it has none there.
    public func keys(for action: Action, in place: Place? = nil) -> [Key] {
        keys(in: place)[action] ?? []
    }

    /// The keys of each action that has some in a place.
    func keys(in place: Place?) -> [Action: [Key]] {
        var taken: Set<Key> = []
        var result: [Action: [Key]] = [:]
        for binding in inForce(in: place) {
            let own = binding.keys.filter { taken.insert($0).inserted }
            if !own.isEmpty { result[binding.action] = own }
        }
        return result
    }

    /// One binding for each action: that for the place, else that for everywhere; those for the place come first.
    private func inForce(in place: Place?) -> [Binding] {
        let local = place.map { place in bindings.filter { $0.places.contains(place) } } ?? []
        var known: Set<Action> = []
        return (local + bindings.filter(\.places.isEmpty)).filter { known.insert($0.action).inserted }
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
