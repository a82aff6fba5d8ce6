import JSON

/// What the parser knows of a command, as it dumps it: the one source of its help, the completions and the manual.
struct CommandDescription {
    /// The command as it is typed, without the program's name.
    var name: String
    var abstract: String
    var discussion: String
    var arguments: [Argument]
    var subcommands: [CommandDescription]

    /// A positional argument, an option or a flag.
    struct Argument {
        /// `-h`, `--host`; empty for a positional argument.
        var names: [String]
        /// What stands for the value; nil for a flag.
        var valueName: String?
        var abstract: String
        /// The default value; nil without one.
        var defaultValue: String?
        /// The only values that it takes; empty when there are too many to say.
        var values: [String]
        /// The heading under which the help shows it; nil for those of the command alone.
        var section: String?
        var isOptional: Bool
        var isRepeating: Bool
    }

    /// Reads what the parser dumps; nil when it is not that.
    init?(dump: String) {
        guard let document = try? JSON(parsing: dump), let command = document["command"] else { return nil }
        self.init(command)
    }

    private init(_ command: JSON) {
        name = command.text("commandName") ?? ""
        abstract = command.text("abstract") ?? ""
        discussion = command.text("discussion") ?? ""
        arguments = (command["arguments"]?.elements ?? []).filter(\.isDisplayed).map(Argument.init)
        subcommands = (command["subcommands"]?.elements ?? []).filter(\.isDisplayed).map(CommandDescription.init)
    }
}

extension CommandDescription.Argument {
    fileprivate init(_ argument: JSON) {
        let kind = argument.text("kind")
        names = (argument["names"]?.elements ?? []).compactMap { name in
            name.text("name").map { (name.text("kind") == "long" ? "--" : "-") + $0 }
        }
        valueName = kind == "flag" ? nil : argument.text("valueName")
        abstract = argument.text("abstract") ?? ""
        defaultValue = argument.text("defaultValue")
        values = (argument["allValues"]?.elements ?? []).compactMap {
            if case .string(let text) = $0 { text } else { nil }
        }
        section = argument.text("sectionTitle")
        isOptional = argument["isOptional"] == .bool(true)
        isRepeating = argument["isRepeating"] == .bool(true)
    }
}

extension JSON {
    fileprivate func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }

    fileprivate var isDisplayed: Bool { self["shouldDisplay"] != .bool(false) }
}
