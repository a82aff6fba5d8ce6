import Screen

extension Configuration {
    /// The configuration that a text is, with what is wrong with it; what is right in it counts.
    public static func read(_ text: String, file: String) -> (configuration: Configuration, problems: [Problem]) {
        var reader = ConfigurationReader(file: file)
        do throws(Problem) {
            for (name, setting) in try Setting.table(of: text, file: file).members ?? [] { reader.take(name, setting) }
        } catch {
            var problem = error
            problem.subject = .file
            return (reader.configuration, [problem])
        }
        return (reader.configuration, reader.problems)
    }

    /// The configuration of a file.
    ///
    /// Blocks on the file system. Throws `FileError` when it cannot be read; a file that is not there is one of those.
    public static func read(
        file: String
    ) throws(FileError) -> (configuration: Configuration, problems: [Problem]) {
        read(try textOfFile(file, patience: pipePatience), file: file)
    }
}

/// Makes values of the settings of a file.
private struct ConfigurationReader {
    private(set) var configuration = Configuration()
    private var reader: SettingReader

    var problems: [Problem] { reader.problems.sorted { $0.line < $1.line } }

    init(file: String) {
        reader = SettingReader(file: file)
        configuration.file = file
    }

    mutating func take(_ name: String, _ setting: Setting) {
        switch name {
        case "theme": configuration.theme = theme(setting).map { Located($0, line: setting.line) }
        case "time_zone": configuration.timeZone = reader.string(name, setting).map { Located($0, line: setting.line) }
        case "noise_columns": configuration.noiseColumns = Set(reader.strings(name, setting).map(\.value))
        case "masks":
            reader.subject = .masks
            configuration.masks = reader.strings(name, setting)
            reader.subject = .setting
        case "keymap": configuration.keymap = reader.string(name, setting).map { Located($0, line: setting.line) }
        case "keys":
            for (context, bindings) in reader.table(name, setting) { takeKeys(context, bindings) }
        case "order": configuration.isOldestFirst = isOldestFirst(name, setting)
        case "mouse": configuration.mouse = reader.boolean(name, setting) ?? false
        case "follow_interval": configuration.followIntervalMilliseconds = milliseconds(name, setting)
        case "actor_labels": configuration.actorLabels = reader.strings(name, setting).map(\.value)
        case "profile":
            for (profile, members) in reader.table(name, setting) { takeProfile(profile, members) }
        default: reader.complain("there is no setting \(name)", ofUnknown: name, line: setting.line)
        }
    }

    private mutating func theme(_ setting: Setting) -> Configuration.ThemeChoice? {
        if case .string(let name) = setting.value { return .named(name) }
        guard let members = setting.members else {
            reader.complain(of: "theme", wanted: "a name or { dark = NAME, light = NAME }", setting)
            return nil
        }
        var names: [String: String] = [:]
        for (name, value) in members {
            if ["dark", "light"].contains(name) {
                names[name] = reader.string(name, value)
            } else {
                reader.complain("theme has dark and light, not \(name)", ofUnknown: name, line: value.line)
            }
        }
        if let dark = names["dark"], let light = names["light"] { return .pair(dark: dark, light: light) }
        reader.complain("theme needs both dark and light", line: setting.line)
        return nil
    }

    private mutating func isOldestFirst(_ name: String, _ setting: Setting) -> Bool {
        switch setting.value {
        case .string("newest"): return false
        case .string("oldest"): return true
        default:
            reader.complain("\(name) must be newest or oldest, not \(setting.text)", line: setting.line)
            return false
        }
    }

    private mutating func takeKeys(_ context: String, _ setting: Setting) {
        // A setting behind a heading belongs to that table.
        if setting.members == nil, mayMeanMasks(context) { reader.subject = .masks }
        defer { reader.subject = .setting }
        for (action, keys) in reader.table("keys.\(context)", setting) {
            guard !mayMeanMasks(action) else {
                reader.complain("keys.\(context) has no action \(action)", ofUnknown: action, line: keys.line)
                continue
            }
            let binding = KeyBinding(
                context: Located(context, line: setting.line),
                action: Located(action, line: keys.line),
                keys: reader.strings(action, keys)
            )
            configuration.keyBindings.append(binding)
        }
    }

    /// Milliseconds as a number, or `500ms`, `2s`.
    private mutating func milliseconds(_ name: String, _ setting: Setting) -> Int? {
        let count: Int? =
            switch setting.value {
            case .integer(let number): number
            case .string(let text) where text.hasSuffix("ms"): Int(text.dropLast(2))
            case .string(let text) where text.hasSuffix("s"): Int(text.dropLast()).map { $0 > 3600 ? 0 : $0 * 1000 }
            default: nil
            }
        if let count, (100...3_600_000).contains(count) { return count }
        reader.complain("\(name) must be from 100ms to 3600s, not \(setting.text)", line: setting.line)
        return nil
    }

    private mutating func takeProfile(_ name: String, _ setting: Setting) {
        guard setting.members != nil else {
            if mayMeanMasks(name) { reader.subject = .masks }
            defer { reader.subject = .setting }
            return reader.complain(of: "profile.\(name)", wanted: "a table", setting)
        }
        var profile = Profile(line: setting.line)
        for (member, value) in setting.members ?? [] { take(member, value, into: &profile) }
        if profile.service != nil, profile.connection != nil {
            reader.complain("profile.\(name) must have a service or a connection, not both", line: setting.line)
            profile.service = nil
        }
        configuration.profiles[name] = profile
    }

    private mutating func take(_ member: String, _ value: Setting, into profile: inout Profile) {
        switch member {
        case "service": profile.service = reader.string(member, value)
        case "connection": profile.connection = reader.string(member, value)
        case "filter": profile.filter = reader.string(member, value).map { Located($0, line: value.line) }
        case "banner": profile.banner = reader.string(member, value)
        case "banner_color":
            profile.bannerColor = value.color
            if value.color == nil {
                reader.complain("banner_color must be \(Color.description), not \(value.text)", line: value.line)
            }
        default:
            let known = "service, connection, filter, banner and banner_color"
            reader.complain("a profile has no setting \(member), only \(known)", ofUnknown: member, line: value.line)
        }
    }
}
