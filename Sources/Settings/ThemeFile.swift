import Screen

/// For which background a theme is made.
public enum Appearance: String, CaseIterable, Sendable {
    /// Light text on a dark background.
    case dark
    /// Dark text on a light background.
    case light
    /// Whatever background the terminal has.
    case any
}

/// What one theme file says, before it is joined with those that it inherits from.
struct ThemeFile {
    /// How a role looks, its colours still names.
    struct Entry {
        var colors: [Field: Setting] = [:]
        var attributes: Attributes?
        var mono: Attributes?
        /// The file that says so, for what is found to be wrong later.
        var file: String
    }

    /// The colours of a role.
    enum Field: String, CaseIterable {
        case foreground = "fg"
        case background = "bg"
        case foreground16 = "fg16"
        case background16 = "bg16"
    }

    private(set) var name: String?
    private(set) var inherits: Located<String>?
    private(set) var appearance: Appearance?
    private(set) var palette: [String: Color] = [:]
    private(set) var entries: [Role: Entry] = [:]
    private var reader: SettingReader

    var problems: [Problem] { reader.problems }

    init(_ text: String, file: String) {
        reader = SettingReader(file: file)
        do throws(Problem) {
            for (name, setting) in try Setting.table(of: text, file: file).members ?? [] { take(name, setting) }
        } catch {
            reader.complain(error.text, line: error.line)
        }
    }

    private mutating func take(_ name: String, _ setting: Setting) {
        switch name {
        case "name": self.name = reader.string(name, setting)
        case "inherits": inherits = reader.string(name, setting).map { Located($0, line: setting.line) }
        case "appearance":
            guard let word = reader.string(name, setting) else { return }
            appearance = Appearance(rawValue: word)
            if appearance == nil {
                reader.complain("appearance must be dark, light or any, not \(word)", line: setting.line)
            }
        case "palette":
            for (name, color) in reader.table(name, setting) { takePalette(name, color) }
        case "roles":
            for (name, style) in reader.table(name, setting) { takeRole(name, style) }
        default: reader.complain("a theme has no setting \(name)", line: setting.line)
        }
    }

    private mutating func takePalette(_ name: String, _ setting: Setting) {
        guard let color = setting.color else {
            return reader.complain("\(name) must be \(Color.description), not \(setting.text)", line: setting.line)
        }
        palette[name] = color
    }

    /// A role, or a group of roles where its members are tables: `[roles.diff]` with `add = { … }` is `diff.add`.
    private mutating func takeRole(_ name: String, _ setting: Setting) {
        let members = reader.table(name, setting)
        let roles = members.filter { $0.setting.members != nil }
        for (member, setting) in roles { takeRole("\(name).\(member)", setting) }
        guard roles.isEmpty || roles.count < members.count else { return }
        guard let role = Role(name: name) else {
            return reader.complain("there is no role \(name)", line: setting.line)
        }
        var entry = Entry(file: reader.file)
        for (member, setting) in members where setting.members == nil { take(member, setting, of: name, into: &entry) }
        entries[role] = entry
    }

    private mutating func take(_ field: String, _ setting: Setting, of role: String, into entry: inout Entry) {
        switch field {
        case "attributes": entry.attributes = attributes("attributes", setting)
        case "mono": entry.mono = attributes("mono", setting)
        default:
            guard let field = Field(rawValue: field) else {
                let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
                return reader.complain(
                    "\(role) has no setting \(field), only \(fields), attributes and mono",
                    line: setting.line
                )
            }
            entry.colors[field] = setting
        }
    }

    private mutating func attributes(_ name: String, _ setting: Setting) -> Attributes {
        var result: Attributes = []
        for text in reader.strings(name, setting) {
            for word in text.value.split(separator: " ") {
                if let attribute = Self.attributes[String(word)] {
                    result.insert(attribute)
                } else {
                    let known = "bold, dim, italic, underline, reverse"
                    reader.complain("there is no attribute \(word), only \(known)", line: text.line)
                }
            }
        }
        return result
    }

    private static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]
}
