import AuditTrail
import Postgres

/// What a person asks `index` for.
public struct IndexRequest: Equatable, Sendable {
    /// Drop the browsing indexes rather than build them.
    public var drop = false
    /// How long to wait for each lock, and for transactions that are older than an index; nil for as long as it takes.
    public var lockTimeoutMilliseconds: Int?

    /// A request to build what is missing.
    public init() {}
}

/// The ordered steps that build or drop the browsing indexes beside those who read and write.
///
/// Each step is a statement and a transaction of its own, or several: what is done when one fails stays done, and the
/// next plan goes on from there. Empty when nothing would change.
public struct IndexPlan: Equatable, Sendable {
    /// One index, and the statement that builds, drops or attaches it.
    public struct Step: Equatable, Sendable {
        enum Kind: Equatable, Sendable {
            /// Concurrently: waits without keeping anybody out, and leaves an unfinished index when it is broken off.
            case build
            /// Concurrently, too; leaves the index unfinished when it is broken off.
            case drop
            /// Done in a moment, but keeps others out while it waits for its lock.
            case brief
        }

        /// What is done, beginning with a verb: `build index ix_activity_table_name_id`.
        public var description: String
        /// One statement, ended by a semicolon.
        public var sql: SQL
        var kind: Kind
        /// The table that is indexed.
        var table: TableName
        /// The index; it is in the schema of its table.
        var index: String
    }

    /// What is done, in order.
    public internal(set) var steps: [Step] = []
    /// What the person should know though no step does it.
    public internal(set) var notes: [String] = []
    /// The indexes that Alembic's autogenerate would propose to drop, in the order of their names; empty where none is
    /// at work.
    public internal(set) var droppedByAlembic: [String] = []
    /// A Python function for an Alembic `env.py`; nil where none is needed.
    public internal(set) var alembicFilter: String?
    /// How long to wait for each lock; nil for as long as it takes.
    public internal(set) var lockTimeoutMilliseconds: Int?

    /// Whether nothing would change.
    public var isEmpty: Bool { steps.isEmpty }

    /// How long a step waits for each lock, 0 for as long as it takes.
    func lockTimeout(of step: Step) -> Int {
        lockTimeoutMilliseconds ?? (step.kind == .brief ? InstallRequest().lockTimeoutMilliseconds : 0)
    }

    /// All that would run, as a script for psql; empty when nothing would change.
    public var script: String {
        guard !isEmpty else { return "" }
        var script = Template(SQLFiles.indexSession).filled()
        var timeout = 0
        for step in steps {
            script += "\n\(SQL.comment(step.description))\n"
            if lockTimeout(of: step) != timeout {
                timeout = lockTimeout(of: step)
                script += "set lock_timeout = \(timeout);\n"
            }
            script += step.sql
        }
        return script.text
    }
}
