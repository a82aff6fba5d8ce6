import Screen

/// The keymap as a list, for the manual, the documentation and `:keys`.
extension Keymap {
    /// An action with its keys in a place.
    public struct Entry: Equatable, Sendable {
        /// The only place where they do that; nil for everywhere.
        public var place: Place?
        /// The action.
        public var action: Action
        /// The keys; empty when the action has none.
        public var keys: [Key]

        /// The keys in words: `j ↓ ^N`.
        public var keyText: String { keys.isEmpty ? "–" : keys.map(\.name).joined(separator: " ") }
        /// What they do.
        public var purpose: String { action.purpose }
    }

    /// What holds everywhere, then what differs in each place, in the order of the help.
    public var entries: [Entry] {
        let order = Keymap.standard.bindings.map(\.action)
        let general = keys(in: nil)
        var entries = order.filter(\.places.isEmpty).reduce(into: [Entry]()) { entries, action in
            if entries.last?.action != action {
                entries.append(Entry(place: nil, action: action, keys: general[action] ?? []))
            }
        }
        for place in Place.allCases {
            let local = bindings.filter { $0.places.contains(place) }.map(\.action)
            let keys = keys(in: place)
            var known: Set<Action> = []
            for action in order where local.contains(action) && known.insert(action).inserted {
                entries.append(Entry(place: place, action: action, keys: keys[action] ?? []))
            }
        }
        return entries
    }
}

extension Model {
    /// Runs `:keys` with the name of a view, or with nothing for all.
    mutating func showKeys(of name: String) throws(CommandError) -> [Effect] {
        let wanted = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        let known = Keymap.Place.allCases
        guard wanted.isEmpty || known.contains(where: { $0.rawValue == wanted }) else {
            let names = known.map(\.rawValue).joined(separator: ", ")
            throw .other("there is no view \(wanted); there are \(names)")
        }
        let places: [Keymap.Place?] = known.filter { wanted.isEmpty || $0.rawValue == wanted } + [nil]
        let lines = places.map { place in
            let entries = keymap.entries.filter { $0.place == place }
            return entries.isEmpty ? [] : ["-- \(place?.title ?? "everywhere")"] + entries.map(\.line)
        }
        overlay = .statements(StatementPager(lines: Array(lines.filter { !$0.isEmpty }.joined(separator: [""]))))
        return []
    }
}

extension Keymap.Entry {
    /// The entry as a line of text: name, keys, purpose.
    fileprivate var line: String {
        let name = action.name + String(repeating: " ", count: max(1, 24 - action.name.count))
        return name + keyText + String(repeating: " ", count: max(1, 20 - keyText.count)) + purpose
    }
}
