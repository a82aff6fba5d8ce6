import ArgumentParser
import AuditSetup
import AuditTrail
import JSON
import Postgres

/// `audit-tui status`: what is installed and what escapes it.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is recorded and what is not; exit status 5 when there are holes."
    )

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("The schema of the audit tables.", valueName: "schema"))
    var schema: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        let connection = try connection.connect()
        let installations = try Catalog.installations(on: connection)
        if json && schema == nil && installations.isEmpty {
            print(StatusReport.absent)
            throw ExitStatus.schemaMissing
        }
        let schema = try auditSchema(named: schema, among: installations)
        let status = try Catalog.read(from: connection, auditSchema: schema).status(from: connection)
        guard status.isInstalled || json else { throw SetupError.notInstalled(schema: schema) }
        if json {
            print(StatusReport.document(status))
        } else {
            for line in StatusReport.lines(status) { print(line) }
        }
        if !status.isInstalled { throw ExitStatus.schemaMissing }
        if !status.holes.isEmpty { throw ExitStatus.holes }
    }
}
