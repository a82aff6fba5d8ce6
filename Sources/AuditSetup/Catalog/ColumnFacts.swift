import AuditTrail
import Postgres

/// What capture, and who decides about it, need to know of one column of a table.
struct ColumnFacts: Equatable, Sendable {
    /// How a value becomes jsonb, as `json_form.sql` explains.
    enum Form: String, Sendable {
        case plain
        case json
        case jsons
        case text
        case texts
        case row
        case rows
    }

    /// What the type's equality says about the jsonb of two values.
    enum Comparison: String, Sendable {
        /// Equal values are written as the same jsonb, others not.
        case exact
        /// Equal values are written as the same jsonb, and so may others.
        case loose
        /// Nothing: only values of the same image are surely written as the same jsonb.
        case image
    }

    var name: String
    var form: Form
    var comparison: Comparison
    /// As SQL spells it, with domains looked through and without limits of length.
    var baseType: String
    var isGenerated: Bool
    /// Computed when it is read: no trigger sees a value, and none is recorded.
    var isVirtual: Bool
    /// The settings on which it depends how a value is written as text.
    var styles: [String]

    /// Whether values hold others that must be looked at one by one.
    var isNested: Bool { form == .jsons || form == .row || form == .rows }

    /// The columns of every table in the order of their positions, by table.
    static func readAll(from connection: borrowing Connection) throws(PostgresError) -> [TableName: [ColumnFacts]] {
        let sql = Template(SQLFiles.columns).filled(with: ["json_form": .sql(Template(SQLFiles.jsonForm).filled())])
        let columns = try connection.execute(Statement("columns", sql))
            .map { row throws(PostgresError) in
                (
                    table: TableName(schema: try row.text(0), name: try row.text(1)),
                    column: ColumnFacts(
                        name: try row.text(2),
                        form: try row.value(3, of: Form.self),
                        comparison: try row.value(4, of: Comparison.self),
                        baseType: try row.text(5),
                        isGenerated: try row.boolean(6),
                        isVirtual: try row.boolean(8),
                        styles: elements(ofArrayLiteral: try row.text(7)) ?? []
                    )
                )
            }
        return Dictionary(grouping: columns, by: \.table).mapValues { $0.map(\.column) }
    }
}
