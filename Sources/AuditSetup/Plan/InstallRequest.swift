import AuditTrail

/// What an installation adds to the plain format of flask-audit-logger.
public enum Profile: String, CaseIterable, Sendable {
    /// Adds `transaction.context`, browsing indexes and column comments.
    case standard
    /// Exactly the format, so that Alembic sees no difference to the Python models.
    case flask
}

/// A column of a table, as the catalog has the names.
public struct ColumnName: Hashable, Sendable {
    /// The table.
    public var table: TableName
    /// The column, unquoted.
    public var name: String

    /// A column from its table and name.
    public init(table: TableName, name: String) {
        self.table = table
        self.name = name
    }
}

extension ColumnName: CustomStringConvertible {
    /// `table.column`, quoted as SQL wants it where it needs to be.
    public var description: String { "\(table.short).\(sqlIdentifier(name))" }
}

/// What a person asks `init` for; names are those of the catalog (`Catalog.table(named:)` finds them).
public struct InstallRequest: Equatable, Sendable {
    /// The tables to audit, besides those that are audited already.
    public var tables: [TableName] = []
    /// Audit every ordinary and partitioned table of the database that is not left out on purpose.
    public var allTables = false
    /// Columns to leave out of the trail, besides those that are left out already, and of tables that were not audited
    /// before besides those whose names suggest secrets: forgetting to name them must not write passwords into a log that
    /// is never changed again.
    public var excludedColumns: [ColumnName] = []
    /// Columns to record that would be left out otherwise.
    public var includedColumns: [ColumnName] = []
    /// Tables that are not audited on purpose, besides those that were left before; kept with the installation.
    public var left: [TableName] = []
    /// Tables that are left no longer; to audit one takes it back, too.
    public var notLeft: [TableName] = []
    /// The table whose single-column primary key `transaction.actor_id` refers to; nil for the one that is installed,
    /// else for none.
    public var actorTable: TableName?
    /// The profile; nil for the one that is installed, else `standard`, or `flask` in a database that Alembic migrates.
    public var profile: Profile?
    /// Take over an installation made by flask-audit-logger.
    public var adopt = false
    /// Capture whatever `flask_audit_logger.enable_versioning` and `session_replication_role` say; nil for what is
    /// installed, else not.
    public var always: Bool?
    /// Tell sessions that listen of what is written; nil for what is installed, else not.
    public var notify: Bool?
    /// Set up a trail whose tables belong to a role that is no superuser, though this one is.
    public var trustOwner = false
    /// How long to wait for each lock.
    public var lockTimeoutMilliseconds = 3000

    /// A request for nothing yet.
    public init() {}

    /// No table is named: those that are audited are brought up to date.
    var isRepair: Bool { tables.isEmpty && !allTables && excludedColumns.isEmpty && includedColumns.isEmpty }
}

/// What a person asks `remove` for.
public struct RemovalRequest: Equatable, Sendable {
    /// The tables to stop auditing; empty for the whole installation.
    public var tables: [TableName] = []
    /// Drop the audit tables and all history too; counts only for the whole installation.
    public var purge = false
    /// How long to wait for each lock.
    public var lockTimeoutMilliseconds = 3000

    /// A request for the whole installation, history kept.
    public init() {}
}
