/// A value of a TOML file, and the line where it stands.
struct Setting: Equatable, Sendable {
    /// What TOML can say, as far as settings need it.
    enum Value: Equatable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case list([Setting])
        case table([String: Setting])
        /// A fraction, a date or a time, of which no setting is made.
        case other(String)
    }

    var line: Int
    var value: Value

    /// What the value is, in TOML's words.
    var kind: String {
        switch value {
        case .string: "a string"
        case .integer: "an integer"
        case .boolean: "a boolean"
        case .list: "an array"
        case .table: "a table"
        case .other(let kind): kind
        }
    }
}

extension Setting {
    /// The members of a table in the order of their lines; nil for anything else.
    var members: [(name: String, setting: Setting)]? {
        guard case .table(let members) = value else { return nil }
        return members.map { (name: $0.key, setting: $0.value) }
            .sorted { ($0.setting.line, $0.name) < ($1.setting.line, $1.name) }
    }
}

/// Takes the settings of one file apart and collects what is wrong with them.
struct SettingReader {
    let file: String
    private(set) var problems: [Problem] = []
    /// What the problems are about that are found from now on.
    var subject = Problem.Subject.setting

    init(file: String) { self.file = file }

    mutating func complain(_ text: String, line: Int) {
        problems.append(Problem(file: file, line: line, text, subject: subject))
    }

    /// Complains of a name that nothing is called; masks may have been meant by it.
    mutating func complain(_ text: String, ofUnknown name: String, line: Int) {
        let before = subject
        defer { subject = before }
        if mayMeanMasks(name) { subject = .masks }
        complain(text, line: line)
    }

    mutating func complain(of name: String, wanted: String, _ setting: Setting) {
        complain("\(name) must be \(wanted), not \(setting.kind)", line: setting.line)
    }

    mutating func string(_ name: String, _ setting: Setting) -> String? {
        if case .string(let text) = setting.value { return text }
        complain(of: name, wanted: "a string", setting)
        return nil
    }

    mutating func boolean(_ name: String, _ setting: Setting) -> Bool? {
        if case .boolean(let isOn) = setting.value { return isOn }
        complain(of: name, wanted: "true or false", setting)
        return nil
    }

    /// The strings of an array, or the one string; what is no string among them is left out.
    mutating func strings(_ name: String, _ setting: Setting) -> [Located<String>] {
        switch setting.value {
        case .string(let text): return [Located(text, line: setting.line)]
        case .list(let elements):
            return elements.compactMap { element in
                string("an element of \(name)", element).map { Located($0, line: element.line) }
            }
        default:
            complain(of: name, wanted: "an array of strings", setting)
            return []
        }
    }

    mutating func table(_ name: String, _ setting: Setting) -> [(name: String, setting: Setting)] {
        if let members = setting.members { return members }
        complain(of: name, wanted: "a table", setting)
        return []
    }
}

/// A value, and the line of its file where it stands.
public struct Located<Value: Equatable & Sendable>: Equatable, Sendable {
    /// The value.
    public var value: Value
    /// The line, 1 at the top.
    public var line: Int

    /// A value at a line.
    public init(_ value: Value, line: Int) {
        self.value = value
        self.line = line
    }
}
