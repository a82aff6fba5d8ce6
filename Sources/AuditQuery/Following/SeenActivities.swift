import Postgres

/// Which activities of a trail could be seen at a moment: all up to an id, but for some that may still come.
///
/// For trails whose native ids are another server's, so that this one's snapshots say nothing of them. Ids are given out when a
/// row is written and seen when it is committed; what was in progress for so long that the gap it left is forgotten is missed.
struct SeenActivities: Equatable, Sendable {
    /// So many of the newest activities are searched for gaps.
    static let searched = "100000"
    /// So many gaps are remembered, the newest.
    static let mostMissing = 10_000
    /// So many new activities are looked for at a time.
    static let pageSize = 10_000

    private(set) var last: Int64
    /// Rising.
    private(set) var missing: [Int64]

    /// Takes in that these can be seen, too, in the order of their ids.
    mutating func take(_ ids: [Int64]) {
        missing.removeAll(where: Set(ids).contains)
        for id in ids where id > last {
            let (distance, isHuge) = id.subtractingReportingOverflow(last)
            let gap = isHuge ? Int64(Self.mostMissing) : min(Int64(Self.mostMissing), distance - 1)
            missing += (id - gap)..<id
            last = id
        }
        missing.removeFirst(max(0, missing.count - Self.mostMissing))
    }

    /// The parameters of `arrived.sql`.
    var parameters: [String?] { [String(last), arrayLiteral(missing.map { String($0) }), String(Self.pageSize)] }
}

extension SeenActivities {
    /// As a moment has it: `seen 17 15,16`.
    var text: String { "seen \(last) " + missing.map { String($0) }.joined(separator: ",") }

    /// What a moment has; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "seen", let last = Int64(parts[1]) else { return nil }
        self.last = last
        missing = parts[2].split(separator: ",").compactMap { Int64($0) }
    }

    /// The result of `seen.sql`.
    ///
    /// Throws `PostgresError.undecodable`.
    init(_ result: borrowing QueryResult) throws(PostgresError) {
        self = try result.only { row throws(PostgresError) in
            let missing = try row.text(1).dropFirst().dropLast().split(separator: ",")
            return SeenActivities(last: try row.integer(0), missing: missing.compactMap { Int64($0) })
        }
    }

    /// The parameters of `seen.sql`.
    static var parameters: [String?] { [searched, String(mostMissing)] }
}
