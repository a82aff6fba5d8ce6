import ArgumentParser
import AuditSetup
import AuditTrail
import Postgres

/// `audit-tui remove`: takes triggers and functions away, and history too when asked to.
struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop recording; history stays unless --purge is given.",
        usage: "audit-tui remove [<options>] [<tables> ...]"
    )

    @Argument(help: "Tables to stop auditing; without any, all of them.")
    var tables: [String] = []

    @Option(help: ArgumentHelp("The schema of the audit tables.", valueName: "schema"))
    var schema: String?

    @Flag(help: "Drop the audit tables with all history.")
    var purge = false

    @OptionGroup
    var change: ChangeOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func validate() throws {
        if purge && !tables.isEmpty { throw ValidationError("--purge is for the whole installation, name no tables") }
    }

    func run() throws {
        let connection = try connection.connect()
        let schema = try auditSchema(named: schema, among: auditSchemas(on: connection))
        let catalog = try Catalog.read(from: connection, auditSchema: schema)
        var request = RemovalRequest()
        request.tables = try tables.map { try catalog.table(named: parseName($0)) }
        request.purge = purge
        request.lockTimeoutMilliseconds = change.lockTimeout.milliseconds
        let plan = try catalog.plan(for: request)
        if change.dryRun { return printScript(plan) }
        guard !plan.isEmpty else { return tell("Nothing to remove.") }
        tellSummary(of: plan, title: "audit-tui remove \(connection.databaseName)")
        let asks = try agree(database: connection.databaseName)
        var line = ProgressLine()
        defer { line.clear() }
        try Installer.remove(request, auditSchema: schema, on: connection, expecting: asks ? plan : nil) {
            line.show($0)
        }
        line.clear()
        tell(purge ? "Done: the audit trail and its history are gone." : "Done: the history stays.")
    }

    /// Returns whether a person was asked; throws when the answer was no.
    private func agree(database: String) throws -> Bool {
        if change.yes { return false }
        guard isInteractive else {
            if purge { throw CommandError.usage("--purge drops all history: without a terminal it needs --yes") }
            return false
        }
        let isAgreed =
            purge
            ? ask("Type the name of the database to drop all history:") == database : confirm("Apply? [y/N]")
        guard isAgreed else { throw CommandError.other("nothing was changed") }
        return true
    }
}
