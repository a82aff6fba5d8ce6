import AuditTrail
import Postgres

/// Between which ids lies all of a range of time; nil where they are not known.
struct TimeBounds: Equatable, Sendable {
    var activityIDs: ClosedRange<Int64>?
    var transactionIDs: ClosedRange<Int64>?
    /// Whether there is nothing to look through.
    var isEmpty = false

    /// The ids in an order; of native ids nothing is known, and times are no ids.
    func ids(in order: ListOrder) -> ClosedRange<Int64>? {
        switch order {
        case .native, .time: nil
        case .transaction: transactionIDs
        case .activity: activityIDs
        }
    }

    /// How far ids may be out of the order of time: as many rows as statements that ran beside each other wrote.
    ///
    /// Rows within this distance of a bound are read, which a page has less time for than a report.
    static let disorderOfReports = "100000"
    static let disorderOfPages = "20000"

    init() {}

    /// The bounds that `bounds.sql` has found; those of an empty trail hold nothing.
    init(_ result: borrowing QueryResult) throws(PostgresError) {
        let ids = try result.first { row throws(PostgresError) in
            (
                try row.optionalInteger(0), try row.optionalInteger(1), try row.optionalInteger(2),
                try row.optionalInteger(3)
            )
        }
        guard let ids else { return }
        activityIDs = range(ids.0, ids.1)
        transactionIDs = range(ids.2, ids.3)
        isEmpty = activityIDs == nil && transactionIDs == nil
    }
}

private func range(_ first: Int64?, _ last: Int64?) -> ClosedRange<Int64>? {
    guard let first, let last, first <= last else { return nil }
    return first...last
}
