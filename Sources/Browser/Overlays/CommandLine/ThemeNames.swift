import Screen

/// The themes by their names.
public struct ThemeNames: Equatable, Sendable {
    /// The one that the screen has.
    public var current: String
    /// All that there are to choose from, in the order in which they follow each other.
    public var all: [String]

    /// A theme among others.
    public init(current: String = "default", all: [String] = ["default"]) {
        self.current = current
        self.all = all
    }

    /// The one after the current one, going round; the first where the current one is none of them, such as a file.
    var next: String {
        guard let index = all.firstIndex(of: current) else { return all.first ?? current }
        return all[(index + 1) % all.count]
    }
}

extension Model {
    mutating func useNextTheme() -> [Effect] {
        themes.current = themes.next
        return [.useTheme(themes.current)]
    }

    /// Changes to the theme that begins so; without a name, to the next one.
    mutating func useTheme(_ name: String) throws(CommandError) -> [Effect] {
        guard !name.isEmpty else { return useNextTheme() }
        let matches = themes.all.filter { $0.hasPrefix(name) }
        guard let theme = matches.first(where: { $0 == name }) ?? (matches.count == 1 ? matches[0] : nil) else {
            let known = (matches.isEmpty ? themes.all : matches).joined(separator: ", ")
            throw .other(matches.isEmpty ? "there is no theme \(name); there are \(known)" : "\(name) may be \(known)")
        }
        themes.current = theme
        return [.useTheme(theme)]
    }
}
