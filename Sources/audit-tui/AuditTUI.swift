import ArgumentParser
import AuditSetup
import Glibc

/// The command line: which subcommands there are, and what every one of them shares.
struct AuditTUI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit-tui",
        abstract: "A terminal browser for PostgreSQL audit trails.",
        version: "audit-tui \(InstallationVersion.current)",
        subcommands: [
            BrowseCommand.self, LogCommand.self, InitCommand.self, StatusCommand.self, RemoveCommand.self,
        ],
        defaultSubcommand: BrowseCommand.self,
        helpNames: [.long, .customShort("?")]
    )
}

@main
enum Main {
    static func main() {
        let arguments = rewritten(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try AuditTUI.parseAsRoot(arguments)
            try command.run()
        } catch {
            leave(after: error, arguments: arguments)
        }
        fflush(nil)
    }

    /// What a person types, in the form that the parser knows.
    ///
    /// `audit-tui --init orders -d shop` is `audit-tui init orders -d shop`, wherever `--init` stands before `--`, and
    /// `-V` is psql's short form of `--version`.
    static func rewritten(_ arguments: [String]) -> [String] {
        if arguments == ["-V"] { return ["--version"] }
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        guard let index = arguments[..<end].firstIndex(of: "--init") else { return arguments }
        var rest = arguments
        rest.remove(at: index)
        return rest.first == "init" ? rest : ["init"] + rest
    }
}
