import AuditTrail
import Postgres

/// Reads the selected part of a trail from the newest to the oldest, page by page, waiting for the server.
///
/// For commands that print; memory stays that of a page, however large the trail is.
public struct TrailReader: ~Copyable {
    private let connection: Connection
    private let trail: Trail
    private let filter: ResolvedFilter
    private var labels = ActorLabels()
    private var nextAnchor: Anchor?

    private static let pageSize = 200

    /// A reader at the newest end; looks up what the filter needs.
    ///
    /// Throws `PostgresError`.
    public static func open(
        _ connection: consuming Connection,
        trail: Trail,
        filter: Filter
    ) throws(PostgresError) -> TrailReader {
        let resolved = try FilterResolution.resolve(
            filter,
            in: trail,
            disorder: TimeBounds.disorderOfReports,
            finding: .activity,
            on: connection
        )
        return TrailReader(connection, trail, resolved)
    }

    private init(_ connection: consuming Connection, _ trail: Trail, _ filter: ResolvedFilter) {
        self.connection = connection
        self.trail = trail
        self.filter = filter
        nextAnchor = filter.selectsNothing(in: trail) ? nil : .newest
    }

    /// The next activities, newest first, at most `limit`; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextActivities(limit: Int) throws(PostgresError) -> [AttributedActivity] {
        while let anchor = nextAnchor {
            let step = WalkStep(filter, of: trail, at: anchor, limit: min(limit, Self.pageSize), finding: .activity)
            let request = step.activities
            let start = ContinuousClock.now
            let result = try connection.execute(request.statement, request.parameters)
            let part = try logPart(from: result)
            let cursor = part.isAtEdge ? part.edge : part.activities.last?.activity.id
            nextAnchor =
                step.next(cursor: cursor, found: part.activities.count, milliseconds: milliseconds(since: start))
                .map { .older(than: $0) }
            guard !part.activities.isEmpty else { continue }
            var found = part.activities
            try labels.name(&found, \.actor, of: trail, on: connection)
            return found
        }
        return []
    }

    /// The next transactions, newest first, at most `limit`, each with its first activities; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextTransactions(
        limit: Int,
        activitiesOfEach: Int
    ) throws(PostgresError) -> [(transaction: Transaction, activities: [Activity])] {
        while let anchor = nextAnchor {
            let step = WalkStep(filter, of: trail, at: anchor, limit: min(limit, Self.pageSize))
            let request = step.transactions
            let start = ContinuousClock.now
            let result = try connection.execute(request.statement, request.parameters)
            var page = try transactionPage(from: result, of: step, milliseconds: milliseconds(since: start))
            nextAnchor = page.next.map { .older(than: $0) }
            guard !page.transactions.isEmpty else { continue }
            try labels.name(&page.transactions, \.actor, of: trail, on: connection)
            return try withActivities(page.transactions, limit: activitiesOfEach)
        }
        return []
    }

    private func withActivities(
        _ transactions: [Transaction],
        limit: Int
    ) throws(PostgresError) -> [(transaction: Transaction, activities: [Activity])] {
        let nativeIDs = "{" + transactions.map { String($0.nativeID) }.joined(separator: ",") + "}"
        let values: [String?] = [nativeIDs, String(limit), String(Inquiry.dataLimitBytes)]
        let condition = FilterCondition(filter.filter.withoutActors, of: trail, after: values.count)
        let result = try connection.execute(condition.within(Statements.changes), values + condition.parameters)
        let activities = Dictionary(grouping: try result.map(activity(from:)), by: \.nativeTransactionID)
        return transactions.map { ($0, activities[$0.nativeID] ?? []) }
    }
}
