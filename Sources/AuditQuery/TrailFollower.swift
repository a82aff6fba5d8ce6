import AuditTrail
import Postgres

/// Reads the selected activities as their transactions are committed: each once, none lost, however many write.
///
/// Ids are not committed in their order, so it is not the last id that counts but the difference of two snapshots: what
/// could not be seen in the one before and can be seen in the one now.
public struct TrailFollower: ~Copyable {
    private let connection: Connection
    private let trail: Trail
    private let filter: Filter
    private var labels = ActorLabels()
    /// Activities with numbers of the future that were there from the start.
    private let lastRestoredID: String
    private var before: Snapshot
    private var now: Snapshot
    private var place: (nativeID: Int64, activityID: Int64) = (0, 0)
    private var isWholeRead = true

    private static let pageSize = 500

    /// A follower of what is committed from now on.
    ///
    /// Throws `PostgresError`.
    public static func start(
        on connection: consuming Connection,
        trail: Trail,
        filter: Filter
    ) throws(PostgresError) -> TrailFollower {
        let snapshot = try Snapshot(connection.execute(Statements.snapshot.statement()))
        let restored = try connection.execute(Statements.restored.statement(of: trail), [snapshot.firstUnended])
            .first { row throws(PostgresError) in try row.text(0) }
        return TrailFollower(connection, trail, filter, snapshot, lastRestoredID: restored ?? "0")
    }

    private init(
        _ connection: consuming Connection,
        _ trail: Trail,
        _ filter: Filter,
        _ snapshot: Snapshot,
        lastRestoredID: String
    ) {
        self.lastRestoredID = lastRestoredID
        self.connection = connection
        self.trail = trail
        self.filter = filter
        before = snapshot
        now = snapshot
    }

    /// The next activities that have been committed, those of a transaction together and in their order; empty when
    /// there are no more for now.
    ///
    /// Throws `PostgresError`.
    public mutating func nextActivities() throws(PostgresError) -> [AttributedActivity] {
        if isWholeRead {
            let next = try Snapshot(connection.execute(Statements.snapshot.statement()))
            guard next.text != now.text else { return [] }
            (before, now, place, isWholeRead) = (now, next, (0, 0), false)
        }
        var found = try page()
        isWholeRead = found.count < Self.pageSize
        if let last = found.last?.activity { place = (last.nativeTransactionID, last.id) }
        try labels.name(&found, \.actor, of: trail, on: connection)
        return found.map { $0.masked(by: trail.masks) }
    }

    private func page() throws(PostgresError) -> [AttributedActivity] {
        let values: [String?] = [
            before.text, now.text, arrayLiteral(before.inProgress), before.firstUnended, lastRestoredID,
            String(place.nativeID), String(place.activityID), String(Self.pageSize),
        ]
        let condition = FilterCondition(filter, of: trail, after: values.count)
        return try connection.execute(condition.within(Statements.follow), values + condition.parameters)
            .map(attributedActivity(from:))
    }
}
