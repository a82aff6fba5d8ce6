import AuditTrail
import Postgres

/// A page of transactions on its way: one statement in a trail of one table, two in a trail of partitions.
///
/// The first of two finds the transactions by what leads to them, the second asks for all that there is of them; it knows
/// from the first when that was, so that it asks few partitions.
struct TransactionSearch: Sendable {
    private let step: WalkStep
    private var candidates: Candidates?
    private var millisecondsBefore = 0

    init(_ step: WalkStep) { self.step = step }

    /// The statement to run next, with its parameters.
    var next: Request {
        guard let candidates else { return step.trail.isPlain ? step.transactions : step.candidates }
        let values = candidates.parameters + [String(step.limit)]
        var withoutActors = false
        if case .actors = step.walk { withoutActors = true }
        let condition = step.resolved.condition(of: step.trail, after: values.count, withoutActors: withoutActors)
        let earlier: SQL = step.walk == .times ? "issued_at < $6::timestamp" : "id < $6::bigint"
        let statement = condition.within(Statements.transactionsPartitioned, ["earlier": .sql(earlier)])
        return (statement, values + condition.parameters)
    }

    /// Takes in the result of the statement: the page, or nil when there is another statement to run.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(
        _ result: borrowing QueryResult,
        milliseconds: Int
    ) throws(PostgresError) -> TransactionPage? {
        guard let candidates else {
            guard !step.trail.isPlain else {
                return try transactionPage(from: result, of: step, milliseconds: milliseconds)
            }
            let found = try Candidates(result, of: step)
            (candidates, millisecondsBefore) = (found, milliseconds)
            return found.list.isEmpty ? page([], found, milliseconds) : nil
        }
        let milliseconds = millisecondsBefore + milliseconds
        return page(try transactionPage(from: result, of: step, milliseconds: 0).transactions, candidates, milliseconds)
    }

    private func page(
        _ transactions: [Transaction],
        _ candidates: Candidates,
        _ milliseconds: Int
    ) -> TransactionPage {
        let isFull = transactions.count >= step.limit
        let last = step.isTowardsThePast ? transactions.last : transactions.first
        let cursor = isFull ? last?.position(in: step.walk.order).place : candidates.beyond
        let next = step.next(
            cursor: cursor,
            found: transactions.count,
            of: candidates.count,
            milliseconds: milliseconds
        )
        let reached = isFull ? nil : candidates.reached
        return TransactionPage(transactions: transactions, order: step.walk.order, next: next, searchedTo: reached)
    }
}

/// The transactions among which a page is, as `candidates.sql` and `candidates_actors.sql` tell them.
///
/// They are as many as the page may need, and some more, since a few of them stand elsewhere.
private struct Candidates {
    private static let reserve = 40

    /// The columns of one of them, as text.
    struct Candidate {
        var nativeID: String
        var transactionID: String?
        var place: Int64
        var firstID: String?
        var activities: String
        var since: Int64?
        var until: Int64?
    }

    /// In the order of the page.
    private(set) var list: [Candidate] = []
    /// How many there are, of which the list may hold the first.
    private(set) var count = 0
    /// The least activity id of the part of the trail; nil when its transactions were found otherwise.
    private var low: String?
    /// Where the next part begins; nil at the end of the list.
    private(set) var beyond: Int64?
    /// How far the part goes; nil when nobody knows.
    private(set) var reached: Timestamp?

    init(_ result: borrowing QueryResult, of step: WalkStep) throws(PostgresError) {
        var found: [Candidate] = []
        for candidate in try result.map(candidate(from:)) {
            switch candidate {
            case .one(let candidate): found.append(candidate)
            case .part(let low, let beyond, let reached): (self.low, self.beyond, self.reached) = (low, beyond, reached)
            case .none: break
            }
        }
        count = found.count
        if step.isTowardsThePast { found.reverse() }
        let kept = step.limit + Self.reserve
        list = found.enumerated().filter { $0 < kept || $1.place == found[kept - 1].place }.map(\.element)
        guard list.count < count, let last = list.last else { return }
        (beyond, reached) = (last.place, nil)
    }

    /// The first parameters of `transactions_partitioned.sql`.
    var parameters: [String?] {
        let since = list.contains { $0.since == nil } ? nil : list.compactMap(\.since).min()
        let until = list.contains { $0.until == nil } ? nil : list.compactMap(\.until).max()
        return [
            arrayLiteral(list.map(\.nativeID)),
            "{" + list.map { $0.transactionID ?? "null" }.joined(separator: ",") + "}",
            arrayLiteral(list.map { String($0.place) }),
            "{" + list.map { $0.firstID ?? "null" }.joined(separator: ",") + "}",
            arrayLiteral(list.map(\.activities)), low,
            since.map { timestampLiteral(Timestamp(microseconds: $0)) } ?? "-infinity",
            until.map { timestampLiteral(Timestamp(microseconds: $0)) } ?? "infinity",
        ]
    }
}

private enum CandidateRow {
    case one(Candidates.Candidate)
    case part(low: String?, beyond: Int64?, reached: Timestamp?)
    /// An activity without a native id belongs to no transaction.
    case none
}

/// The columns of `candidates.sql` and `candidates_actors.sql`.
private func candidate(from row: borrowing Row) throws(PostgresError) -> CandidateRow {
    guard let place = try row.optionalInteger(2) else {
        let reached = try row.optionalInteger(8).map(Timestamp.init(microseconds:))
        return .part(low: row.optionalText(6), beyond: try row.optionalInteger(7), reached: reached)
    }
    guard let nativeID = row.optionalText(0) else { return .none }
    return .one(
        Candidates.Candidate(
            nativeID: nativeID,
            transactionID: row.optionalText(1),
            place: place,
            firstID: row.optionalText(9),
            activities: try row.text(3),
            since: try row.optionalInteger(4),
            until: try row.optionalInteger(5)
        )
    )
}
