import AuditTrail
import JSON
import Postgres

/// The columns of a table as records made of JSON, and how they compare with its rows.
///
/// Every operator, function and type is PostgreSQL's or a superuser's: those that somebody may have made, or the casts and
/// domains of somebody's types, are left alone where values are compared. Such values are compared as capture writes them.
struct RevertRecord {
    let shape: TableShape

    private static let equals: SQL = "operator(pg_catalog.=)"

    /// The columns of the values that can be written.
    func columns(of values: JSON) -> [TableShape.Column] {
        let names = Set(values.members?.map(\.name) ?? [])
        return shape.columns.filter { names.contains($0.name) && !$0.isGenerated }
    }

    /// The values to be compared as a record of an alias: `pg_catalog.jsonb_to_record(…) as was("id" integer)`.
    func compared(_ source: SQL, as alias: SQL, _ values: JSON) -> SQL {
        let columns = columns(of: values).map { (column) -> SQL in
            "\(identifier: column.name) \(isTyped(column) ? column.plainTypeName : "jsonb")"
        }
        return "pg_catalog.jsonb_to_record(\(source)) as \(alias)(\(columns.joined(separator: ", ")))"
    }

    /// The values to be written likewise, each in the type of its column.
    func written(_ source: SQL, as alias: SQL, _ values: JSON) -> SQL {
        let columns = columns(of: values).map { (column) -> SQL in
            "\(identifier: column.name) \(column.plainTypeName)"
        }
        return "pg_catalog.jsonb_to_record(\(source)) as \(alias)(\(columns.joined(separator: ", ")))"
    }

    /// That a row has the key of a record that is to be compared.
    func hasKey(_ record: SQL, of row: SQL = "t") -> SQL { has(shape.keyColumns, record, of: row) }

    /// That a row has the values of such a record in some columns.
    func has(_ columns: [String], _ record: SQL, of row: SQL) -> SQL {
        columns.compactMap(shape.column).map { (column) -> SQL in
            let value: SQL = "\(record).\(identifier: column.name)"
            return isTyped(column)
                ? equal(column, "\(row).\(identifier: column.name)", value)
                : "\(document(column, row)) \(Self.equals) \(value)"
        }.joined(separator: " and ")
    }

    /// That the row `t` has the key of a record that is to be written.
    func hasKey(toWrite record: SQL) -> SQL {
        shape.keyColumns.compactMap(shape.column).map { (column) -> SQL in
            isTyped(column)
                ? equal(column, "t.\(identifier: column.name)", "\(record).\(identifier: column.name)")
                : "\(document(column, "t")) \(Self.equals) \(document(column, record))"
        }.joined(separator: " and ")
    }

    /// That two values of a column are equal, by the key's operator or one that is given.
    ///
    /// An enum may have somebody's cast to a type of PostgreSQL's, by which the operator could compare, too.
    func equal(_ column: TableShape.Column, _ left: SQL, _ right: SQL, by given: TableShape.Operator? = nil) -> SQL {
        if column.isComparable, column.form == .text {
            return "pg_catalog.enum_eq(\(plain(column, left)), \(plain(column, right)))"
        }
        let symbol = given?.written ?? (column.isComparable ? nil : column.equality?.written) ?? Self.equals
        return "\(left) \(symbol) \(right)"
    }

    /// A value with the domains of its column looked through.
    private func plain(_ column: TableShape.Column, _ value: SQL) -> SQL {
        column.type == column.plainType ? value : "\(value)::\(column.plainTypeName)"
    }

    /// Whether all of the columns are compared in their own types.
    func areTyped(_ columns: [String]) -> Bool { columns.compactMap(shape.column).allSatisfy(isTyped) }

    /// A record that is to be compared as the jsonb that capture makes of such a row.
    func normal(_ record: SQL, _ columns: [TableShape.Column]) -> SQL {
        row(columns.map { ($0.name, isTyped($0) ? $0.form : .plain, "\(record).\(identifier: $0.name)") })
    }

