import ArgumentParser
import AuditSetup
import AuditTrail
import Postgres
import Screen

/// `audit-tui init`: installs capture, or adds tables to it.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Record the changes of tables in an audit trail.",
        discussion:
            "Adds to what is installed: tables that are audited already and not named stay as they are. Without "
            + "tables, a terminal shows those that there are, to pick from; the key c opens the columns of one, to "
            + "exclude some, and shows what its events will hold."
    )

    @Argument(help: "Tables to audit: name or schema.name, quoted as in SQL.")
    var tables: [String] = []

    @Flag(help: "Audit every ordinary and partitioned table that is not left out.")
    var allTables = false

    @Option(
        help: ArgumentHelp("The schema of the audit tables; else where they are, or public.", valueName: "schema")
    )
    var schema: String?

    @Option(help: ArgumentHelp("A column to leave out of the trail; may be repeated.", valueName: "table.column"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp("A column to record whatever its name suggests; may be repeated.", valueName: "table.column")
    )
    var include: [String] = []

    @Option(
        help: ArgumentHelp("A table that is not recorded on purpose; may be repeated.", valueName: "table")
    )
    var leave: [String] = []

    @Option(help: ArgumentHelp("A table that is left out no longer; may be repeated.", valueName: "table"))
    var noLeave: [String] = []

    @Option(help: ArgumentHelp("The table of those who act, with a key of one column.", valueName: "table"))
    var actorTable: String?

    @Option(help: "Of flask, exactly the format of flask-audit-logger.")
    var profile: Profile?

    @Flag(help: "Take over an installation made by flask-audit-logger.")
    var adopt = false

    @Flag(
        inversion: .prefixedNo,
        help: "Let no setting and no replica session switch capture off."
    )
    var always: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Notify audit_tui, so that following sees it at once."
    )
    var notify: Bool?

    @Flag(help: "Serve a trail of a role that is no superuser.")
    var trustOwner = false

    @OptionGroup
    var change: ChangeOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        let connection = try connection.connect()
        let schema = try schema ?? schemaOfTrail(on: connection)
        let catalog = try Catalog.read(from: connection, auditSchema: schema)
        var request = try request(for: catalog, on: connection)
        let plan = try plan(for: &request, in: catalog)
        if change.dryRun { return printScript(plan) }
        guard !plan.isEmpty else {
            return tell("Nothing to do: everything is as asked for.")
        }
        tellSummary(of: plan, title: title(schema, on: connection))
        let asks = isInteractive && !change.yes
        guard !asks || confirm("Apply? [y/N]") else { throw CommandError.other("nothing was changed") }
        var line = ProgressLine()
        defer { line.clear() }
        let applied = try Installer.install(
            request,
            auditSchema: schema,
            on: connection,
            expecting: asks ? plan : nil
        ) { line.show($0) }
        line.clear()
        tellOutcome(of: applied, schema, on: connection)
    }

    /// Whose trail it is may be agreed to at the terminal.
    private func plan(for request: inout InstallRequest, in catalog: Catalog) throws -> Plan {
        do throws(SetupError) {
            return try catalog.plan(for: request)
        } catch {
            guard case .trailOfAnother(let schema, let owner) = error, isInteractive, !change.yes, !change.dryRun else {
                throw error
            }
            tell(
                "The audit tables in schema \(sqlIdentifier(schema)) belong to role \(sqlIdentifier(owner)), whose code could "
                    + "run with your rights."
            )
        }
        guard confirm("Trust that role? [y/N]") else { throw CommandError.other("nothing was changed") }
        request.trustOwner = true
        return try catalog.plan(for: request)
    }

    private func request(for catalog: Catalog, on connection: borrowing Connection) throws -> InstallRequest {
        var request = InstallRequest()
        request.tables = try tables.map { try catalog.table(named: parseName($0)) }
        request.allTables = allTables
        request.excludedColumns = try exclude.map { try catalog.column(named: parseName($0)) }
        request.includedColumns = try include.map { try catalog.column(named: parseName($0)) }
        request.left = try leave.map { try catalog.table(named: parseName($0)) }
        request.notLeft = try noLeave.map { try catalog.table(named: parseName($0)) }
        request.actorTable = try actorTable.map { try catalog.table(named: parseName($0)) }
        request.profile = profile
        request.adopt = adopt
        request.always = always
        request.notify = notify
        request.trustOwner = trustOwner
        request.lockTimeoutMilliseconds = change.lockTimeout.milliseconds
        let namesSomething = ![tables, exclude, include, leave, noLeave].allSatisfy(\.isEmpty)
        let isAboutTables = namesSomething || allTables || adopt || always != nil || notify != nil
        if !isAboutTables && !catalog.needsRepair {
            let picked = try pickTables(
                from: catalog,
                database: connection.databaseName,
                auditSchema: catalog.auditSchema,
                theme: BrowserAppearance.choose(nil, self.connection.personal.read()).theme
            )
            request.tables = picked.tables
            request.excludedColumns = picked.excludedColumns.map { ColumnName(table: $0.table, name: $0.column) }
            request.includedColumns = picked.recordedColumns.map { ColumnName(table: $0.table, name: $0.column) }
        }
        return request
    }

    private func title(_ schema: String, on connection: borrowing Connection) -> SafeText {
        "audit-tui init \(connection.databaseName), audit schema \(sqlIdentifier(schema))"
    }

    private func tellOutcome(of plan: Plan, _ schema: String, on connection: borrowing Connection) {
        if plan.isEmpty { return tell("Nothing to do: everything is as asked for.") }
        tell("Done: \(plan.steps.count) \(plan.steps.count == 1 ? "step" : "steps").")
        if let filter = plan.alembicFilter {
            tellLines(
                "Alembic is in use here and would propose to drop transaction.context, indexes and comments;\n"
                    + "this in env.py prevents that, and profile flask needs no such thing:\n\n"
            )
            tellAlembicFilter(filter)
        }
        let target = schema == "public" ? "" : " --schema \(sqlIdentifier(schema))"
        tell("Browse with: audit-tui -d \(sqlIdentifier(connection.databaseName))\(target)")
    }
}

extension Profile: ExpressibleByArgument {}
