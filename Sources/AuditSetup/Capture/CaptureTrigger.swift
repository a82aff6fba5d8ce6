import AuditTrail
import Postgres

/// One of the triggers that an audited table has.
enum CaptureTrigger: String, CaseIterable, Sendable {
    case insert
    case update
    case delete
    case truncate
    /// Before and after an update of a partitioned table, which may move rows from one partition to another.
    case moveBegin = "move_begin"
    case moveEnd = "move_end"

    /// Those that an audited table must have.
    static func all(for function: CaptureFunction) -> [CaptureTrigger] {
        function.isPartitioned ? allCases : [.insert, .update, .delete, .truncate]
    }

    var name: String { "audit_trigger_\(rawValue)" }

    private var event: SQL {
        switch self {
        case .moveBegin: "before update"
        case .moveEnd: "after update"
        default: "after \(SQL(verbatim: rawValue))"
        }
    }

    /// What `pg_trigger.tgtype` holds, but for the bit of row triggers.
    private var eventBits: Int64 {
        switch self {
        case .insert: 4
        case .delete: 8
        case .update, .moveEnd: 16
        case .moveBegin: 16 + 2
        case .truncate: 32
        }
    }

    /// Updates are always recorded row by row, since only there old and new are surely one row's; the others by
    /// statement, unless the table needs row triggers.
    private func isRowLevel(for function: CaptureFunction) -> Bool {
        switch self {
        case .update: true
        case .insert, .delete: function.needsRowTriggers
        case .truncate, .moveBegin, .moveEnd: false
        }
    }

    private func transitionTable(for function: CaptureFunction) -> String? {
        guard !isRowLevel(for: function) else { return nil }
        switch self {
        case .insert: return "new_table"
        case .delete: return "old_table"
        case .update, .truncate, .moveBegin, .moveEnd: return nil
        }
    }

    /// Whether a trigger of this name does what ours would.
    func matches(
        _ facts: TriggerFacts,
        for function: CaptureFunction,
        excluding columns: [String],
        isAlways: Bool
    ) -> Bool {
        let transitionTable = transitionTable(for: function)
        return facts.functionName == function.name
            && facts.typeBits == eventBits + (isRowLevel(for: function) ? 1 : 0)
            && (facts.enabled == .always || facts.enabled == .origin && !isAlways)
            && !facts.hasCondition
            && facts.newTable == (self == .insert ? transitionTable : nil)
            && facts.oldTable == (self == .delete ? transitionTable : nil)
            && facts.argumentCount == (columns.isEmpty ? 0 : 1)
            && Set(facts.excludedColumns) == Set(columns)
    }

    func creation(for function: CaptureFunction, excluding columns: [String], isAlways: Bool) -> SQL {
        let table = function.relation.name.quoted
        var clauses: [SQL] = ["create trigger \(identifier: name)", "\(event) on \(table)"]
        if let transitionTable = transitionTable(for: function) {
            let side: SQL = self == .insert ? "new" : "old"
            clauses.append("referencing \(side) table as \(identifier: transitionTable)")
        }
        let argument = columns.isEmpty ? "" : SQL.literal(columnListLiteral(columns))
        let level: SQL = isRowLevel(for: function) ? "row" : "statement"
        clauses.append("for each \(level)")
        clauses.append("execute function \(SQL.name(function.auditSchema, function.name))(\(argument));")
        let always: SQL = isAlways ? "alter table \(table) enable always trigger \(identifier: name);\n" : ""
        return clauses.joined(separator: "\n    ") + "\n" + always
    }
}

/// The statement that drops a trigger.
func dropTrigger(_ name: String, on table: TableName) -> SQL {
    "drop trigger \(identifier: name) on \(table.quoted);\n"
}
