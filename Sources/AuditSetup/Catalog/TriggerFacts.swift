import AuditTrail
import Postgres

/// One capture trigger as the catalog has it.
struct TriggerFacts: Equatable, Sendable {
    /// `pg_trigger.tgenabled`.
    enum Enabled: String, Sendable {
        case origin = "O"
        case disabled = "D"
        case replica = "R"
        case always = "A"
    }

    var table: TableName
    var name: String
    var functionSchema: String
    var functionName: String
    /// The first argument; nil when the trigger has none.
    var argument: String?
    var argumentCount: Int64
    /// `pg_trigger.tgtype`: 1 is row level, 2 before, 4 insert, 8 delete, 16 update, 32 truncate.
    var typeBits: Int64
    var enabled: Enabled
    var hasCondition: Bool
    var newTable: String?
    var oldTable: String?
    /// Copied by the server from a partitioned parent.
    var isCopy: Bool

    /// The columns that the trigger leaves out.
    ///
    /// What is no array literal, as flask-audit-logger writes for odd names, is split at commas as its own reader does.
    var excludedColumns: [String] {
        guard let argument else { return [] }
        if let names = elements(ofArrayLiteral: argument) { return names }
        return argument.drop(while: { $0 == "{" }).split(separator: ",").map { part in
            String(part.last == "}" ? part.dropLast() : part)
        }
    }

    static func readAll(from connection: borrowing Connection) throws(PostgresError) -> [TriggerFacts] {
        try connection.execute(Statement("audit_triggers", SQLFiles.auditTriggers))
            .map { row throws(PostgresError) in
                TriggerFacts(
                    table: TableName(schema: try row.text(0), name: try row.text(1)),
                    name: try row.text(2),
                    functionSchema: try row.text(3),
                    functionName: try row.text(4),
                    argument: row.optionalText(5),
                    argumentCount: try row.integer(6),
                    typeBits: try row.integer(7),
                    enabled: try row.value(8, of: Enabled.self),
                    hasCondition: try row.boolean(9),
                    newTable: row.optionalText(10),
                    oldTable: row.optionalText(11),
                    isCopy: try row.boolean(12)
                )
            }
    }
}
