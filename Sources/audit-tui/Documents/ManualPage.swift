import AuditSetup
import Browser
import Screen

/// The manual page, made of the definitions of the command line and of the keymap.
struct ManualPage {
    private let command: CommandDescription
    var roff = Roff()

    /// The page as source for `man`.
    static func source(of command: CommandDescription) -> String {
        var page = ManualPage(command: command)
        page.writeTop()
        page.writeCommands()
        page.writeSharedOptions()
        page.writeFilter()
        page.writeKeys()
        page.writeEnd()
        return page.roff.text
    }

    private init(command: CommandDescription) { self.command = command }

    private mutating func writeTop() {
        roff.macro("TH", "AUDIT-TUI", "1", "", "audit-tui \(InstallationVersion.current)", "PostgreSQL audit trails")
        // Neither hyphens that are not there, which would be copied, nor gaps in lines of half a page.
        roff.macro("nh")
        roff.macro("ad", "l")
        roff.macro("SH", "NAME")
        roff.paragraph("audit-tui - " + command.abstract.lowercasedFirst)
        roff.macro("SH", "SYNOPSIS")
        roff.synopsis(
            .bold("audit-tui"),
            .plain(" ["),
            .italic("option"),
            .plain("]... ["),
            .italic("database"),
            .plain("]")
        )
        roff.synopsis(
            .bold("audit-tui"),
            .plain(" "),
            .italic("command"),
            .plain(" ["),
            .italic("argument"),
            .plain("]...")
        )
        roff.synopsis(.bold("audit-tui --init"), .plain(" ["), .italic("table"), .plain("]..."))
        roff.macro("SH", "DESCRIPTION")
        roff.paragraph(
            "Shows who changed which row of a PostgreSQL database, when, from what to what, and how to undo it. It reads the "
                + "audit format of flask-audit-logger 2.0.0, and installs what records it. Browsing never writes: its "
                + "sessions are read-only, and a revert is a script that is printed, never run."
        )
    }

    private mutating func writeCommands() {
        roff.macro("SH", "COMMANDS")
        for subcommand in command.subcommands where subcommand.name != "help" {
            roff.macro("SS", synopsis(of: subcommand))
            roff.paragraph(subcommand.abstract)
            if !subcommand.discussion.isEmpty { roff.paragraph(subcommand.discussion) }
            for argument in subcommand.arguments.own { write(argument) }
        }
    }

    private func synopsis(of subcommand: CommandDescription) -> String {
        let positional = subcommand.arguments.filter(\.names.isEmpty).map { argument in
            let name = (argument.valueName ?? "").uppercased() + (argument.isRepeating ? "..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        return (["audit-tui", subcommand.name, "[option]..."] + positional).joined(separator: " ")
    }

    /// The groups of options that several commands share, each once.
    private mutating func writeSharedOptions() {
        var sections: [String] = []
        for argument in command.subcommands.flatMap(\.arguments) {
            if let section = argument.section, !sections.contains(section) { sections.append(section) }
        }
        for section in sections {
            let users = command.subcommands.filter { $0.arguments.contains { $0.section == section } }
            roff.macro("SH", section.uppercased() + " OPTIONS")
            roff.paragraph("Of " + users.map(\.name).joined(separator: ", ") + ".")
            for argument in users.first?.arguments.filter({ $0.section == section }) ?? [] { write(argument) }
        }
        roff.macro("SH", "OTHER OPTIONS")
        roff.item([.bold("-?"), .plain(", "), .bold("--help")], "Show the help of the program or of a command.")
        roff.item([.bold("-V"), .plain(", "), .bold("--version")], "Show the version.")
    }

    private mutating func write(_ argument: CommandDescription.Argument) {
        var label: [Roff.Part] = []
        for name in argument.names { label += (label.isEmpty ? [] : [.plain(", ")]) + [.bold(name)] }
        if let value = argument.valueName {
            label += (label.isEmpty ? [] : [.plain(" ")]) + [.italic(label.isEmpty ? value.uppercased() : value)]
        }
        let values = argument.values.isEmpty ? [] : [argument.values.joined(separator: ", ")]
        let remarks = values + (argument.defaultValue.map { ["default: \($0)"] } ?? [])
        roff.item(label, argument.abstract + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"))
    }

    private mutating func writeKeys() {
        roff.macro("SH", "KEYS")
        roff.paragraph("Of the browser. A key with another meaning in some view is listed once for each.")
        for binding in Keymap.standard.bindings {
            let keys = binding.keys.map { Roff.Part.bold(Self.keyNames[$0] ?? $0.name) }
            let label = keys.enumerated().flatMap { $0 == 0 ? [$1] : [.plain(", "), $1] }
            roff.item(label, binding.action.purpose + ".")
        }
    }

    /// Names in letters, where the help shows signs that not every terminal that shows manuals has.
    private static let keyNames: [Key: String] = [
        .up: "Up", .down: "Down", .left: "Left", .right: "Right", .backTab: "Shift-Tab",
    ]
}

extension [CommandDescription.Argument] {
    /// Those of the command alone; a flag and its negation, which share their words, are one.
    fileprivate var own: [CommandDescription.Argument] {
        reduce(into: []) { own, argument in
            guard argument.section == nil, !argument.names.contains("--help"), !argument.names.contains("--version")
            else { return }
            if let last = own.last, last.abstract == argument.abstract, !argument.names.isEmpty {
                own[own.count - 1].names += argument.names
            } else {
                own.append(argument)
            }
        }
    }
}

extension String {
    /// A sentence as part of another one.
    fileprivate var lowercasedFirst: String {
        prefix(1).lowercased() + (last == "." ? dropFirst().dropLast() : dropFirst())
    }
}
