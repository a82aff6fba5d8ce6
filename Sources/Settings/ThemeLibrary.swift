import Screen

/// The themes that can be chosen: those of the person, of the machine, and those built in.
public struct ThemeLibrary: Sendable {
    private let folders: [String]
    /// The themes that were read, each with the texts that it was made of.
    private var read: [String: (texts: [String: ThemeText?], theme: LoadedTheme)] = [:]

    /// The themes of these folders, in the order of their precedence, and those built in.
    public init(folders: [String] = []) {
        self.folders = folders
    }

    /// The names, `default` first, the others in their order.
    ///
    /// Blocks on the file system.
    public var names: [String] {
        let files = folders.flatMap(namesInFolder).filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }
        let all = Set(files.map { String($0.dropLast(".toml".count)) }).union(ThemeFiles.all.map(\.name))
        return ["default"] + all.subtracting(["default"]).sorted()
    }

    /// The theme of that name, or of the file at that path where there is a slash in it; nil when there is none.
    ///
    /// Blocks on the file system.
    public func theme(_ name: String) -> LoadedTheme? {
        text(of: name).map { LoadedTheme($0, named: name, inherited: text) }
    }

    /// The same, but read anew only where one of its files has changed since.
    ///
    /// What reads TOML does not give back all memory that it takes.
    public mutating func rememberedTheme(_ name: String) -> LoadedTheme? {
        if let (texts, theme) = read[name], texts.allSatisfy({ text(of: $0.key) == $0.value }) { return theme }
        guard let own = text(of: name) else { return nil }
        var texts: [String: ThemeText?] = [name: own]
        let theme = LoadedTheme(own, named: name) { parent in
            let found = text(of: parent)
            texts[parent] = .some(found)
            return found
        }
        read[name] = (texts, theme)
        return theme
    }

    /// The theme that is there in any case: the person's own colours, as it is built in.
    public static var standard: Theme {
        builtIn("default").map { LoadedTheme($0, named: "default", inherited: builtIn).theme }
            ?? Theme(name: "default", styles: [:])
    }

    private func text(of name: String) -> ThemeText? {
        if name.contains("/") { return Self.file(name, patience: pipePatience) }
        for folder in folders {
            if let found = Self.file("\(folder)/\(name).toml") { return found }
        }
        return Self.builtIn(name)
    }

    private static func file(_ path: String, patience: Duration = .zero) -> ThemeText? {
        (try? textOfFile(path, patience: patience)).map { ThemeText(file: path, text: $0) }
    }

    private static func builtIn(_ name: String) -> ThemeText? {
        ThemeFiles.all.first { $0.name == name }.map { ThemeText(file: "themes/\(name).toml", text: $0.text) }
    }
}
