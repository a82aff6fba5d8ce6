import AuditTrail
import Postgres

/// One of the four triggers that an audited table has.
enum CaptureTrigger: String, CaseIterable, Sendable {
    case insert
    case update
    case delete
    case truncate

    var name: String { "audit_trigger_\(rawValue)" }

    /// `pg_trigger.tgtype` for a trigger after the event.
    private var eventBit: Int64 {
        switch self {
        case .insert: 4
        case .delete: 8
        case .update: 16
        case .truncate: 32
        }
    }

    /// Updates are always recorded row by row, since only there old and new are surely one row's; the others by
    /// statement, unless the table needs row triggers.
    private func isRowLevel(on table: RelationFacts) -> Bool {
        self == .update || (self != .truncate && table.needsRowTriggers)
    }

    private func transitionTable(on table: RelationFacts) -> String? {
        guard !isRowLevel(on: table) else { return nil }
        switch self {
        case .insert: return "new_table"
        case .delete: return "old_table"
        case .update, .truncate: return nil
        }
    }

    /// Whether a trigger of this name does what ours would.
    func matches(_ facts: TriggerFacts, on table: RelationFacts, excluding columns: [String]) -> Bool {
        let transitionTable = transitionTable(on: table)
        return facts.functionName == "create_activity"
            && facts.typeBits == eventBit + (isRowLevel(on: table) ? 1 : 0)
            && (facts.enabled == .origin || facts.enabled == .always)
            && !facts.hasCondition
            && facts.newTable == (self == .insert ? transitionTable : nil)
            && facts.oldTable == (self == .delete ? transitionTable : nil)
            && facts.argumentCount == (columns.isEmpty ? 0 : 1)
            && Set(facts.excludedColumns) == Set(columns)
    }

    func creation(on table: RelationFacts, auditSchema: String, excluding columns: [String]) -> String {
        var clauses = ["create trigger \(name)", "after \(rawValue) on \(table.name.quoted)"]
        if let transitionTable = transitionTable(on: table) {
            clauses.append("referencing \(self == .insert ? "new" : "old") table as \(transitionTable)")
        }
        let argument = columns.isEmpty ? "" : quotedLiteral(columnListLiteral(columns))
        clauses.append("for each \(isRowLevel(on: table) ? "row" : "statement")")
        clauses.append("execute function \(quotedIdentifier(auditSchema)).create_activity(\(argument));")
        return clauses.joined(separator: "\n    ") + "\n"
    }
}

/// The statement that drops a trigger.
func dropTrigger(_ name: String, on table: TableName) -> String {
    "drop trigger \(quotedIdentifier(name)) on \(table.quoted);\n"
}
