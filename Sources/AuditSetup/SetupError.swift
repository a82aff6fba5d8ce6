import AuditTrail
import Postgres

/// Why setting up was refused or failed; nothing has been changed.
public enum SetupError: Error, Equatable, Sendable {
    /// The server is older than PostgreSQL 14; the value is as `Connection.serverVersion` gives it.
    case serverTooOld(Int)
    /// No relation of that name; `suggestions` are near ones.
    case unknownTable(String, suggestions: [TableName])
    /// The name without a schema fits several tables, and none is on the search path.
    case ambiguousTable(String, candidates: [TableName])
    /// The relation cannot be audited; `kind` says what it is.
    case notATable(TableName, kind: String)
    /// The table belongs to the audit trail itself.
    case auditTable(TableName)
    /// The table is a partition of one that is audited, or asked for, as a whole.
    case coveredByParent(TableName, parent: TableName)
    /// The table has capture triggers that write to another audit schema.
    case auditedElsewhere(TableName, auditSchema: String)
    /// The role does not own the table.
    case notOwner(TableName, role: String)
    /// The role may not create in the schema, or may not create the schema.
    case cannotCreate(schema: String, role: String)
    /// The role does not own the audit tables.
    case auditTablesOfAnother(schema: String, role: String)
    /// The table has no such column; `suggestions` are near ones.
    case unknownColumn(ColumnName, suggestions: [String])
    /// A column name needs a table before it: `users.password`.
    case columnWithoutTable(String)
    /// The column's table is neither named nor audited.
    case excludedFromUnaudited(ColumnName)
    /// The column is named both to be left out and to be recorded.
    case includedAndExcluded(ColumnName)
    /// The table is audited, or asked for, and cannot be left.
    case leftIsAudited(TableName)
    /// The table is none that is left on purpose, or none that could be audited.
    case notLeft(TableName)
    /// The actor table has no primary key of one column.
    case actorTableWithoutKey(TableName)
    /// The key of the actor table is of a type of somebody else's, whose code would run at every write.
    case untrustedActorKey(TableName, type: String)
    /// So is `transaction.actor_id`.
    case untrustedActorType(String, schema: String)
    /// The role may not refer to the actor table and read its key.
    case actorTableNotReadable(TableName, role: String)
    /// The installation refers to another actor table, or to none.
    case otherActorTable(TableName, installed: TableName?)
    /// These have names that are needed and are not ours, or roles that are not trusted could bend what they do; each in
    /// words, with its owner.
    case foreignObjects([String])
    /// The trail belongs to a role that is no superuser, whose triggers and functions a superuser would serve.
    case trailOfAnother(schema: String, owner: String)
    /// The schema holds a `transaction` or `activity` of another shape.
    case foreignSchema(String, detail: String)
    /// The installation was made by flask-audit-logger, and taking it over was not asked for.
    case madeByFlaskAuditLogger(schema: String)
    /// A newer program made the installation.
    case newerInstallation(InstallationVersion, schema: String)
    /// The profile `flask` has no place for what `standard` has stored.
    case profileCannotShrink(schema: String)
    /// There is no installation in the schema, or anywhere when it is nil.
    case notInstalled(schema: String?)
    /// The schema holds the history of what was captured once or elsewhere.
    case capturesNothing(schema: String)
    /// Several schemas hold an installation.
    case severalInstallations([String])
    /// No table was named.
    case nothingNamed(candidates: [Candidate])
    /// The plan that was shown is no longer what would be done.
    case changedMeanwhile
    /// Another session held a lock too long; `table` is nil when it was another setup. `blockers` are those who held it
    /// right after, and none when they were gone by then.
    case lockTimeout(table: TableName?, milliseconds: Int, blockers: [LockBlocker])
    /// A step failed.
    case stepFailed(step: String, PostgresError)
    /// The audit table is something that has no indexes; `kind` says what it is.
    case notIndexable(TableName, kind: String)
    /// A pooler stands between, which hands sessions of the server on to others.
    case indexingThroughPooler
    /// Another session builds or drops the browsing indexes.
    case otherIndexing([LockBlocker])
    /// The person stopped the building; `unfinished` is an index that could not be dropped in the time.
    case indexingStopped(unfinished: String?)
    /// Other sessions kept a step waiting too long; the steps before it are done.
    case indexingTimeout(step: String, milliseconds: Int, blockers: [LockBlocker], unfinished: String?)
    /// A step failed; those before it are done.
    case indexingFailed(step: String, PostgresError, unfinished: String?)
    /// The table that was named is not audited, and so has no gaps.
    case notAudited(TableName)
    /// The trail of the table that was named cannot be checked.
    case cannotBeChecked(TableName, GapObstacle)
    /// The person stopped the search for gaps.
    case gapCheckStopped
    /// The server or the connection failed outside a step.
    case server(PostgresError)
}
