import AuditTrail
import Postgres

/// The answer in the result of the one statement that the question takes.
///
/// Throws `PostgresError.undecodable`.
func answer(
    to question: Question,
    from result: borrowing QueryResult,
    of trail: Trail
) throws(PostgresError) -> Answer {
    switch question {
    case .activities(_, _, let limit):
        let activities = try result.map(activity(from:))
        return .activities(activities, hasMore: activities.count == limit)
    case .histogram: return .histogram(try result.first(histogram(from:)))
    case .actorOverview: return .actorOverview(try result.map(actorOverview(from:)))
    case .summary: return .summary(try summary(from: result))
    case .health:
        return .health(try result.first { row throws(PostgresError) in try health(from: row, of: trail) } ?? [])
    case .shape(let table): return .shape(table, try result.first(TableShape.init(from:)))
    case .activity:
        return .activity(try result.first(activity(from:)))
    case .tables:
        return .tables(try result.map(tableCount(from:)))
    case .actors(let text):
        let isSearch = !text.isEmpty && trail.labelledActorTable != nil
        return .actors(try result.map(isSearch ? actorMatch(from:) : actorCount(from:)))
    // These take more than one statement and are answered by the last.
    case .transactions, .changes, .count, .tableOverview, .timeline, .news, .history, .row, .table, .revert, .names:
        return .news(TrailMoment(try Snapshot(result).text), nativeIDs: [])
    }
}
