import AuditTrail
import JSON
import Postgres

/// Looks a row up by table and key: the table as it is, the key as the trail writes it, and the row as it is now.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RowLookup: Sendable {
    private enum Stage {
        case table, row, done
    }

    private let table: TablePattern
    private var stage = Stage.table
    /// The columns of the key with their values as text.
    private(set) var columns: [KeyColumn] = []
    private let wanted: KeyTerm
    private(set) var shape: TableShape?
    private(set) var key: RowKey = []
    private(set) var live = RowHistory.Live.unknown("not read")
    /// Why there is no row to look for.
    private(set) var problem: RowError?

    private let hasExcerpts: Bool

    /// A lookup of a row; the names of the table are taken as they stand.
    init(_ table: TablePattern, _ key: KeyTerm, hasExcerpts: Bool = false) {
        self.table = table
        wanted = key
        self.hasExcerpts = hasExcerpts
    }

    /// The statement to run next, with its parameters; nil when all has been found.
    mutating func next() -> Request? {
        switch stage {
        case .table: return TableShape.lookup([(table.schema, table.name)])
        case .row: return shape.map { liveStatement(of: $0) }
        case .done: return nil
        }
    }

    /// Looks the same table's row of another key up again.
    mutating func look(for key: RowKey) {
        columns = shape?.spelled(key) ?? []
        self.key = key
        if case .unknown = live { return }
        stage = .row
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) {
        switch stage {
        case .table:
            let shapes = try result.map(TableShape.init(from:))
            do throws(RowError) {
                try choose(from: shapes)
            } catch {
                problem = error
                stage = .done
            }
        case .row:
            stage = .done
            guard
                let found = try result.first({ row throws(PostgresError) in
                    (try json(row, 0), try excerptedJSON(row, 1))
                })
            else { return }
            // What is equal may be written otherwise: the row's own key is what the trail has.
            key = found.1?.key(columns.map(\.name)) ?? found.0?.key(columns.map(\.name)) ?? key
            columns = shape?.spelled(key) ?? []
            live = found.1.map { .row(shape?.recorded($0) ?? $0) } ?? .absent
        case .done: break
        }
    }

    private mutating func choose(from shapes: [TableShape]) throws(RowError) {
        if shapes.isEmpty, let schema = table.schema, case .columns(let columns)? = wanted.asInFilter {
            self.columns = columns
            let gone = TableName(schema: schema, name: table.name)
            shape = TableShape(name: gone, columns: [], keyColumns: columns.map(\.name), isReadable: false)
            key = columns.map { JSON.Member($0.name, .string($0.value)) }
            live = .unknown("the table is gone")
            stage = .done
            return
        }
        let found = try RowError.onlyTable(of: shapes, called: table)
        guard !found.keyColumns.isEmpty else { throw .noKey(found.name) }
        guard let given = wanted.values(of: found.keyColumns) else {
            throw .otherKey(found.name, columns: found.keyColumns)
        }
        columns = found.spelled(given)
        key = columns.map { JSON.Member($0.name, .string($0.value)) }
        shape = found
        live = .unknown("this role may not read the table")
        stage = found.isReadable ? .row : .done
    }

    private func liveStatement(of shape: TableShape) -> Request {
        let key = LiveKey(columns.map(\.name), of: shape)
        let values = shape.values(hasExcerpts: hasExcerpts).merging(key.values) { $1 }
        return (Statements.rowLive.statement(values).guarded(by: shape.safeguard), columns.map(\.value))
    }
}

extension Filter {
    /// What wrote the row of a key of one table.
    init(_ table: TableName, _ key: [KeyColumn]) {
        let pattern = TablePattern(table)
        self.init([.term(.table(.exactly(pattern))), .term(.row(pattern, .columns(key)))])
    }

    /// The statements that emptied a table, after an activity and before another.
    static func truncates(of table: TableName, after id: Int64, before end: Int64? = nil) -> Filter {
        Filter(
            [
                .term(.table(.exactly(TablePattern(table)))), .term(.verb([.truncate])),
                .term(.number(.activity, .ordered(.greater, id))),
            ] + (end.map { [.term(.number(.activity, .ordered(.less, $0)))] } ?? [])
        )
    }
}
