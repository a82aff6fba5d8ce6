import Screen

/// A line of the configuration that gives an action its keys in a place: `move-down = ["j", "<Down>"]` below `[keys.list]`.
public struct KeySetting: Equatable, Sendable {
    /// The name of the place; `all` for everywhere.
    public var place: String
    /// The name of the action.
    public var action: String
    /// The keys as `Key.init(name:)` takes them; none leaves the action without one.
    public var keys: [String]
    /// The line of the file, from 1.
    public var line: Int

    /// A setting of these words.
    public init(place: String, action: String, keys: [String], line: Int) {
        self.place = place
        self.action = action
        self.keys = keys
        self.line = line
    }
}

/// What is wrong with a setting.
public struct KeymapProblem: Equatable, Sendable {
    /// The line of the setting.
    public var line: Int
    /// What is wrong, for the person who wrote it.
    public var message: String

    /// A problem of a line.
    public init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

extension Keymap {
    /// The keymap with a person's settings, and what was wrong with these; what is wrong is left out.
    ///
    /// A setting gives an action all its keys in that place. It takes them from whatever else has them there, but not from
    /// another setting. A setting for `all` holds wherever the action means something, except where the keymap gives the
    /// key to an action of one place alone. `^C` always cancels.
    public func applying(_ settings: [KeySetting]) -> (keymap: Keymap, problems: [KeymapProblem]) {
        var result = self
        var problems: [KeymapProblem] = []
        var understood: [(binding: Binding, line: Int)] = []
        for setting in settings {
            guard let wanted = setting.binding(&problems) else { continue }
            var binding = wanted
            for key in wanted.keys {
                let other = understood.first { $0.binding.conflicts(with: wanted, over: key) }
                guard let other else { continue }
                let words = "\(key.name) has two actions in \(setting.place): \(other.binding.action.name) of line "
                problems.append(
                    KeymapProblem(line: setting.line, message: words + "\(other.line), and \(setting.action)")
                )
                binding.keys.removeAll { $0 == key }
            }
            understood.append((binding, setting.line))
        }
        var changed = bindings
        for binding in understood.map(\.binding) where binding.places.isEmpty { changed.replaceEverywhere(binding) }
        // What holds in one place comes before the rest, wherever it stands in the file.
        result.bindings = understood.map(\.binding).filter { !$0.places.isEmpty } + changed
        result.keepQuit(of: self, understood, &problems)
        return (result, problems)
    }

    /// Whoever has taken the last key of `quit` gets it back: nobody shall be locked in.
    private mutating func keepQuit(
        of original: Keymap,
        _ settings: [(binding: Binding, line: Int)],
        _ problems: inout [KeymapProblem]
    ) {
        let keys = original.keys(for: .quit)
        guard let key = keys.first else { return }
        let places = Place.allCases.filter { self.keys(for: .quit, in: $0).isEmpty }
        guard !places.isEmpty else { return }
        let taker = settings.last { $0.binding.action == .quit || $0.binding.keys.contains(key) }
        let names = places.map(\.rawValue).joined(separator: ", ")
        let words = "quit would have no key in \(names); \(key.name) stays with it"
        problems.append(KeymapProblem(line: taker?.line ?? 0, message: words))
        bindings.insert(Binding(action: .quit, keys: keys, places: Set(places)), at: 0)
    }
}

extension [Keymap.Binding] {
    /// Gives an action its keys in all places that it had some in, and takes them from others.
    fileprivate mutating func replaceEverywhere(_ binding: Keymap.Binding) {
        let places = binding.action.places
        guard places.isEmpty else {
            removeAll { $0.action == binding.action }
            insert(Keymap.Binding(action: binding.action, keys: binding.keys, places: places), at: 0)
            return
        }
        for index in indices where self[index].places.isEmpty {
            if self[index].action == binding.action {
                self[index].keys = binding.keys
            } else {
                self[index].keys.removeAll(where: binding.keys.contains)
            }
        }
    }
}

extension Keymap.Binding {
    fileprivate func conflicts(with other: Keymap.Binding, over key: Key) -> Bool {
        action != other.action && places == other.places && keys.contains(key)
    }
}

extension KeySetting {
    /// The binding that the words stand for; nil when they stand for none.
    fileprivate func binding(_ problems: inout [KeymapProblem]) -> Keymap.Binding? {
        func report(_ message: String) { problems.append(KeymapProblem(line: line, message: message)) }
        let known = Keymap.Place.allCases
        let place = Keymap.Place(rawValue: self.place)
        guard place != nil || self.place == "all" else {
            let names = (["all"] + known.map(\.rawValue)).joined(separator: ", ")
            report("there is no place \(self.place) for keys; there are \(names)")
            return nil
        }
        guard let action = Action(name: self.action) else {
            report("there is no action \(self.action); audit-tui keys lists them")
            return nil
        }
        if let place, !action.places.isEmpty, !action.places.contains(place) {
            let names = known.filter(action.places.contains).map(\.rawValue).joined(separator: ", ")
            report("\(self.action) does nothing in \(self.place), only in \(names)")
            return nil
        }
        var keys: [Key] = []
        for name in self.keys {
            guard let key = Key(name: name) else {
                report("there is no key \(name)")
                continue
            }
            guard key != .control("c") || action == .cancel else {
                report("^C always cancels and cannot be given to \(self.action)")
                continue
            }
            if !keys.contains(key) { keys.append(key) }
        }
        if action == .cancel, !keys.contains(.control("c")) { keys.append(.control("c")) }
        return Keymap.Binding(action: action, keys: keys, places: place.map { [$0] } ?? [])
    }
}
