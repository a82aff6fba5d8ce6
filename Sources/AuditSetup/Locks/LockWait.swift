import AuditTrail

/// The lock that a step was waiting for when its time was up.
struct LockWait {
    /// The table that is named to the person first, empty for the lock of setting up.
    ///
    /// A partition or child of one may be what was busy.
    var tables: [TableName]
    /// Whether readers are in the way as well as writers.
    var excludesReaders: Bool

    /// The lock of setting up.
    static let setup = LockWait(tables: [], excludesReaders: false)

    /// The lock of a step; one that names no table is about the audit tables.
    init(of step: Plan.Step, auditSchema: String) {
        let auditTables = ["activity", "transaction"].map { TableName(schema: auditSchema, name: $0) }
        let table = step.table ?? auditTables[0]
        // A foreign key ties the two together: what drops the one locks the other.
        tables = auditTables.contains(table) ? [table] + auditTables.filter { $0 != table } : [table]
        excludesReaders = Self.exclusiveClauses.contains { step.sql.text.contains($0) }
    }

    /// The lock of a step that builds or drops an index.
    init(of step: IndexPlan.Step) {
        tables = [step.table]
        excludesReaders = step.kind == .drop || step.sql.text.hasPrefix("drop index ")
    }

    private init(tables: [TableName], excludesReaders: Bool) {
        self.tables = tables
        self.excludesReaders = excludesReaders
    }

    /// What takes the strongest lock; to create a trigger, an index or a foreign key keeps only writers out
    /// (PostgreSQL manual, "Explicit Locking").
    private static let exclusiveClauses = [
        "drop trigger ", "drop table ", "drop index ", " add column ", " add constraint ", " set compression ",
        " alter column actor_id type ",
    ]
}
