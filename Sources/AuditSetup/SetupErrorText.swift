import AuditTrail

extension SetupError: CustomStringConvertible {
    /// What failed, on what, and what to do next, for the person at the keyboard.
    public var description: String {
        switch self {
        case .serverTooOld, .cannotCreate, .auditTablesOfAnother, .foreignSchema, .madeByFlaskAuditLogger,
            .newerInstallation, .profileCannotShrink, .notInstalled, .capturesNothing, .severalInstallations,
            .foreignObjects,
            .trailOfAnother:
            aboutInstallation
        case .unknownTable, .ambiguousTable, .notATable, .auditTable, .coveredByParent, .auditedElsewhere, .notOwner,
            .nothingNamed, .notAudited, .cannotBeChecked, .leftIsAudited, .notLeft:
            aboutTable
        case .unknownColumn, .columnWithoutTable, .excludedFromUnaudited, .includedAndExcluded, .actorTableWithoutKey,
            .untrustedActorKey,
            .untrustedActorType,
            .actorTableNotReadable, .otherActorTable:
            aboutColumnOrActor
        case .notIndexable, .indexingThroughPooler, .otherIndexing, .indexingStopped, .indexingTimeout, .indexingFailed:
            aboutIndexing
        case .gapCheckStopped: "interrupted"
        case .changedMeanwhile: "the database has changed since the plan was made; run the command again"
        case .lockTimeout(let table, let milliseconds, let blockers):
            aboutLock(of: table, milliseconds: milliseconds, blockers)
        case .stepFailed(let step, let error): "cannot \(step): \(error); nothing was changed"
        case .server(let error): error.description
        }
    }

    private var aboutInstallation: String {
        switch self {
        case .serverTooOld(let version): "PostgreSQL 14 or later is needed, the server is \(version / 10000)"
        case .cannotCreate(let schema, let role):
            "role \(sqlIdentifier(role)) may not create in schema \(sqlIdentifier(schema)); "
                + "grant create to it, or name another schema with --schema"
        case .auditTablesOfAnother(let schema, let role):
            "role \(sqlIdentifier(role)) does not own the audit tables in schema \(sqlIdentifier(schema)); "
                + "connect as their owner"
        case .foreignSchema(let schema, let detail):
            "schema \(sqlIdentifier(schema)) is not ours: \(detail); name another schema with --schema"
        case .foreignObjects(let objects):
            "not ours, and in the way: \(objects.joined(separator: "; ")); drop or rename them, give them to the owner of "
                + "the audit tables, or name another schema with --schema"
        case .trailOfAnother(let schema, let owner):
            "the audit tables in schema \(sqlIdentifier(schema)) belong to role \(sqlIdentifier(owner)), whose code could "
                + "run with your rights; connect as that role, say --trust-owner, or name another schema with --schema"
        case .madeByFlaskAuditLogger(let schema):
            "schema \(sqlIdentifier(schema)) holds an installation by flask-audit-logger; "
                + "--adopt replaces its functions and triggers and keeps every row"
        case .newerInstallation(let version, let schema):
            "schema \(sqlIdentifier(schema)) was set up by audit-tui \(version), "
                + "which is newer than this one (\(InstallationVersion.current))"
        case .profileCannotShrink(let schema):
            "schema \(sqlIdentifier(schema)) has the profile standard; flask has no place for transaction.context"
        case .notInstalled(let schema?): "no audit trail in schema \(sqlIdentifier(schema)); audit-tui init makes one"
        case .capturesNothing(let schema):
            "nothing is captured into schema \(sqlIdentifier(schema)), so that there is nothing to look for"
        case .severalInstallations(let schemas):
            "several audit trails, name one with --schema: \(schemas.map(sqlIdentifier).joined(separator: ", "))"
        default: "no audit trail in this database; audit-tui init makes one"
        }
    }

    private var aboutTable: String {
        switch self {
        case .unknownTable(let name, let suggestions):
            "no table \(name)" + (suggestions.isEmpty ? "" : "; did you mean \(list(suggestions))")
        case .ambiguousTable(let name, let candidates): "\(name) may be \(list(candidates)); name the schema too"
        case .notATable(let table, let kind): "\(table) is \(kind), only tables can be audited"
        case .auditTable(let table): "\(table) belongs to the audit trail itself"
        case .coveredByParent(let table, let parent):
            "\(table) is a partition of \(parent), which is audited as a whole"
        case .auditedElsewhere(let table, let schema):
            "\(table) is audited in schema \(sqlIdentifier(schema)) already; go on there with "
                + "--schema \(sqlIdentifier(schema))"
        case .notOwner(let table, let role):
            "role \(sqlIdentifier(role)) does not own \(table); connect as its owner"
        case .notAudited(let table): "\(table) is not audited; audit-tui init records its changes"
        case .leftIsAudited(let table):
            "\(table) is recorded, or named to be, and cannot be left out; audit-tui remove ends the recording"
        case .notLeft(let table): "\(table) is no table that is, or could be, left out on purpose"
        case .cannotBeChecked(let table, let obstacle): "\(table) cannot be checked: \(obstacle)"
        case .nothingNamed(let candidates):
            candidates.isEmpty
                ? "no table is left to audit in this database"
                : "name the tables to audit, or --all-tables; there are: \(list(candidates.map(\.name)))"
        default: ""
        }
    }

    private var aboutColumnOrActor: String {
        switch self {
        case .unknownColumn(let column, let suggestions):
            "no column \(sqlIdentifier(column.name)) in \(column.table)"
                + (suggestions.isEmpty
                    ? "" : "; did you mean \(suggestions.map(sqlIdentifier).joined(separator: ", "))")
        case .columnWithoutTable(let name): "\(name): a column is written TABLE.COLUMN"
        case .excludedFromUnaudited(let column):
            "\(column) cannot be excluded or included: \(column.table) is neither named nor audited"
        case .includedAndExcluded(let column): "\(column) is both excluded and included"
        case .actorTableWithoutKey(let table): "actor table \(table) has no primary key of one column"
        case .untrustedActorKey(let table, let type):
            "the key of actor table \(table) is of type \(type), which neither PostgreSQL nor a superuser has made: "
                + "its code would run at every write that names an actor"
        case .untrustedActorType(let type, let schema):
            "column actor_id of \(sqlIdentifier(schema)).transaction is of type \(type), which neither PostgreSQL nor a "
                + "superuser has made: its code would run at every write that names an actor"
        case .actorTableNotReadable(let table, let role):
            "role \(sqlIdentifier(role)) needs select and references on actor table \(table)"
        case .otherActorTable(let table, let installed?): "the actor table is \(installed) already, not \(table)"
        case .otherActorTable(let table, nil):
            "the audit trail was set up without an actor table; \(table) cannot be added to it"
        default: ""
        }
    }

    private func aboutLock(of table: TableName?, milliseconds: Int, _ blockers: [LockBlocker]) -> String {
        let what = table.map { "\($0) is busy" } ?? "another setup is running"
        let who = blockers.isEmpty ? "who held it is no longer to be seen" : "held by \(list(blockers))"
        let advice = table == nil ? "try again" : "try again or raise --lock-timeout"
        return "\(what): no lock within \(milliseconds) ms, nothing was changed; \(who); \(advice)"
    }

    /// The first three, and how many there are beyond.
    func list(_ blockers: [LockBlocker]) -> String {
        let first = blockers.prefix(3).map(\.description).joined(separator: ", ")
        return blockers.count > 3 ? "\(first) and \(blockers.count - 3) more" : first
    }

    private func list(_ tables: [TableName]) -> String { tables.map(\.short).joined(separator: ", ") }
}
