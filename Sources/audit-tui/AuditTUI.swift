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
            IndexCommand.self, HistoryCommand.self, BlameCommand.self, RowCommand.self,
            ShowCommand.self, RevertCommand.self, DemoCommand.self, KeysCommand.self, CheckConfigCommand.self,
            DocumentCommand.self,
        ],
        defaultSubcommand: BrowseCommand.self,
        helpNames: [.long, .customShort("?")]
    )
}

@main
enum Main {
    static func main() {
        openStandardDescriptors()
        // A file that may not grow further is an error of the write, not the end.
        signal(SIGXFSZ, SIG_IGN)
        limitConnecting()
        let arguments = rewritten(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try AuditTUI.parseAsRoot(arguments)
            try command.run()
        } catch {
            leave(after: error, arguments: arguments)
        }
        flushOutput()
    }

    /// Makes libpq give up a server that never answers, unless the person has said after what time.
    ///
    /// The variable is the weakest way to say it: a service file, a connection string, and the variable itself go before it
    /// (PostgreSQL 15, 34.15). libpq counts the time for each host until the session stands.
    private static func limitConnecting() { setenv("PGCONNECT_TIMEOUT", "10", 0) }

    /// What a person types, in the form that the parser knows.
    ///
    /// `audit-tui --init orders -d shop` is `audit-tui init orders -d shop`, wherever `--init` stands before `--`;
    /// the same goes for `--check-config`;
    /// `audit-tui -d shop status` is `audit-tui status -d shop`; and `-V` is psql's short form of `--version`.
    static func rewritten(_ arguments: [String]) -> [String] {
        if arguments == ["-V"] { return ["--version"] }
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        for name in ["init", "check-config"] {
            guard let index = arguments[..<end].firstIndex(of: "--\(name)") else { continue }
            var rest = arguments
            rest.remove(at: index)
            return rest.first == name ? rest : [name] + rest
        }
        return commandFirst(arguments)
    }

    /// The arguments with the subcommand in front when only connection options stand before it.
    private static func commandFirst(_ arguments: [String]) -> [String] {
        let names = AuditTUI.configuration.subcommands.compactMap { $0.configuration.commandName }
        var index = arguments.startIndex
        while index < arguments.endIndex, arguments[index].hasPrefix("-") {
            index += optionsWithValue.contains(arguments[index]) ? 2 : 1
        }
        guard index > 0, index < arguments.endIndex, names.contains(arguments[index]) else { return arguments }
        return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
    }

    private static let optionsWithValue: Set<String> = [
        "-h", "--host", "-p", "--port", "-U", "--username", "-d", "--dbname", "--schema",
        "--config", "--connection-profile",
    ]
}
