import ArgumentParser
import AuditQuery
import AuditSetup
import Glibc
import Postgres
import PrivateServer
import Terminal

/// What ends the program, with the exit status that says so to a script.
enum CommandError: Error {
    /// The arguments cannot be what was meant.
    case usage(String)
    /// No session came about.
    case cannotConnect(PostgresError)
    /// A password is needed, and there is no terminal to ask on.
    case noTerminal
    /// The person gave up.
    case interrupted
    /// Setting up was refused or failed.
    case setup(SetupError)
    /// There is no trail to read, or none that can be.
    case trail(TrailError)
    /// The terminal cannot be drawn on.
    case terminal(TerminalError)
    /// Something else, told already or here.
    case other(String)
}

/// The exit statuses of the program.
enum ExitStatus: Int32, Error, CaseIterable {
    case done = 0
    case failure = 1
    case usage = 2
    case schemaMissing = 3
    case cannotConnect = 4
    case holes = 5
    case interrupted = 130

    /// What it says, in the words of the manual.
    var meaning: String {
        switch self {
        case .done: "Done."
        case .failure: "Failed; standard error says why."
        case .usage: "The arguments are wrong."
        case .schemaMissing: "The database has no audit trail, or none that can be read."
        case .cannotConnect: "No session with the server came about."
        case .holes: "The command status found tables that escape the trail, or gaps."
        case .interrupted: "Interrupted."
        }
    }
}

extension CommandError {
    var status: ExitStatus {
        switch self {
        case .usage: .usage
        case .cannotConnect, .noTerminal: .cannotConnect
        case .interrupted: .interrupted
        case .other, .terminal: .failure
        case .trail(.ambiguous): .usage
        case .trail: .schemaMissing
        case .setup(let error): ExitStatus(error)
        }
    }

    var message: String {
        switch self {
        case .usage(let message), .other(let message): message
        case .cannotConnect(let error): error.description
        case .noTerminal: "cannot connect: the server wants a password, and there is no terminal to ask on"
        case .interrupted: "interrupted"
        case .setup(let error): error.description
        case .trail(let error): error.description
        case .terminal(let error): error.description
        }
    }
}

extension ExitStatus {
    init(_ error: SetupError) {
        switch error {
        case .unknownTable, .ambiguousTable, .notATable, .auditTable, .coveredByParent, .unknownColumn,
            .columnWithoutTable, .excludedFromUnaudited, .actorTableWithoutKey, .nothingNamed, .severalInstallations,
            .notAudited:
            self = .usage
        case .notInstalled, .capturesNothing: self = .schemaMissing
        case .indexingStopped, .gapCheckStopped: self = .interrupted
        default: self = .failure
        }
    }
}

/// Says what went wrong in one line on standard error, or shows the help that was asked for, and ends the program.
func leave(after error: any Error, arguments: [String]) -> Never {
    if let status = error as? ExitStatus { exit(flushing: status) }
    if let code = error as? ExitCode {
        flushOutput()
        exit(code.rawValue)
    }
    let failure: CommandError
    switch error {
    case let known as CommandError: failure = known
    case let known as SetupError: failure = .setup(known)
    case let known as TrailError: failure = .trail(known)
    case let known as TerminalError: failure = .terminal(known)
    case let known as PrivateServerError: failure = .other(known.description)
    case let known as PostgresError: failure = .other(known.description)
    default: leaveArgumentParser(error, arguments: arguments)
    }
    tell("audit-tui: \(withoutConnectionStrings(failure.message))")
    exit(flushing: failure.status)
}

/// What ArgumentParser throws is help, a version, a completion script, or an error of usage.
private func leaveArgumentParser(_ error: any Error, arguments: [String]) -> Never {
    let code = AuditTUI.exitCode(for: error)
    guard !code.isSuccess else {
        printLines(AuditTUI.fullMessage(for: error))
        exit(flushing: .done)
    }
    let names = AuditTUI.configuration.subcommands.compactMap { $0.configuration.commandName }
    let command = arguments.first.flatMap { names.contains($0) ? " \($0)" : nil } ?? ""
    let message = AuditTUI.message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
    // An argument that nobody expected may be a connection string.
    tell("audit-tui: \(withoutConnectionStrings(message))")
    tell("see audit-tui\(command) --help")
    exit(flushing: .usage)
}

private func exit(flushing status: ExitStatus) -> Never {
    flushOutput()
    exit(status.rawValue)
}
