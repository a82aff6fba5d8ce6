import AuditTrail
import Postgres

/// Questions for what has been committed since a moment, as `TrailFollower` has it.
extension Inquiry {
    /// More are not counted.
    private static let mostNews = "1001"

    /// The difference of two snapshots.
    mutating func askForNews(since: TrailMoment?, _ filter: Filter, now: Snapshot) -> Step {
        let moment = TrailMoment(now.text)
        guard let since, let before = Snapshot(since.text) else { return .answered(.news(moment, nativeIDs: [])) }
        guard before != now else { return .answered(.news(since, nativeIDs: [])) }
        stage = .findingNews(moment)
        let values: [String?] = [
            before.text, now.text, arrayLiteral(before.inProgress), before.firstUnended, Self.mostNews,
        ]
        let condition = FilterCondition(filter, of: trail, after: values.count)
        return .run(condition.within(Statements.news), values + condition.parameters)
    }

    /// What has arrived of a trail whose native ids are another server's.
    mutating func askForArrived(since: TrailMoment?, _ filter: Filter) -> Step {
        guard let since, let seen = SeenActivities(since.text) else {
            stage = .findingSeen
            return run(Statements.seen, SeenActivities.parameters)
        }
        stage = .findingArrived(seen, filter)
        return run(Statements.arrived, seen.parameters)
    }

    mutating func askForNews(of arrived: [Int64], _ seen: SeenActivities, _ filter: Filter) -> Step {
        var seen = seen
        seen.take(arrived)
        let moment = TrailMoment(seen.text)
        guard !arrived.isEmpty else { return .answered(.news(moment, nativeIDs: [])) }
        stage = .findingNews(moment)
        let values: [String?] = [arrayLiteral(arrived.map { String($0) }), Self.mostNews]
        let condition = FilterCondition(filter, of: trail, after: values.count)
        return .run(condition.within(Statements.newsArrived), values + condition.parameters)
    }
}
