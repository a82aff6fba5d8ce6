import AuditTrail
import Postgres

/// The ordered steps that take a database from what it is to what was asked for.
///
/// The same value is shown, printed as SQL and applied. It is empty when nothing would change.
public struct Plan: Equatable, Sendable {
    /// One thing that is done, and the SQL that does it.
    public struct Step: Equatable, Sendable {
        /// What is done, beginning with a verb: `audit public.orders`.
        public var description: String
        /// One or more statements, each ended by a semicolon.
        public var sql: SQL
        /// The table that must be locked; nil when it is none of the person's.
        public var table: TableName?

        init(_ description: String, _ sql: SQL, table: TableName? = nil) {
            self.description = description
            self.sql = sql
            self.table = table
        }
    }

    /// What is done, in order.
    public internal(set) var steps: [Step] = []
    /// What the person should know though no step does it.
    public internal(set) var notes: [String] = []
    /// A Python function for an Alembic `env.py`; nil where none is needed.
    public internal(set) var alembicFilter: String?
    /// How long each lock is waited for.
    public internal(set) var lockTimeoutMilliseconds: Int

    init(lockTimeoutMilliseconds: Int) {
        self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    }

    /// Whether nothing would change.
    public var isEmpty: Bool { steps.isEmpty }

    /// The SQL that opens the transaction and takes the lock of setting up.
    var opening: SQL {
        Template(SQLFiles.begin).filled(with: ["lock_timeout": .sql("\(lockTimeoutMilliseconds)")])
    }

    /// All that would run, as a script for psql; empty when nothing would change.
    public var script: String {
        guard !isEmpty else { return "" }
        let steps: [SQL] = steps.map { "\n\(SQL.comment($0.description))\n\($0.sql.trimmed)\n" }
        return (opening.trimmed + "\n" + steps.joined() + "\ncommit;\n").text
    }
}

extension SQL {
    /// Without line feeds at its end.
    fileprivate var trimmed: SQL {
        let end = text.utf8.lastIndex { $0 != UInt8(ascii: "\n") }.map { text.utf8.index(after: $0) }
        return SQL(verbatim: String(text[..<(end ?? text.startIndex)]))
    }
}
