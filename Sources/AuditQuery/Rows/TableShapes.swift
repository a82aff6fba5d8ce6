import AuditTrail
import JSON
import Postgres

extension TableShape {
    /// The statement that looks tables up by name; a nil schema means any.
    static func lookup(_ names: [(schema: String?, name: String)]) -> Request {
        let schemas = names.map { $0.schema.map { String(arrayLiteral([$0]).dropFirst().dropLast()) } ?? "null" }
        return (
            Statements.tableShapes.statement(),
            ["{" + schemas.joined(separator: ",") + "}", arrayLiteral(names.map(\.name))]
        )
    }

    /// The columns of `table_shapes.sql`.
    init(from row: borrowing Row) throws(PostgresError) {
        let columns = try json(row, 3)?.elements ?? []
        let forms = ColumnForms(try json(row, 8))
        let foreignKeys = try json(row, 6)?.elements ?? []
        self.init(
            name: TableName(schema: try row.text(0), name: try row.text(1)),
            columns: columns.map { Column(of: $0, forms) },
            keyColumns: texts(try json(row, 4)),
            uniqueKeys: (try json(row, 7)?.elements ?? []).map { texts($0) },
            excludedColumns: try json(row, 5).map { Set(texts($0)) },
            isReadable: try row.boolean(2),
            foreignKeys: foreignKeys.map(ForeignKey.init(of:))
        )
    }
}

extension TableShape.Column {
    fileprivate init(of object: JSON, _ forms: ColumnForms) {
        let kind: TableShape.Kind =
            switch object["base"]?.text {
            case "json", "jsonb": .document
            case "timestamp with time zone": .moment
            case "numeric", "real", "double precision", "numeric[]", "real[]", "double precision[]": .number
            default: .other
            }
        self.init(
            name: object["name"]?.text ?? "",
            type: object["type"]?.text ?? "text",
            plainType: object["plain_type"]?.text,
            kind: kind,
            isRequired: object["required"] == .bool(true),
            hasDefault: object["default"] == .bool(true),
            isGenerated: object["generated"] == .bool(true),
            isAlwaysIdentity: object["identity"] == .bool(true)
        )
        typeID = object["type_id"]?.text
        form = typeID.map(forms.form) ?? .text
        isComparable = typeID.map(forms.isComparable) ?? false
        equality = TableShape.Operator(of: object["equality"])
    }
}

extension TableShape.ForeignKey {
    fileprivate init(of object: JSON) {
        self.init(
            table: TableName(schema: object["schema"]?.text ?? "", name: object["table"]?.text ?? ""),
            columns: texts(object["columns"]),
            target: TableName(schema: object["target_schema"]?.text ?? "", name: object["target_table"]?.text ?? ""),
            targetColumns: texts(object["target_columns"]),
            hasDeleteAction: object["acts"] == .bool(true),
            cascadesUpdates: object["cascades"] == .bool(true),
            hasUpdateAction: object["moves"] == .bool(true),
            operators: object["trusted"] == .bool(true)
                ? object["operators"]?.elements?.compactMap { TableShape.Operator(of: $0) } : nil,
            isReadable: object["readable"] == .bool(true)
        )
    }
}

extension TableShape.Operator {
    fileprivate init?(of object: JSON?) {
        guard let schema = object?["schema"]?.text, let name = object?["name"]?.text else { return nil }
        self.init(schema: schema, name: name)
    }

    /// `operator(schema.=)`; the server allows nothing but `+-*/<>=~!@#%^&|`?` in the name.
    var written: SQL { "operator(\(identifier: schema).\(SQL(verbatim: name)))" }
}

extension JSON {
    /// The text of a string; nil for every other kind of value.
    var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension TableName {
    /// `"schema"."name"`.
    var quoted: SQL { .name(schema, name) }
}

extension TableShape {
    /// The variables of the statements about the table's rows.
    var values: [String: Template.Value] {
        ["row_schema": .text(name.schema), "row_table": .text(name.name), "row": .sql(liveRow(of: "t"))]
    }

    /// The same; of large rows, what `excerpt.sql` makes of them.
    func values(hasExcerpts: Bool) -> [String: Template.Value] {
        guard hasExcerpts else { return values }
        return values.merging(["row": .sql(Excerpts.text(ofRow: liveRow(of: "t"), of: self))]) { $1 }
    }

    /// What must still hold of the table while its rows are read.
    var safeguard: Safeguard {
        let types = columns.compactMap { column in column.typeID.map { (column.name, $0) } }
        return Safeguard([Safeguard.Relation(name.schema, name.name, types: types)])
    }
}

extension TableShape.Column {
    /// The type as the server has spelt it (`format_type`).
    var typeName: SQL { SQL(verbatim: type) }

    /// The type with domains looked through, likewise.
    var plainTypeName: SQL { SQL(verbatim: plainType) }
}
