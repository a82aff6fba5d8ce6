import AuditTrail
import Postgres

/// What is left of an installation whose audit tables somebody has dropped: triggers that make every write fail, and
/// functions.
extension Catalog {
    /// Whether one of the audit tables is gone, or both, and something that needs them is there.
    var isRemnant: Bool {
        guard audit.columns(of: "transaction").isEmpty || audit.columns(of: "activity").isEmpty else { return false }
        return audit.mark != nil || !auditedTables.isEmpty
    }

    /// Whether there is neither of the two tables.
    var hasNoTables: Bool { audit.columns.isEmpty }

    /// The schemas with functions that capture, for a database in which `installations` finds no trail.
    ///
    /// Throws `SetupError.server`.
    public static func remnants(on connection: borrowing Connection) throws(SetupError) -> [String] {
        try inSnapshot(on: connection) { () throws(SetupError) in
            do throws(PostgresError) {
                try pinSession(on: connection)
                return try connection.execute(Statement("remnants", SQLFiles.remnants))
                    .map { row throws(PostgresError) in try row.text(0) }
            } catch {
                throw .server(error)
            }
        }
    }

    /// What is to be known of them: which writes fail, and what ends that.
    func remnantHoles() -> [Hole] {
        let gone = ["transaction", "activity"].filter { audit.columns(of: $0).isEmpty }
            .map { TableName(schema: auditSchema, name: $0).description }.joined(separator: " and ")
        let advice =
            hasNoTables
            ? "audit-tui init makes new ones, audit-tui remove takes away what is left"
            : "put it back from a backup, or take away what is left with audit-tui remove"
        let failing = auditedTables.filter { table in
            ownTriggers(of: table).contains { $0.enabled == .origin || $0.enabled == .always }
        }
        if failing.isEmpty {
            let table = TableName(schema: auditSchema, name: "activity")
            return [Hole(kind: .stale, table: table, detail: "\(gone) is gone, functions are left; \(advice)")]
        }
        return failing.map {
            Hole(kind: .writeFails, table: $0, detail: "writes fail since \(gone) is gone; \(advice)")
        }
    }
}
