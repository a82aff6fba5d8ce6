import Screen

/// A theme that was read, and what was wrong with its files.
public struct LoadedTheme: Equatable, Sendable {
    /// The theme.
    public var theme: Theme
    /// For which background it is made.
    public var appearance: Appearance
    /// What its files say that is not understood; the theme is as good as it can be without.
    public var problems: [Problem]
}

/// The text of a theme file.
public struct ThemeText: Equatable, Sendable {
    /// The file as messages name it.
    public var file: String
    /// What is in it.
    public var text: String

    /// A file with a text.
    public init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}

extension LoadedTheme {
    /// A theme of a text and of those that it inherits from, which are found by their names.
    ///
    /// A role in a file replaces the colours and attributes that the inherited theme gives to it, but without `mono` it looks
    /// like the inherited one where there are no colours. A colour of the palette replaces the one of that name everywhere,
    /// so that a theme may be no more than a palette.
    public init(_ text: ThemeText, named name: String, inherited find: (String) -> ThemeText?) {
        var files = [ThemeFile(text.text, file: text.file)]
        var names: Set<String> = [name]
        var paths: Set<String> = [text.file]
        var problems = files[0].problems
        var file = text.file
        while let parent = files.last?.inherits {
            guard names.insert(parent.value).inserted else {
                problems.append(Problem(file: file, line: parent.line, "\(parent.value) inherits from itself"))
                break
            }
            guard let found = find(parent.value) else {
                problems.append(Problem(file: file, line: parent.line, "there is no theme \(parent.value)"))
                break
            }
            guard paths.insert(found.file).inserted else {
                problems.append(Problem(file: file, line: parent.line, "\(parent.value) inherits from itself"))
                break
            }
            file = found.file
            files.append(ThemeFile(found.text, file: file))
            problems += files.last?.problems ?? []
        }
        var resolution = ThemeResolution(files.reversed())
        theme = Theme(name: files[0].name ?? name, styles: resolution.styles())
        appearance = files.lazy.compactMap(\.appearance).first ?? .any
        self.problems = problems + resolution.problems
    }
}

/// Joins theme files, the one that is inherited from first, and makes colours of names.
private struct ThemeResolution {
    private let palette: [String: Color]
    private var entries: [Role: ThemeFile.Entry] = [:]
    private(set) var problems: [Problem] = []

    init(_ files: some Sequence<ThemeFile>) {
        var palette: [String: Color] = [:]
        for file in files {
            palette.merge(file.palette) { $1 }
            for (role, entry) in file.entries {
                var entry = entry
                entry.mono = entry.mono ?? entries[role].map { $0.mono ?? $0.attributes ?? [] }
                entries[role] = entry
            }
        }
        self.palette = palette
    }

    mutating func styles() -> [Role: Style] {
        var styles: [Role: Style] = [:]
        for (role, entry) in entries { styles[role] = style(entry) }
        problems.sort { ($0.file, $0.line) < ($1.file, $1.line) }
        return styles
    }

    private mutating func style(_ entry: ThemeFile.Entry) -> Style {
        Style(
            foreground: color(.foreground, entry),
            background: color(.background, entry),
            attributes: entry.attributes ?? [],
            foreground16: color16(.foreground16, instead: .foreground, entry),
            background16: color16(.background16, instead: .background, entry),
            mono: entry.mono
        )
    }

    private mutating func color(_ field: ThemeFile.Field, _ entry: ThemeFile.Entry) -> Color? {
        guard let setting = entry.colors[field] else { return nil }
        if case .string(let name) = setting.value, let color = palette[name] { return color }
        if let color = setting.color { return color }
        complain(
            "\(field.rawValue) must be a name of the palette, \(Color.description), not \(setting.text)",
            setting,
            entry
        )
        return nil
    }

    /// The colour where there are 16: the one that is named for it, else the person's own red for what the palette calls
    /// red, whatever that is; nil leaves it to the nearest.
    private mutating func color16(
        _ field: ThemeFile.Field,
        instead full: ThemeFile.Field,
        _ entry: ThemeFile.Entry
    ) -> Color? {
        guard let setting = entry.colors[field] else {
            guard case .string(let name)? = entry.colors[full]?.value, palette[name] != nil else { return nil }
            return Color.ansiNames.contains(name) ? Color(named: name) : nil
        }
        switch setting.color {
        case .standard?, .ansi(0...15)?: return setting.color
        default:
            complain(
                "\(field.rawValue) must be default, red to bright-white, or 0 to 15, not \(setting.text)",
                setting,
                entry
            )
            return nil
        }
    }

    private mutating func complain(_ text: String, _ setting: Setting, _ entry: ThemeFile.Entry) {
        problems.append(Problem(file: entry.file, line: setting.line, text))
    }
}
