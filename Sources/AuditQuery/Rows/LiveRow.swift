import AuditTrail
import Postgres

extension TableShape {
    /// The row of an alias as jsonb, as capture writes it: without excluded columns, and without code of others
    /// (`TableShape.Form`).
    func liveRow(of alias: SQL, columns names: Set<String>? = nil) -> SQL {
        let excluded = excludedColumns ?? []
        return row(
            columns.filter { !excluded.contains($0.name) && names?.contains($0.name) ?? true }.map { column in
                (column.name, column.form, "\(alias).\(identifier: column.name)")
            }
        )
    }
}

/// An object with a member for each of the values.
func row(_ values: [(name: String, form: TableShape.Form, value: SQL)]) -> SQL {
    guard !values.isEmpty else { return "'{}'::jsonb" }
    let list = values.map { (name, form, value) -> SQL in "\(json(value, form)) as \(identifier: name)" }
    return "(select pg_catalog.to_jsonb(live.*) from (select \(list.joined(separator: ", "))) as live)"
}

/// What `to_jsonb` makes the JSON of that capture stores of the value.
func json(_ value: SQL, _ form: TableShape.Form) -> SQL {
    switch form {
    case .plain: value
    case .json: SQL.jsonValue(value)
    case .text: "case when \(value) is not null then pg_catalog.concat(\(value)) end"
    case .texts: "case when \(value) is not null then pg_catalog.concat(\(value))::text[] end"
    case .jsons: array(SQL.jsonValue("e.value"), of: "pg_catalog.unnest(\(value)) as e (value)", value)
    // A composite value of nothing but nulls is null to SQL, and none to this.
    case .row(let fields):
        "case when pg_catalog.num_nonnulls(\(value)) > 0 then \(row(fields.map { ($0.name, $0.form, "(\(value)).\(identifier: $0.name)") })) end"
    case .rows(let fields):
        array(
            row(fields.map { ($0.name, $0.form, "e.\(identifier: $0.name)") }),
            of: "pg_catalog.unnest(\(value)) as e",
            value
        )
    }
}

private func array(_ element: SQL, of elements: SQL, _ value: SQL) -> SQL {
    "case when \(value) is not null then coalesce((select pg_catalog.jsonb_agg(\(element)) from \(elements)), '[]') end"
}

/// The key of a row as parameters of a statement.
struct LiveKey {
    /// `$1::integer as "id"`: each parameter is of the type of its column, so that no cast is made of it; of a type whose
    /// input function may be somebody's, text.
    let parameters: SQL
    /// The key `k` as jsonb.
    let row: SQL
    /// The key of the row `t` as jsonb.
    let liveRow: SQL
    /// That the row `t` has the key `k`.
    let match: SQL

    /// The variables of statements about the key.
    var values: [String: Template.Value] {
        ["key": .sql(parameters), "key_row": .sql(row), "live_key": .sql(liveRow), "match": .sql(match)]
    }

    init(_ names: [String], of shape: TableShape) {
        let columns = names.compactMap(shape.column)
        parameters = columns.enumerated().map { (index, column) -> SQL in
            "$\(index + 1)::\(column.isComparable ? column.plainTypeName : "text") as \(identifier: column.name)"
        }.joined(separator: ", ")
        row = AuditQuery.row(columns.map { ($0.name, $0.isComparable ? $0.form : .plain, "k.\(identifier: $0.name)") })
        liveRow = AuditQuery.row(columns.map { ($0.name, $0.form, "t.\(identifier: $0.name)") })
        match = columns.map { (column) -> SQL in
            let (own, wanted): (SQL, SQL) = ("t.\(identifier: column.name)", "k.\(identifier: column.name)")
            guard column.isComparable else { return "pg_catalog.concat(\(own)) = \(wanted)" }
            // An enum of somebody's: an implicit cast of his could lead `=` to another operator.
            return column.form == .text ? "pg_catalog.enum_eq(\(own), \(wanted))" : "\(own) = \(wanted)"
        }.joined(separator: " and ")
    }
}
