import Screen

/// The keymap as a list, for the manual, the documentation, `audit-tui keys` and `:keys`.
extension Keymap {
    /// An action with its keys in a place.
    public struct Entry: Equatable, Sendable {
        /// The only place where they do that; nil for everywhere.
        public var place: Place?
        /// The action.
        public var action: Action
        /// The keys; empty when the action has none.
        public var keys: [Key]

        /// The keys in words: `j ↓ ^N`; a dash when there are none.
        public var keyText: String { keys.isEmpty ? "–" : keys.map(\.name).joined(separator: " ") }
        /// What they do.
        public var purpose: String { action.purpose }
    }

    /// What holds everywhere, then what differs in each place, in the order of the help.
    public var entries: [Entry] {
        ([nil] + Place.allCases.map(Optional.some)).flatMap(entries(in:))
    }

    /// What holds in a place alone, or with nil what holds everywhere, in the order of the help.
    public func entries(in place: Place?) -> [Entry] {
        let own: Set<Action>
        if let place {
            own = Set(bindings.filter { $0.places.contains(place) }.map(\.action))
        } else {
            own = Set(Action.allCases.filter(\.places.isEmpty))
        }
        let keys = keys(in: place)
        return Keymap.standard.bindings.map(\.action).uniqued.filter(own.contains).map { action in
            Entry(place: place, action: action, keys: keys[action] ?? [])
        }
    }

    /// The keymap as lines of text: for each place a heading and below it names, keys and purposes.
    ///
    /// With a place, those of the place and of everywhere; without one, all.
    public func lines(for place: Place? = nil) -> [String] {
        let places = Place.allCases.filter { place == nil || $0 == place }
        let parts = (places.map(Optional.some) + [nil]).map { place in
            let entries = entries(in: place)
            return entries.isEmpty ? [] : ["-- \(place?.title ?? "everywhere")"] + entries.map(\.line)
        }
        return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
    }
}

extension Model {
    /// Runs `:keys` with the name of a view, or with nothing for all.
    mutating func showKeys(of name: String) throws(CommandError) -> [Effect] {
        let wanted = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        let place = Keymap.Place(rawValue: wanted)
        guard wanted.isEmpty || place != nil else {
            let names = Keymap.Place.allCases.map(\.rawValue).joined(separator: ", ")
            throw .other("there is no view \(wanted); there are \(names)")
        }
        overlay = .statements(StatementPager(lines: keymap.lines(for: place)))
        return []
    }
}

extension Keymap.Entry {
    /// The entry as a line of text: name, keys, purpose.
    fileprivate var line: String {
        let keys = SafeText(keyText)
        let name = action.name + String(repeating: " ", count: max(1, 24 - action.name.count))
        return name + keyText + String(repeating: " ", count: max(1, 20 - keys.width)) + purpose
    }
}
