import ArgumentParser
import AuditSetup
import AuditTrail
import Postgres
import Screen

/// `audit-tui index`: builds or drops the indexes that browsing is fast by, beside those who write.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Build or drop the indexes that browsing is fast by.",
        usage: "audit-tui index [<options>]",
        discussion: "May be stopped at any time: run again, it goes on from there."
    )

    @Flag(help: "Drop the browsing indexes.")
    var drop = false

    @Option(help: ArgumentHelp("The schema of the audit tables.", valueName: "schema"))
    var schema: String?

    @Option(
        help: ArgumentHelp(
            "How long to wait for locks; without it, as long as it takes.",
            valueName: "time"
        )
    )
    var lockTimeout: TimeSpan?

    @Flag(help: "Print the SQL that would run, change nothing.")
    var dryRun = false

    @Flag(help: "Do not ask before changing the database.")
    var yes = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        var settings = try connection.settings()
        let connection = try connection.connect(&settings)
        let schema = try auditSchemaOrView(on: connection)
        var request = IndexRequest()
        request.drop = drop
        request.lockTimeoutMilliseconds = lockTimeout?.milliseconds
        let plan = try Catalog.read(from: connection, auditSchema: schema).plan(for: request)
        if dryRun { printLines(plan.script) }
        guard !plan.isEmpty && !dryRun else { return tellRest(of: plan) }
        tellSummary(of: plan, title: "audit-tui index \(connection.databaseName)")
        let asks = isInteractive && !yes
        guard !asks || confirm("Apply? [y/N]") else { throw CommandError.other("nothing was changed") }
        try apply(request, schema, on: connection, settings, expecting: asks ? plan : nil)
    }

    private func apply(
        _ request: IndexRequest,
        _ schema: String,
        on connection: consuming Connection,
        _ settings: ConnectionSettings,
        expecting expected: IndexPlan?
    ) throws {
        let signals = HeldSignals()
        defer { signals.release() }
        var line = ProgressLine()
        defer { line.clear() }
        let builder = IndexBuilder(on: connection, settings, auditSchema: schema, isStopped: signals.take) { report in
            switch report {
            case .progress(let progress): line.show(progress)
            case .waiting(let blockers):
                line.clear()
                for blocker in blockers { tell("waiting for \(blocker.description)") }
            }
        }
        let plan = try builder.apply(request, expecting: expected)
        line.clear()
        tell("Done: \(plan.steps.count) \(plan.steps.count == 1 ? "step" : "steps").")
        tellAlembic(plan)
    }

    private func auditSchemaOrView(on connection: borrowing Connection) throws -> String {
        let installations = try Catalog.installations(on: connection)
        if schema == nil && installations.isEmpty {
            let trails = try Catalog.read(from: connection, auditSchema: "public").trailsWithoutTables
            if let trail = trails.first { return trail }
        }
        return try auditSchema(named: schema, among: installations)
    }

    private func tellSummary(of plan: IndexPlan, title: SafeText) {
        tell(title)
        for step in plan.steps { tell("  \(step.description)") }
        for note in plan.notes { tell("  note: \(note)") }
    }

    private func tellRest(of plan: IndexPlan) {
        if plan.isEmpty { tell(drop ? "Nothing to drop." : "Nothing to do: every browsing index is there.") }
        for note in plan.notes { tell("note: \(note)") }
        tellAlembic(plan)
    }

    private func tellAlembic(_ plan: IndexPlan) {
        guard let filter = plan.alembicFilter else { return }
        tell("Alembic is in use here; alembic revision --autogenerate would propose to drop")
        for index in plan.droppedByAlembic { tell("  \(sqlIdentifier(index))") }
        tellLines("this in env.py prevents that:\n\n")
        tellAlembicFilter(filter)
    }
}
