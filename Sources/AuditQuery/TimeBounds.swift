import Postgres

/// Between which ids the activities of a range of time lie, at most; nil where they are not bounded.
struct TimeBounds: Equatable, Sendable {
    var firstActivityID: Int64 = .min
    var lastActivityID: Int64 = .max
    var firstNativeID: Int64?
    var lastNativeID: Int64?

    /// How far ids may be out of the order of time: as many rows as statements that ran beside each other wrote.
    ///
    /// Rows within this distance of a bound are read, which a page has less time for than a report.
    static let disorderOfReports = "100000"
    static let disorderOfPages = "20000"

    init() {}

    /// The bounds that `bounds.sql` has found; those of an empty trail hold nothing.
    init(_ result: borrowing QueryResult) throws(PostgresError) {
        let row = try result.first { row throws(PostgresError) in
            (
                try row.optionalInteger(0), try row.optionalInteger(1), try row.optionalInteger(2),
                try row.optionalInteger(3)
            )
        }
        guard let row else { return }
        (firstActivityID, lastActivityID) = (row.0 ?? .max, row.1 ?? .min)
        (firstNativeID, lastNativeID) = (row.2, row.3)
    }

    /// Whether there is nothing to look through.
    var isEmpty: Bool { lastActivityID < firstActivityID }
}
