import AuditTrail
import Postgres

/// Reads the selected part of a trail from the newest to the oldest or back, page by page, waiting for the server.
///
/// For commands that print; memory stays that of a page, however large the trail is.
public struct TrailReader: ~Copyable {
    private let connection: Connection
    private let trail: Trail
    private let filter: ResolvedFilter
    private var labels = ActorLabels()
    private var tables = AmbiguousTables()
    /// The tables of the changes that have been read, as far as they are needed to tell what cannot be read for certain.
    public var shapes: [TableName: TableShape] { tables.shapes }
    private let isOldestFirst: Bool
    private var nextAnchor: Anchor?

    private static let pageSize = 200
    private var activityPageSize = WalkStep.firstPage

    /// A reader at the newest end, or at the oldest; looks up what the filter needs.
    ///
    /// Throws `PostgresError`.
    public static func open(
        _ connection: consuming Connection,
        trail: Trail,
        filter: Filter,
        oldestFirst: Bool = false
    ) throws(PostgresError) -> TrailReader {
        let resolved = try FilterResolution.resolve(
            filter,
            in: trail,
            disorder: TimeBounds.disorderOfReports,
            finding: .activity,
            on: connection
        )
        return TrailReader(connection, trail, resolved, oldestFirst)
    }

    private init(
        _ connection: consuming Connection,
        _ trail: Trail,
        _ filter: ResolvedFilter,
        _ isOldestFirst: Bool
    ) {
        self.isOldestFirst = isOldestFirst
        self.connection = connection
        self.trail = trail
        self.filter = filter
        nextAnchor = filter.selectsNothing(in: trail) ? nil : isOldestFirst ? .oldest : .newest
    }

    private mutating func goOn(from position: Position?) {
        nextAnchor = position.map { isOldestFirst ? .newer(than: $0) : .older(than: $0) }
    }

    /// The next activities in the order of reading, at most `limit`; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextActivities(limit: Int) throws(PostgresError) -> [AttributedActivity] {
        while let anchor = nextAnchor {
            let step = WalkStep(filter, of: trail, at: anchor, limit: min(limit, activityPageSize), finding: .activity)
            let request = step.activities
            let start = ContinuousClock.now
            let result = try connection.execute(request.statement, request.parameters)
            let page = try changePage(from: result, of: step, milliseconds(since: start))
            activityPageSize = step.nextPageSize
            var found = page.changes
            nextAnchor = page.next
            guard !found.isEmpty else { continue }
            try labels.name(&found, \.actor, of: trail, on: connection)
            try tables.lookUp(for: found.lazy.map(\.activity), on: connection)
            return found.map { $0.masked(by: trail.masks) }
        }
        return []
    }

    /// The next transactions in the order of reading, at most `limit`, each with its first activities; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextTransactions(
        limit: Int,
        activitiesOfEach: Int
    ) throws(PostgresError) -> [(transaction: Transaction, activities: [Activity])] {
        while let anchor = nextAnchor {
            var page = try page(WalkStep(filter, of: trail, at: anchor, limit: min(limit, Self.pageSize)))
            goOn(from: page.next)
            if isOldestFirst { page.transactions.reverse() }
            guard !page.transactions.isEmpty else { continue }
            try labels.name(&page.transactions, \.actor, of: trail, on: connection)
            return try withActivities(page.transactions, limit: activitiesOfEach)
        }
        return []
    }

    private func page(_ step: WalkStep) throws(PostgresError) -> TransactionPage {
        var search = TransactionSearch(step)
        while true {
            let request = search.next
            let start = ContinuousClock.now
            let result = try connection.execute(request.statement, request.parameters)
            if let page = try search.received(result, milliseconds: milliseconds(since: start)) { return page }
        }
    }

    private mutating func withActivities(
        _ transactions: [Transaction],
        limit: Int
    ) throws(PostgresError) -> [(transaction: Transaction, activities: [Activity])] {
        let nativeIDs = arrayLiteral(transactions.map { String($0.nativeID) })
        var values: [String?] = [nativeIDs]
        if !trail.isPlain { values += whatNarrows(transactions) }
        values += [String(limit)]
        let condition = FilterCondition(filter.filter.withoutActors, of: trail, rows: filter.rows, after: values.count)
        let statement = trail.isPlain ? Statements.changes : Statements.changesPartitioned
        let result = try connection.execute(
            condition.within(statement, Excerpts.columns()),
            values + condition.parameters
        )
        let found = try result.map(activity(from:))
        try tables.lookUp(for: found, on: connection)
        let activities = Dictionary(grouping: found, by: \.nativeTransactionID)
        return transactions.map { transaction in
            let changes = activities[transaction.nativeID] ?? []
            return (transaction, changes.map { $0.masked(by: trail.masks) })
        }
    }

    /// Which of the transactions are large, and from a day before the first to a day after the last.
    private func whatNarrows(_ transactions: [Transaction]) -> [String?] {
        let day: Int64 = 86_400_000_000
        let large = transactions.filter(\.counts.isCapped).map { String($0.nativeID) }
        let times = transactions.compactMap(\.issuedAt?.microseconds)
        let isTold = times.count == transactions.count
        return [
            arrayLiteral(large),
            momentLiteral(isTold ? (times.min() ?? 0) - day : .min),
            momentLiteral(isTold ? (times.max() ?? 0) + day : .max),
        ]
    }
}
