import AuditTrail
import JSON

/// The indexes by which a trail can be walked, besides its primary keys.
public struct TrailIndexes: Equatable, Sendable {
    /// On `activity (table_name, id)`.
    var hasTable = false
    /// On `activity (native_transaction_id, id)`.
    var hasNativeOrder = false
    /// On `activity (id)` where there is no transaction row.
    var hasWithoutTransaction = false
    /// On `transaction (actor_id, id)`.
    var hasActor = false
    /// The lists of key columns by which rows are found, as they were before each change.
    var rowKeys: Set<[String]> = []
    /// The lists of key columns by which the updates are found that gave a row its key.
    var movedKeys: Set<[String]> = []

    init() {}

    /// Those of transaction alone: walking partitions by an index of the whole asks all of them for each of its names, and
    /// what finds rows is no condition that postgres_fdw sends.
    var ofTransaction: TrailIndexes {
        var indexes = TrailIndexes()
        indexes.hasActor = hasActor
        return indexes
    }

    /// The indexes as `trails.sql` lists them: `[["activity", ["table_name", "id"], null], …]`, each with its table, its
    /// keys and its predicate as the server words them.
    init(_ list: JSON?) {
        for index in list?.elements ?? [] {
            guard let parts = index.elements, parts.count == 3, case .string(let table) = parts[0] else { continue }
            let keys = (parts[1].elements ?? []).compactMap { if case .string(let key) = $0 { key } else { nil } }
            let predicate: String? = if case .string(let text) = parts[2] { text } else { nil }
            add(table, keys, predicate)
        }
    }

    private mutating func add(_ table: String, _ keys: [String], _ predicate: String?) {
        switch (table, keys, predicate) {
        case ("activity", ["table_name", "id"], nil): hasTable = true
        case ("activity", ["native_transaction_id", "id"], nil): hasNativeOrder = true
        case ("activity", ["id"], "transaction_id IS NULL"): hasWithoutTransaction = true
        case ("transaction", ["actor_id", "id"], nil): hasActor = true
        case ("activity", _, let predicate?) where keys.count > 2 && keys.first == "table_name" && keys.last == "id":
            addKeys(keys.dropFirst().dropLast().map { String($0) }, predicate)
        default: break
        }
    }

    private mutating func addKeys(_ expressions: [String], _ predicate: String) {
        let before = expressions.compactMap { TrailIndexes.column(in: $0, first: "old_data", second: "changed_data") }
        let after = expressions.compactMap { TrailIndexes.column(in: $0, first: "changed_data", second: "old_data") }
        if before.count == expressions.count,
            Self.isThat(predicate, expressions.map { "\($0) IS NOT NULL" }.joined(separator: " AND "), of: expressions)
        {
            rowKeys.insert(before)
        }
        let columns = after.map { "\(TrailIndexes.literal($0))::text" }.joined(separator: ", ")
        if after.count == expressions.count,
            Self.isThat(predicate, "verb = 'update'::text AND changed_data ?| ARRAY[\(columns)]", of: expressions)
        {
            movedKeys.insert(after)
        }
    }

    /// Whether a predicate is the one that is expected, with or without the limit of the keys' length.
    private static func isThat(_ predicate: String, _ expected: String, of expressions: [String]) -> Bool {
        let lengths = expressions.map { "octet_length(\($0))" }
        let sum = lengths.count == 1 ? lengths[0] : "(\(lengths.joined(separator: " + ")))"
        return predicate == expected || predicate == "\(expected) AND \(sum) <= \(RowIndexLimit.keyBytes)"
    }

    /// The column of `COALESCE(first ->> 'column'::text, second ->> 'column'::text)`; nil for any other expression.
    private static func column(in expression: String, first: String, second: String) -> String? {
        let start = "COALESCE(\(first) ->> '"
        guard expression.hasPrefix(start), let end = expression.firstRange(of: "'::text, ") else { return nil }
        let written = expression[expression.index(expression.startIndex, offsetBy: start.count)..<end.lowerBound]
        let column = String(written).undoubling(scalar: "'")
        let literal = Self.literal(column)
        return expression == "COALESCE(\(first) ->> \(literal)::text, \(second) ->> \(literal)::text)" ? column : nil
    }

    /// A text as the server writes it in an expression; names with a backslash, written otherwise, are not recognised.
    private static func literal(_ text: String) -> String { "'\(text.replacing(scalar: "'", with: "''"))'" }
}
