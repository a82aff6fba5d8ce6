import AuditTrail
import Postgres

/// What is installed in an audit schema, what it covers, and where it has holes.
public struct Status: Equatable, Sendable {
    /// Whether anything captures: history without triggers and functions is no installation.
    public var isInstalled: Bool
    /// Whether the audit tables are there, captured into or not.
    public var hasTrail = true
    /// Whether a subscription brings the trail of another server.
    public var isReplicated = false
    /// The audit schema.
    public var schema: String
    /// The version of the program that made it; nil for flask-audit-logger.
    public var version: InstallationVersion?
    /// The profile; nil when nothing is installed.
    public var profile: Profile?
    /// Every table that could be audited, and every other that is, in the order of their names.
    public var tables: [TableStatus]
    /// What escapes the trail or endangers it.
    public var holes: [Hole]
    /// What is worth knowing and no hole.
    public var notes: [String]
    /// The table, indexes and values of `activity`, in bytes.
    public var activityBytes: Int64
    /// The table and indexes of `transaction`, in bytes.
    public var transactionBytes: Int64
    /// The planner's estimate of the rows of `activity`; -1 when it was never analysed.
    public var estimatedActivities: Int64
    /// How fast the trail grows; nil when it was not asked or may not be read.
    public var growth: Growth?
}

/// What one table's capture is like.
public struct TableStatus: Equatable, Sendable {
    /// The table.
    public var name: TableName
    /// Whether it has any capture trigger of this audit schema.
    public var isAudited: Bool
    /// Whether it is not audited on purpose: left with `init --leave`, or the bookkeeping of a tool for migrations.
    public var isLeft: Bool
    /// The states of its triggers by event, for instance `insert: enabled`.
    public var triggers: [TriggerStatus]
    /// The columns left out.
    public var excludedColumns: [String]
    /// The planner's estimate; nil when the table was never analysed.
    public var estimatedRows: Int64?
    /// In the order of the primary key; empty without one.
    public var keyColumns: [String]
    /// The newest activity in UTC as the server writes it; nil when there is none, or none among the newest.
    public var lastActivity: String?
}

/// One capture trigger and when it fires.
public struct TriggerStatus: Equatable, Sendable {
    /// When a trigger fires.
    public enum State: String, Sendable {
        /// In ordinary sessions.
        case enabled
        /// Never.
        case disabled
        /// Only in sessions that replay a replica's changes.
        case replica
        /// In every session.
        case always
    }

    /// The name of the trigger.
    public var name: String
    /// When it fires.
    public var state: State
}

/// One thing that escapes the trail or endangers it.
public struct Hole: Equatable, Sendable {
    /// What kinds of holes there are; the raw values are those of `status --json`.
    public enum Kind: String, CaseIterable, Sendable {
        /// The table has no capture triggers.
        case unaudited
        /// The table has no primary key: its rows have no history.
        case noKey = "no_key"
        /// A capture trigger does not fire in ordinary sessions.
        case disabledTrigger = "disabled_trigger"
        /// Writes fail, since recording them does.
        case writeFails = "write_fails"
        /// One of the four triggers is not there.
        case missingTrigger = "missing_trigger"
        /// What is written to a partition directly is not recorded.
        case partition
        /// A function or trigger is not what this version installs.
        case stale
        /// Roles that do not own the audit tables may change what is written.
        case alterable
        /// Policies decide what of the trail is written and seen.
        case rowSecurity = "row_security"
        /// Any session can switch capture off for its transactions.
        case enableVersioning = "enable_versioning"
        /// A browsing index is not there.
        case missingIndex = "missing_index"
        /// What a subscription brings is not recorded, or stands in the way of what is.
        case replication
    }

    /// What kind of hole it is.
    public var kind: Kind
    /// The table that it concerns.
    public var table: TableName
    /// One sentence for a person.
    public var detail: String
}
