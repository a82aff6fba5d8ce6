import Postgres

/// Which transactions had ended at a moment.
struct Snapshot: Equatable, Sendable {
    /// As the server writes it: `xmin:xmax:xip,xip`.
    let text: String
    /// The transactions that were in progress, of those below `firstUnended`.
    let inProgress: [String]
    /// No transaction of this or a greater number had ended; some may have begun.
    let firstUnended: String

    /// The snapshot that the server writes so; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.text = text
        inProgress = parts[2].split(separator: ",").map { String($0) }
        firstUnended = String(parts[1])
    }

    /// The result of `snapshot.sql`.
    ///
    /// Throws `PostgresError.undecodable`.
    init(_ result: borrowing QueryResult) throws(PostgresError) {
        self = try result.only { row throws(PostgresError) in
            guard let snapshot = Snapshot(try row.text(0)) else { throw row.undecodable(0) }
            return snapshot
        }
    }
}
