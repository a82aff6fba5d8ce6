import AuditTrail
import Postgres

/// Reads the selected activities as their transactions are committed: each once, none lost, however many write.
///
/// Ids are not committed in their order, so it is not the last id that counts but the difference of two snapshots: what
/// could not be seen in the one before and can be seen in the one now. Where native ids are another server's, as on a
/// subscriber or after a restore, it is the ids themselves: see `SeenActivities`.
public struct TrailFollower: ~Copyable {
    private let connection: Connection
    private let trail: Trail
    private let filter: Filter
    private var labels = ActorLabels()
    private var tables = AmbiguousTables()
    /// The tables of the changes that have been read, as far as they are needed to tell what cannot be read for certain.
    public var shapes: [TableName: TableShape] { tables.shapes }
    private var progress: Progress
    private var place: (nativeID: Int64, activityID: Int64) = TrailFollower.beginning
    private var isWholeRead = true

    private enum Progress {
        case snapshots(before: Snapshot, now: Snapshot)
        /// What could be seen, and what of it is being read.
        case ids(SeenActivities, arrived: [Int64])
    }

    private static let pageSize = 500
    private static let beginning = (nativeID: Int64.min, activityID: Int64.min)

    /// A follower of what is committed from now on.
    ///
    /// Throws `PostgresError`.
    public static func start(
        on connection: consuming Connection,
        trail: Trail,
        filter: Filter
    ) throws(PostgresError) -> TrailFollower {
        let filter = filter.spelled(by: try RowTermLookups.find(filter, in: trail, on: connection))
        let snapshot = try Snapshot(connection.execute(Statements.snapshot.statement()))
        var isOfAnother = trail.isOfAnotherServer
        if !isOfAnother {
            isOfAnother =
                try connection.execute(Statements.future.statement(of: trail), [snapshot.firstUnended])
                .first { row throws(PostgresError) in try row.boolean(0) } ?? false
        }
        guard isOfAnother else {
            return TrailFollower(connection, trail, filter, .snapshots(before: snapshot, now: snapshot))
        }
        let seen = try connection.execute(Statements.seen.statement(of: trail), SeenActivities.parameters)
        let progress = Progress.ids(try SeenActivities(seen), arrived: [])
        return TrailFollower(connection, trail, filter, progress)
    }

    private init(
        _ connection: consuming Connection,
        _ trail: Trail,
        _ filter: Filter,
        _ progress: Progress
    ) {
        self.connection = connection
        self.trail = trail
        self.filter = filter
        self.progress = progress
    }

    /// The next activities that have been committed, those of a transaction together and in their order; empty when
    /// there are no more for now.
    ///
    /// Throws `PostgresError`.
    public mutating func nextActivities() throws(PostgresError) -> [AttributedActivity] {
        while true {
            if isWholeRead {
                guard try look() else { return [] }
                (place, isWholeRead) = (Self.beginning, false)
            }
            var found = try page()
            isWholeRead = found.count < Self.pageSize
            // There may be more that has arrived than one look finds.
            if found.isEmpty, case .ids = progress { continue }
            if let last = found.last?.activity { place = (last.nativeTransactionID, last.id) }
            try labels.name(&found, \.actor, of: trail, on: connection)
            try tables.lookUp(for: found.lazy.map(\.activity), on: connection)
            return found.map { $0.masked(by: trail.masks) }
        }
    }

    /// Looks for what can be seen now; false when nothing has changed.
    private mutating func look() throws(PostgresError) -> Bool {
        switch progress {
        case .snapshots(_, let now):
            let next = try Snapshot(connection.execute(Statements.snapshot.statement()))
            progress = .snapshots(before: now, now: next)
            return next.text != now.text
        case .ids(var seen, _):
            let arrived = try connection.execute(Statements.arrived.statement(of: trail), seen.parameters)
                .map { row throws(PostgresError) in try row.integer(0) }
            seen.take(arrived)
            progress = .ids(seen, arrived: arrived)
            return !arrived.isEmpty
        }
    }

    private func page() throws(PostgresError) -> [AttributedActivity] {
        let rest: [String?] = [String(place.nativeID), String(place.activityID), String(Self.pageSize)]
        switch progress {
        case .snapshots(let before, let now):
            let values: [String?] = [before.text, now.text, arrayLiteral(before.inProgress), before.firstUnended]
            return try page(Statements.follow, values + rest)
        case .ids(_, let arrived):
            return try page(Statements.followArrived, [arrayLiteral(arrived.map { String($0) })] + rest)
        }
    }

    private func page(
        _ file: StatementFile,
        _ values: [String?]
    ) throws(PostgresError) -> [AttributedActivity] {
        let condition = FilterCondition(filter, of: trail, after: values.count)
        let statement = condition.within(file, Excerpts.columns(mostBytes: trail.mostBytes))
        return try connection.execute(statement, values + condition.parameters)
            .map(attributedActivity(from:))
    }
}
