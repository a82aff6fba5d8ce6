import Postgres

/// How the values of a table's columns become jsonb while gaps are looked for: as capture writes them, and like that by the
/// output functions of types that neither PostgreSQL nor a superuser has made.
struct GapValues: Equatable, Sendable {
    /// A column, or a field of a composite type: a row of `gap_fields.sql`.
    private struct Field: Equatable, Sendable {
        var name: String
        var form: ColumnFacts.Form
        /// The composite type that is looked through.
        var relation: String?
    }

    private var fields: [String: [Field]] = [:]
    private var table = ""

    init() {}

    init(of table: borrowing QueryResult) throws(PostgresError) {
        let rows = try table.map { row throws(PostgresError) in
            (
                relation: try row.text(0), isTable: try row.boolean(1),
                field: Field(
                    name: try row.text(2),
                    form: try row.value(3, of: ColumnFacts.Form.self),
                    relation: row.optionalText(4)
                )
            )
        }
        fields = Dictionary(grouping: rows, by: \.relation).mapValues { $0.map(\.field) }
        self.table = rows.first(where: \.isTable)?.relation ?? ""
    }

    /// The columns of those names, of a row of the table, as an expression list.
    func list(_ names: [String], of row: SQL) -> SQL {
        (fields[table] ?? []).filter { names.contains($0.name) }.map { item($0, of: row) }.joined(separator: ", ")
    }

    private func item(_ field: Field, of row: SQL) -> SQL {
        "\(value(field, of: row)) as \(identifier: field.name)"
    }

    private func value(_ field: Field, of row: SQL) -> SQL {
        let value: SQL = "\(row).\(identifier: field.name)"
        switch field.form {
        case .plain: return value
        case .json: return .jsonValue(value)
        case .jsons:
            return "case when \(value) is not null then "
                + "coalesce((select jsonb_agg(\(SQL.jsonValue("e.value"))) from unnest(\(value)) as e (value)), '[]') end"
        case .text: return "case when \(value) is not null then concat(\(value)) end"
        case .texts: return "case when \(value) is not null then concat(\(value))::text[] end"
        case .row: return object(value, field.relation, from: "(\(value))")
        case .rows:
            return "case when \(value) is not null then "
                + "coalesce((select jsonb_agg(\(object("e.*", field.relation, from: "e"))) from unnest(\(value)) as e), '[]') end"
        }
    }

    private func object(_ value: SQL, _ relation: String?, from row: SQL) -> SQL {
        let items = (relation.flatMap { fields[$0] } ?? []).map { item($0, of: row) }.joined(separator: ", ")
        return "case when \(value) is distinct from null then (select to_jsonb(o.*) from (select \(items)) as o) end"
    }
}
