import AuditTrail
import Postgres

extension AuditIndex {
    /// The rows of a key in the order of their activities: the history of a row is one look into it.
    ///
    /// `columns` are those of the primary key, in its order. The key is the one that the row had before the activity,
    /// and the new one of an insert. A query that compares each of the expressions with a value implies the condition,
    /// which keeps out the rows of tables that have no such columns.
    ///
    /// Where the values may be long, `isLimited`, those beyond the limit are kept out, too: they would make the write fail.
    static func ofRows(_ columns: [String], schema: String, isLimited: Bool = false) -> AuditIndex {
        let made: [SQL] = columns.map { "coalesce(old_data ->> \(literal: $0), changed_data ->> \(literal: $0))" }
        let read = columns.map { "COALESCE((old_data ->> \($0.spelt)), (changed_data ->> \($0.spelt)))" }
        let present = made.map { "\($0) is not null" as SQL }.joined(separator: " and ")
        let conditions = read.map { "(\($0) IS NOT NULL)" }
        var index = AuditIndex(
            schema: schema,
            relation: "activity",
            suffix: IndexName.suffix("row", columns),
            definition: "(table_name, \(made.joined(separator: ", ")), id) where \(present)",
            keys: ["table_name"] + read + ["id"],
            predicate: columns.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " AND ")))"
        )
        if isLimited { index.limit(made, read, conditions) }
        return index
    }

    /// Keeps out keys that are too long; the index without that is what it takes the place of.
    private mutating func limit(_ made: [SQL], _ read: [String], _ conditions: [String]) {
        let made = made.map { "octet_length(\($0))" as SQL }.joined(separator: " + ")
        let read = read.map { "octet_length(\($0))" }
        let sum = read.dropFirst().reduce(read[0]) { "(\($0) + \($1))" }
        outdatedPredicate = predicate
        definition += " and \(made) <= \(RowIndexLimit.keyBytes)"
        predicate = "(\((conditions + ["(\(sum) <= \(RowIndexLimit.keyBytes))"]).joined(separator: " AND ")))"
    }

    /// The updates that gave a row another key, by the new key: what leads from there to the history before.
    static func ofMovedRows(_ columns: [String], schema: String, isLimited: Bool = false) -> AuditIndex {
        let made: [SQL] = columns.map { "coalesce(changed_data ->> \(literal: $0), old_data ->> \(literal: $0))" }
        let read = columns.map { "COALESCE((changed_data ->> \($0.spelt)), (old_data ->> \($0.spelt)))" }
        let names = columns.map { SQL.literal($0) }.joined(separator: ", ")
        let conditions = [
            "(verb = 'update'::text)", "(changed_data ?| ARRAY[\(columns.map(\.spelt).joined(separator: ", "))])",
        ]
        var index = AuditIndex(
            schema: schema,
            relation: "activity",
            suffix: IndexName.suffix("moved", columns),
            definition: "(table_name, \(made.joined(separator: ", ")), id) "
                + "where verb = 'update' and changed_data ?| array[\(names)]",
            keys: ["table_name"] + read + ["id"],
            predicate: "(\(conditions.joined(separator: " AND ")))"
        )
        if isLimited { index.limit(made, read, conditions) }
        return index
    }

    /// This kind of index, made of an index of the catalog; nil for one of any other kind.
    static func ofRowKey(_ facts: IndexFacts, schema: String) -> AuditIndex? {
        guard facts.keys.count >= 3 else { return nil }
        let columns = facts.keys[1..<(facts.keys.count - 1)].compactMap(column)
        guard columns.count == facts.keys.count - 2 else { return nil }
        return [false, true].flatMap { isLimited in
            [
                ofRows(columns, schema: schema, isLimited: isLimited),
                ofMovedRows(columns, schema: schema, isLimited: isLimited),
            ]
        }.first { $0.isExactly(facts) }
    }

    /// The column in `COALESCE((old_data ->> 'column'::text), (changed_data ->> 'column'::text))`, or the other way
    /// round: what stands twice, whatever is in it.
    private static func column(of expression: String) -> String? {
        let bytes = expression.utf8
        let length = bytes.count - "COALESCE((old_data ->> ''::text), (changed_data ->> ''::text))".utf8.count
        guard length >= 0, let quote = bytes.firstIndex(of: UInt8(ascii: "'")) else { return nil }
        let start = bytes.index(after: quote)
        guard let end = bytes.index(start, offsetBy: length / 2, limitedBy: bytes.endIndex) else { return nil }
        return String(expression[start..<end]).undoubling(scalar: "'")
    }
}

extension String {
    /// The text as the server spells a constant in an expression, with standard strings: nothing but quotes is doubled.
    fileprivate var spelt: String { "'\(replacing(scalar: "'", with: "''"))'::text" }
}
