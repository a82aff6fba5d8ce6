import AuditTrail
import Postgres

/// A right that recording needs and a role does not have, as which it runs: a row of `missing_rights.sql`.
struct MissingRight: Equatable, Sendable {
    enum Kind: String, Sendable {
        case schema
        case table
        case column
        case sequence
        case function
    }

    enum Privilege: String, Sendable {
        case usage
        case select
        case insert
        case update
        case execute
    }

    var role: String
    var kind: Kind
    var privilege: Privilege
    /// Of the object, without its schema.
    var name: String
    /// Of a function.
    var arguments: String?
    /// The one that may not be read.
    var column: String?
    /// Writes run as this role now.
    var isCurrent: Bool
    /// They will, once what belongs to another has been handed over.
    var isIntended: Bool

    static func readAll(
        from connection: borrowing Connection,
        schema: String,
        functionNames names: String
    ) throws(PostgresError) -> [MissingRight] {
        try connection.execute(Statement("missing_rights", SQLFiles.missingRights), [schema, names])
            .map { row throws(PostgresError) in
                MissingRight(
                    role: try row.text(0),
                    kind: try row.value(1, of: Kind.self),
                    privilege: try row.value(2, of: Privilege.self),
                    name: try row.text(3),
                    arguments: row.optionalText(4),
                    column: row.optionalText(5),
                    isCurrent: try row.boolean(6),
                    isIntended: try row.boolean(7)
                )
            }
    }

    /// `insert on table audit.activity`.
    func description(in schema: String) -> String {
        let object = kind == .schema ? sqlIdentifier(schema) : TableName(schema: schema, name: name).description
        switch kind {
        case .schema: return "usage on schema \(object)"
        case .table, .sequence: return "\(privilege.rawValue) on \(kind.rawValue) \(object)"
        case .column: return "\(privilege.rawValue) on column \(sqlIdentifier(column ?? "")) of table \(object)"
        case .function: return "execute on function \(object)(\(arguments ?? ""))"
        }
    }

    /// The statement that grants it.
    func grant(in schema: String) -> SQL {
        let privilege = SQL(verbatim: privilege.rawValue)
        let object = kind == .schema ? SQL.identifier(schema) : SQL.name(schema, name)
        let (columns, signature): (SQL, SQL) = (
            column.map { " (\(identifier: $0))" } ?? "", arguments.map { "(\(SQL(verbatim: $0)))" } ?? ""
        )
        let type = SQL(verbatim: kind == .column ? "table" : kind.rawValue)
        return "grant \(privilege)\(columns) on \(type) \(object)\(signature) to \(identifier: role);\n"
    }
}

extension Catalog {
    /// Writes that fail for want of a right, role by role.
    func missingRightHoles() -> [Hole] {
        let current = audit.missingRights.filter(\.isCurrent)
        return Set(current.map(\.role)).sorted().map { role in
            let rights = current.filter { $0.role == role }.map { $0.description(in: auditSchema) }
            return Hole(
                kind: .writeFails,
                table: TableName(schema: auditSchema, name: "activity"),
                detail: "writes fail that are recorded as role \(sqlIdentifier(role)), which lacks "
                    + rights.joined(separator: ", ") + "; audit-tui init grants it"
            )
        }
    }

    /// What grants to those as whom recording will run what they lack; a function that is made anew brings its own.
    func rightSteps() -> [Plan.Step] {
        let missing = audit.missingRights.filter(\.isIntended)
        return Set(missing.map(\.role)).sorted().map { role in
            let sql = missing.filter { $0.role == role }.map { $0.grant(in: auditSchema) }.joined()
            return Plan.Step("grant role \(sqlIdentifier(role)) what recording needs", sql)
        }
    }
}
