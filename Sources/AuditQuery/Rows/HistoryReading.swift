import AuditTrail
import JSON
import Postgres

/// Reads the life of a row: the row as it is now, and what the trail has of it, through all the keys that it had.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct HistoryReading: Dialogue {
    private enum Stage {
        case row
        case changes(ActivitySearch)
        case truncates(ActivitySearch)
        case done
    }

    /// A row does not move from key to key more often.
    private static let mostKeys = 1000

    private let trail: Trail
    private let limit: Int
    private var stage = Stage.row
    private var row: RowLookup
    private var keysLeft = HistoryReading.mostKeys
    /// The key that is looked for, and how many of the changes found have been looked at.
    private var columns: [KeyColumn] = []
    private var checkedCount = 0
    private var changes: [AttributedActivity] = []
    private var isComplete = true

    /// The history of a row, at most so many versions of it.
    init(_ table: TablePattern, _ key: KeyTerm, in trail: Trail, limit: Int = .max) {
        self.trail = trail
        self.limit = limit
        row = RowLookup(table, key, hasExcerpts: trail.preferences.hasExcerpts)
    }

    /// Why there is no history.
    var problem: RowError? { row.problem }

    /// The history, when all has been read; nil when there is a problem.
    var history: RowHistory? {
        guard let shape = row.shape else { return nil }
        return RowHistory(of: shape, key: row.key, changes: changes, live: row.live, isComplete: isComplete)
    }

    /// What has been read, or why it cannot be.
    var finished: Answer { history.map(Answer.history) ?? .unanswerable(problem?.description ?? "") }

    /// The statement to run next, with its parameters; nil when all has been read.
    mutating func next() -> Request? {
        while true {
            switch stage {
            case .row:
                if let next = row.next() { return next }
                guard let shape = row.shape else {
                    stage = .done
                    return nil
                }
                (columns, checkedCount) = (row.columns, 0)
                let filter = Filter(shape.name, columns)
                stage = .changes(ActivitySearch(filter, in: trail, limit: limit, mostBytes: trail.mostBytes))
            case .changes(var search):
                let next = search.next()
                stage = .changes(search)
                if let next { return next }
                (changes, isComplete) = (search.found, !search.hasMore)
                stage = truncates.map(Stage.truncates) ?? .done
            case .truncates(var search):
                let next = search.next()
                stage = .truncates(search)
                if let next { return next }
                insert(search.found)
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
        case .changes(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .changes(search)
            follow(&search)
        case .truncates(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .truncates(search)
        case .done: break
        }
    }

    /// Follows the row from key to key: to the one that it has now, and then back to those that it had.
    private mutating func follow(_ search: inout ActivitySearch) {
        guard let shape = row.shape else { return }
        while keysLeft > 0, let activity = search.found(at: checkedCount)?.activity {
            checkedCount += 1
            guard activity.verb == .update, let before = activity.rowBefore?.key(shape.keyColumns),
                let after = activity.keyAfter(shape.keyColumns)
            else { continue }
            let (old, new) = (shape.normalKey(before), shape.normalKey(after))
            let current = shape.normalKey(columns.map { JSON.Member($0.name, .string($0.value)) })
            guard old != new else { continue }
            if checkedCount == 1, old == current {
                // The last that happened at this key was that the row left it.
                keysLeft -= 1
                row.look(for: after)
                stage = .row
                return
            }
            guard new == current else { continue }
            keysLeft -= 1
            columns = shape.spelled(before)
            search.goOn(with: Filter(shape.name, columns), behind: checkedCount)
            stage = .changes(search)
        }
    }

    /// The search for statements that emptied the table, where a row is missing that no delete explains.
    private var truncates: ActivitySearch? {
        guard let history, let newest = history.versions.first?.change.activity.id else { return nil }
        let versions = history.versions
        let places = versions.indices.dropLast().filter { versions[$0].gap == .vanished }
        var before = places.first.map { versions[$0].change.activity.id }
        var after = places.last.map { versions[$0 + 1].change.activity.id }
        if history.endGap == .vanished { (before, after) = (nil, after ?? newest) }
        return after.map { after in
            .truncates(of: history.shape.name, after: after, before: before, in: trail)
        }
    }

    /// Puts those into the history that found the row there.
    private mutating func insert(_ truncates: [AttributedActivity]) {
        for truncate in truncates {
            let index = changes.firstIndex { $0.activity.id < truncate.activity.id } ?? changes.endIndex
            guard index < changes.endIndex, changes[index].activity.rowAfter != nil else { continue }
            changes.insert(truncate, at: index)
        }
    }
}
