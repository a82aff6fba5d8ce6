import AuditTrail
import JSON
import Postgres

/// Reads the rows of a small table as they were at a moment, from the whole of its trail and the rows as they are now.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct TableAtReading: Dialogue {
    private enum Stage {
        case table
        case live(TableShape)
        case changes(ActivitySearch)
        case done
    }

    private let pattern: TablePattern
    private let trail: Trail
    private let moment: Timestamp
    private var stage = Stage.table
    private var builder: TableAtTimeBuilder?
    /// The most keys that are read; fewer than usual in tests.
    var mostKeys = TableAtTimeBuilder.mostKeys
    /// Why there is no answer.
    private(set) var problem: RowError?

    /// The rows of a table at a moment; what began at the moment itself has been done.
    init(_ table: TablePattern, at moment: Timestamp, in trail: Trail) {
        pattern = table
        self.trail = trail
        self.moment = moment
    }

    /// The rows, when all has been read; nil when there is a problem.
    var answer: TableAtTime? { problem == nil ? builder?.table : nil }

    /// What has been read, or why it cannot be.
    var finished: Answer { answer.map(Answer.table) ?? .unanswerable(problem?.description ?? "") }

    /// The statement to run next, with its parameters; nil when all has been read.
    mutating func next() -> Request? {
        switch stage {
        case .table: return TableShape.lookup([(pattern.schema, pattern.name)])
        case .live(let shape):
            let values = shape.values(hasExcerpts: trail.preferences.hasExcerpts)
            return (Statements.tableLive.statement(values).guarded(by: shape.safeguard), [String(mostKeys + 1)])
        case .changes(var search):
            let next = search.next()
            stage = next == nil ? .done : .changes(search)
            return next
        case .done: return nil
        }
    }

    /// Takes in the result of the statement, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        switch stage {
        case .table:
            let shapes = try result.map(TableShape.init(from:))
            do throws(RowError) {
                try begin(with: shapes)
            } catch {
                give(up: error)
            }
        case .live(let shape):
            let rows = try result.map { row throws(PostgresError) in
                try excerptedJSON(row, 0).map(shape.recorded) ?? .null
            }
            guard rows.count <= mostKeys else { return give(up: .tooLarge(shape.name)) }
            readChanges(of: shape, live: rows)
        case .changes(var search):
            try search.received(result, milliseconds: milliseconds)
            for change in search.takeFound() where builder?.isDone == false { builder?.take(change) }
            if builder?.isDone == true { search.stop() }
            stage = .changes(search)
            if let builder, builder.holdsMore(than: mostKeys) { give(up: .tooLarge(builder.shape.name)) }
        case .done: break
        }
    }

    private mutating func begin(with shapes: [TableShape]) throws(RowError) {
        let shape = try RowError.onlyTable(of: shapes, called: pattern)
        guard !shape.keyColumns.isEmpty else { throw .noKey(shape.name) }
        if shape.isReadable { stage = .live(shape) } else { readChanges(of: shape, live: nil) }
    }

    private mutating func readChanges(of shape: TableShape, live: [JSON]?) {
        builder = TableAtTimeBuilder(of: shape, at: moment, live: live)
        let filter = Filter([.term(.table(.exactly(TablePattern(shape.name))))])
        stage = .changes(ActivitySearch(filter, in: trail, mostBytes: trail.mostBytes))
    }

    private mutating func give(up reason: RowError) {
        problem = reason
        stage = .done
    }
}
