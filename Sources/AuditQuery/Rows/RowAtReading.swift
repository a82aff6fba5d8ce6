import AuditTrail
import JSON
import Postgres

/// Reads a row as it was at a moment, from the changes before and after it and the row as it is now.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RowAtReading: Dialogue {
    private enum Stage {
        case row
        case last(ActivitySearch)
        case following(ActivitySearch)
        case truncates(ActivitySearch)
        case done
    }

    private let trail: Trail
    private let moment: Timestamp
    private var stage = Stage.row
    private var row: RowLookup
    private var lastChange: AttributedActivity?
    private var nextChange: AttributedActivity?

    /// The row of a key at a moment; what began at the moment itself has been done.
    init(_ table: TablePattern, _ key: KeyTerm, at moment: Timestamp, in trail: Trail) {
        self.trail = trail
        self.moment = moment
        row = RowLookup(table, key, hasExcerpts: trail.preferences.hasExcerpts)
    }

    /// Why there is no answer.
    var problem: RowError? { row.problem }

    /// The row, when all has been read; nil when there is a problem.
    var answer: RowAtTime? {
        row.shape.map { shape in
            RowAtTime(
                of: shape,
                key: row.key,
                at: moment,
                lastChange: lastChange,
                nextChange: nextChange,
                live: row.live
            )
        }
    }

    /// What has been read, or why it cannot be.
    var finished: Answer { answer.map(Answer.row) ?? .unanswerable(problem?.description ?? "") }

    /// The statement to run next, with its parameters; nil when all has been read.
    mutating func next() -> Request? {
        while true {
            switch stage {
            case .row:
                if let next = row.next() { return next }
                stage = search(.until(TimeTerm(firstLater)), oldestFirst: false).map(Stage.last) ?? .done
            case .last(var search):
                let next = search.next()
                stage = .last(search)
                if let next { return next }
                lastChange = search.found.first
                let later = FilterTerm.since(TimeTerm(firstLater))
                stage = self.search(later, oldestFirst: true, knowing: search.resolved).map(Stage.following) ?? .done
            case .following(var search):
                let next = search.next()
                stage = .following(search)
                if let next { return next }
                nextChange = search.found.first
                stage = truncates.map(Stage.truncates) ?? .done
            case .truncates(var search):
                let next = search.next()
                stage = .truncates(search)
                if let next { return next }
                take(search.found.first)
                stage = .done
            case .done: return nil
            }
        }
    }

    /// Takes in the result of the statement, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        switch stage {
        case .row: try row.received(result)
        case .last(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .last(search)
        case .following(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .following(search)
        case .truncates(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .truncates(search)
        case .done: break
        }
    }

    private var firstLater: Timestamp { Timestamp(microseconds: moment.microseconds + 1) }

    private func search(
        _ bound: FilterTerm,
        oldestFirst: Bool,
        knowing other: ResolvedFilter? = nil
    ) -> ActivitySearch? {
        guard let shape = row.shape else { return nil }
        let filter = Filter(shape.name, row.columns).and(Filter([.term(bound)]))
        return ActivitySearch(
            filter,
            in: trail,
            oldestFirst: oldestFirst,
            limit: 1,
            knowing: other,
            mostBytes: trail.mostBytes
        )
    }

    /// The search for statements that emptied the table, where the row is missing and no delete tells why.
    private var truncates: ActivitySearch? {
        guard let answer, let lastChange, answer.existence == .unknown, lastChange.activity.rowAfter != nil else {
            return nil
        }
        return .truncates(
            of: answer.table,
            after: lastChange.activity.id,
            before: nextChange?.activity.id,
            in: trail,
            oldestFirst: true,
            limit: 1
        )
    }

    private mutating func take(_ truncate: AttributedActivity?) {
        guard let truncate, nextChange.map({ truncate.activity.id < $0.activity.id }) ?? true else { return }
        if let time = truncate.activity.issuedAt, time > moment { nextChange = truncate } else { lastChange = truncate }
    }
}
