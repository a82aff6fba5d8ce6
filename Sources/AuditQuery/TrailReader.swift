import AuditTrail
import Postgres

/// Reads the selected part of a trail from the newest to the oldest, page by page, waiting for the server.
///
/// For commands that print; memory stays that of a page, however large the trail is.
public struct TrailReader: ~Copyable {
    private let connection: Connection
    private let trail: Trail
    private let parameters: FilterParameters
    private let bounds: TimeBounds
    private var labels = ActorLabels()
    private var windowSize: Int64 = 5000
    private var nextActivityID: Int64
    private var nextAnchor: Anchor?

    private static let pageSize = 200
    private static let largestWindow: Int64 = 100_000

    /// A reader at the newest end; looks up what the filter needs.
    ///
    /// Throws `PostgresError`.
    public static func open(
        _ connection: consuming Connection,
        trail: Trail,
        filter: Filter
    ) throws(PostgresError) -> TrailReader {
        let parameters = try resolve(filter, of: trail, on: connection)
        let bounds = try bounds(of: parameters, of: trail, on: connection)
        return TrailReader(connection, trail, parameters, bounds)
    }

    private init(
        _ connection: consuming Connection,
        _ trail: Trail,
        _ parameters: FilterParameters,
        _ bounds: TimeBounds
    ) {
        self.connection = connection
        self.trail = trail
        self.parameters = parameters
        self.bounds = bounds
        let isEmpty = parameters.selectsNobody || bounds.isEmpty
        nextActivityID = isEmpty ? .min : bounds.lastActivityID + 1
        nextAnchor = isEmpty ? nil : .newest
    }

    private static func resolve(
        _ filter: Filter,
        of trail: Trail,
        on connection: borrowing Connection
    ) throws(PostgresError) -> FilterParameters {
        var resolution = ActorResolution(of: filter, in: trail)
        if case .run(let statement, let values)? = resolution.lookup {
            let found = try connection.execute(statement, values)
            resolution.known.keys += try found.map { row throws(PostgresError) in try row.text(0) }
        }
        return FilterParameters(filter: filter, actors: resolution.known)
    }

    private static func bounds(
        of parameters: FilterParameters,
        of trail: Trail,
        on connection: borrowing Connection
    ) throws(PostgresError) -> TimeBounds {
        let result = try connection.execute(
            Statements.bounds.naming(trail.identifiers),
            [parameters.since, parameters.until, TimeBounds.disorderOfReports]
        )
        return try TimeBounds(result)
    }

    /// The next activities, newest first, at most `limit`; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextActivities(limit: Int) throws(PostgresError) -> [AttributedActivity] {
        while nextActivityID > bounds.firstActivityID {
            let first = max(bounds.firstActivityID, nextActivityID - windowSize)
            let count = min(limit, Self.pageSize)
            let found = try activities(from: first, below: nextActivityID, limit: count)
            nextActivityID = found.count == count ? found.last?.activity.id ?? first : first
            if found.isEmpty { windowSize = min(windowSize * 2, Self.largestWindow) }
            if !found.isEmpty { return found }
        }
        return []
    }

    private mutating func activities(
        from first: Int64,
        below end: Int64,
        limit: Int
    ) throws(PostgresError) -> [AttributedActivity] {
        let values: [String?] = [String(end), String(first), String(limit)]
        let condition = FilterCondition(
            parameters.filter,
            of: trail,
            actors: parameters.actors,
            after: values.count
        )
        let result = try connection.execute(condition.within(Statements.log), values + condition.parameters)
        var found = try result.map(attributedActivity(from:))
        try labels.name(&found, \.actor, of: trail, on: connection)
        return found
    }

    /// The next transactions, newest first, at most `limit`, each with its first activities; empty at the end.
    ///
    /// Throws `PostgresError`.
    public mutating func nextTransactions(
        limit: Int,
        activitiesOfEach: Int
    ) throws(PostgresError) -> [(transaction: Transaction, activities: [Activity])] {
        while let anchor = nextAnchor {
            let limit = min(limit, Self.pageSize)
            let request = transactionPage(parameters, of: trail, at: anchor, limit: limit, within: bounds)
            let result = try connection.execute(request.statement, request.parameters)
            var page = try transactionPage(
                from: result,
                isDrivenByActors: parameters.isDrivenByActors,
                towardsThePast: true,
                limit: limit
            )
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
        let condition = FilterCondition(parameters.filter.withoutActors, of: trail, after: values.count)
        let result = try connection.execute(condition.within(Statements.changes), values + condition.parameters)
        let activities = Dictionary(grouping: try result.map(activity(from:)), by: \.nativeTransactionID)
        return transactions.map { ($0, activities[$0.nativeID] ?? []) }
    }
}
