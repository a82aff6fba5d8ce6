import AuditTrail
import JSON
import Postgres

/// Looks up which rows a term `row` of a filter means: the tables, and all texts under which the trail may hold their keys.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RowTermLookup: Sendable {
    private enum Stage {
        case tables
        case shapes([(schema: String?, name: String)])
        case key(TableShape)
        case done
    }

    /// So many tables are named in a condition; where there are more, each activity is looked up.
    private static let mostTables = 32

    let term: FilterTerm
    private let table: TablePattern
    private let key: KeyTerm
    private var stage: Stage
    /// Nil when the names alone tell nothing: the tables are too many, or gone.
    private(set) var tables: [ResolvedFilter.KeyedTable]?

    /// A lookup for a term; nil for other terms, and for keys that have been looked up.
    init?(_ term: FilterTerm) {
        guard case .row(let table, let key) = term else { return nil }
        (self.term, self.table, self.key) = (term, table, key)
        switch key {
        case .value, .typed: stage = .tables
        case .columns(let columns):
            let name = (table.schema ?? "") + table.name
            guard columns.contains(where: { $0.spellings == nil }), !name.contains(where: { $0 == "*" || $0 == "?" })
            else { return nil }
            stage = .shapes([(table.schema, table.name)])
        }
    }

    /// The statement to run next, with its parameters; nil when all has been found out.
    mutating func next(in trail: Trail) -> Request? {
        switch stage {
        case .tables:
            let limit = String(Self.mostTables + 1)
            return (
                Statements.keyedTables.statement(of: trail),
                [table.schema.map { likePattern($0) }, likePattern(table.name), limit]
            )
        case .shapes(let names): return TableShape.lookup(names)
        case .key(let shape):
            let live = LiveKey(shape.keyColumns, of: shape)
            let file = shape.isReadable ? Statements.rowKey : Statements.unreadRowKey
            return (
                file.statement(shape.values.merging(live.values) { $1 }).guarded(by: shape.safeguard),
                tables?.first?.key.map(\.value) ?? []
            )
        case .done: return nil
        }
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) {
        switch stage {
        case .tables:
            let found = try result.map { row throws(PostgresError) in (schema: try row.text(0), name: try row.text(1)) }
            guard found.count <= Self.mostTables else {
                stage = .done
                return
            }
            tables = []
            stage = found.isEmpty ? .done : .shapes(found.map { ($0.schema, $0.name) })
        case .shapes:
            stage = .done
            let shapes = try result.map(TableShape.init(from:)).filter { key.values(of: $0.keyColumns) != nil }
            guard !shapes.isEmpty || tables != nil else { return }
            tables = shapes.map { keyed($0, key.values(of: $0.keyColumns) ?? []) }
            // The text of several types at once would be none of some.
            if shapes.count == 1 { stage = .key(shapes[0]) }
        case .key(let shape):
            stage = .done
            let found = try result.first { row throws(PostgresError) in (try json(row, 0), try json(row, 1)) }
            guard let key = (found?.1 ?? found?.0)?.key(shape.keyColumns) else { return }
            tables = [keyed(shape, key.map { KeyColumn($0.name, keyValueText($0.value)) })]
        case .done: break
        }
    }

    /// Goes by what is known: the values as they were given.
    mutating func giveUp() { stage = .done }

    private func keyed(_ shape: TableShape, _ key: [KeyColumn]) -> ResolvedFilter.KeyedTable {
        ResolvedFilter.KeyedTable(schema: shape.name.schema, name: shape.name.name, key: shape.spelled(key))
    }
}