    /// That the row `t` holds the values of the record, the key apart.
    func holds(_ values: JSON, _ record: SQL) -> SQL {
        let columns = columns(of: values).filter { !shape.keyColumns.contains($0.name) }
        let conditions = columns.map { holds($0, record) }
        return conditions.isEmpty ? "true" : conditions.joined(separator: "\n  and ")
    }

    /// That the row `t` holds the value of the record in a column.
    func holds(_ column: TableShape.Column, _ record: SQL) -> SQL {
        comparison(column, "t.\(identifier: column.name)", "\(record).\(identifier: column.name)")
    }

    /// A value to be written; a column of documents that must not be null can only have held the null of JSON.
    func value(_ column: TableShape.Column, of record: SQL) -> SQL {
        let value: SQL = "\(record).\(identifier: column.name)"
        return column.kind == .document && column.isRequired ? "coalesce(\(value), 'null')" : value
    }

    /// The values without those that are computed.
    func kept(_ values: JSON) -> JSON {
        .object((values.members ?? []).filter { shape.column($0.name)?.isGenerated == false })
    }

    /// These as the server reads them: what a cast has made an object of is given as the text that it was.
    func readable(_ values: JSON) -> JSON {
        let members = kept(values).members ?? []
        return .object(
            members.map { member in
                guard shape.column(member.name)?.isHstore == true else { return member }
                return JSON.Member(member.name, hstoreTexts(in: member.value))
            }
        )
    }

    /// Whether values are compared in the column's own type.
    private func isTyped(_ column: TableShape.Column) -> Bool {
        column.isComparable || shape.keyColumns.contains(column.name) && column.equality != nil && column.form == .plain
    }

    /// The comparison of two values of a column as the trail compares them.
    ///
    /// It does not hold the scale of a number that is all that changed, nor tell a null from the null of JSON.
    private func comparison(_ column: TableShape.Column, _ left: SQL, _ right: SQL) -> SQL {
        guard isTyped(column) else {
            let document: SQL = "pg_catalog.to_jsonb(\(json(left, column.form)))"
            return "coalesce(\(document), 'null') \(Self.equals) coalesce(\(right), 'null')"
        }
        switch column.kind {
        case .document: return "coalesce(\(left)::jsonb, 'null') \(Self.equals) coalesce(\(right)::jsonb, 'null')"
        case .number:
            return "(\(left) \(Self.equals) \(right) or pg_catalog.num_nulls(\(left), \(right)) \(Self.equals) 2)"
        // Rows of one column would be compared as the column's own operator has it.
        case .moment, .other:
            return "cast(row(\(plain(column, left))) as record) operator(pg_catalog.*=) cast(row(\(right)) as record)"
        }
    }

    private func document(_ column: TableShape.Column, _ row: SQL) -> SQL {
        "pg_catalog.to_jsonb(\(json("\(row).\(identifier: column.name)", column.form)))"
    }
}

extension TableShape.Column {
    /// Whether it is of the extension's type that is cast to JSON as an object, and read as something else; or an array of it.
    var isHstore: Bool {
        let type = plainType.hasSuffix("[]") ? String(plainType.dropLast(2)) : plainType
        return form == .plain && (type == "hstore" || type.hasSuffix(".hstore"))
    }
}

/// The objects as hstore writes them, also those in an array; other values as they are.
private func hstoreTexts(in value: JSON) -> JSON {
    if let pairs = value.members { return .string(hstoreText(pairs)) }
    return value.elements.map { .array($0.map(hstoreTexts)) } ?? value
}

/// Pairs as hstore writes them: `"key"=>"value"`, and `NULL` for none.
private func hstoreText(_ pairs: [JSON.Member]) -> String {
    func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
    return pairs.map { pair in
        let value = pair.value == .null ? "NULL" : quoted(keyValueText(pair.value))
        return "\(quoted(pair.name))=>\(value)"
    }.joined(separator: ", ")
}
