import AuditTrail
import JSON

/// The types of a table's columns and those that they are made of, as `table_shapes.sql` lists them: of a domain, what is
/// told is true of the type under it.
struct ColumnForms {
    private struct PlainType {
        var isJSON: Bool
        var isEnum: Bool
        var isBuiltIn: Bool
        var isTrusted: Bool
        var element: String?
        var fields: [(name: String, type: String)]?
    }

    private let types: [String: PlainType]

    init(_ list: JSON?) {
        let types = (list?.elements ?? []).map { object in
            let fields = object["fields"]?.elements?.map { ($0["name"]?.text ?? "", $0["type_id"]?.text ?? "") }
            return (
                object["type_id"]?.text ?? "",
                PlainType(
                    isJSON: object["is_json"] == .bool(true),
                    isEnum: object["is_enum"] == .bool(true),
                    isBuiltIn: object["is_built_in"] == .bool(true),
                    isTrusted: object["is_trusted"] == .bool(true),
                    element: object["element"]?.text,
                    fields: fields
                )
            )
        }
        self.types = Dictionary(types) { first, _ in first }
    }

    /// Whether values of a type may be given as text and compared with `=`.
    func isComparable(_ id: String) -> Bool { types[id].map { $0.isBuiltIn || $0.isEnum } ?? false }

    /// How values of a type become JSON; one that is not listed is trusted with nothing.
    func form(of id: String) -> TableShape.Form {
        guard let type = types[id] else { return .text }
        if type.isJSON { return .json }
        if let fields = type.fields {
            let fields = fields.map { TableShape.Field(name: $0.name, form: form(of: $0.type)) }
            return fields.allSatisfy { $0.form == .plain } ? .plain : .row(fields)
        }
        guard let element = type.element else { return type.isTrusted ? .plain : .text }
        switch form(of: element) {
        case .plain: return .plain
        case .json: return .jsons
        case .row(let fields): return .rows(fields)
        case .text, .texts, .jsons, .rows: return .texts
        }
    }
}
