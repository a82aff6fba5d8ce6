import AuditTrail
import Postgres

/// The activities that a filter selects, newest or oldest first, read in steps of a walk.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct ActivitySearch: Sendable {
    private let trail: Trail
    private let isOldestFirst: Bool
    private var pageSize = WalkStep.firstPage
    private let limit: Int
    private let mostBytes: Int?
    /// Nothing is looked for from this activity on, away from where the search began.
    private var end: Int64?
    private var resolution: FilterResolution?
    /// The filter with what has been looked up for it.
    private(set) var resolved: ResolvedFilter
    private var step: WalkStep?
    private var anchor: Anchor?
    /// What has been found, page by page: whoever holds a search copies it for each page, and a long array with it.
    private var pages: [[AttributedActivity]] = []
    /// How much has been found.
    private(set) var foundCount = 0
    /// Whether the trail may hold more than the limit let through.
    private(set) var hasMore = false

    /// A search for so many activities, with excerpts of large values in rows of more bytes than that; what is known of a filter
    /// that differs in its times only is not looked up again.
    init(
        _ filter: Filter,
        in trail: Trail,
        oldestFirst: Bool = false,
        limit: Int = .max,
        knowing other: ResolvedFilter? = nil,
        mostBytes: Int? = nil
    ) {
        self.trail = trail
        self.mostBytes = mostBytes
        self.limit = limit
        isOldestFirst = oldestFirst
        anchor = oldestFirst ? .oldest : .newest
        resolved = ResolvedFilter(filter: filter)
        resolution = FilterResolution(
            of: filter,
            in: trail,
            disorder: TimeBounds.disorderOfReports,
            finding: .activity,
            knowing: other
        )
    }

    /// The statements that emptied a table after an activity and before another, the first or all of them.
    static func truncates(
        of table: TableName,
        after id: Int64,
        before end: Int64?,
        in trail: Trail,
        oldestFirst: Bool = false,
        limit: Int = .max
    ) -> ActivitySearch {
        let filter = Filter.truncates(of: table, after: id, before: end)
        var search = ActivitySearch(filter, in: trail, oldestFirst: oldestFirst, limit: limit)
        // What is beyond is not selected, but would be looked at.
        search.end = oldestFirst ? end : id
        if oldestFirst {
            search.anchor = .newer(than: Position(order: .activity, place: id))
        } else if let end {
            search.anchor = .older(than: Position(order: .activity, place: end))
        }
        return search
    }

    /// The statement to run next, with its parameters; nil when all has been found.
    mutating func next() -> Request? {
        if let lookup = resolution?.nextLookup() { return lookup }
        if let done = resolution {
            resolved = done.resolved
            resolution = nil
            if resolved.selectsNothing(in: trail) { anchor = nil }
        }
        guard let anchor, foundCount < limit else {
            hasMore = anchor != nil
            return nil
        }
        let size = min(limit - foundCount, pageSize)
        let step = WalkStep(resolved, of: trail, at: anchor, limit: size, finding: .activity)
        self.step = step
        return step.activities(mostBytes: mostBytes)
    }

    /// Takes in the result of the statement, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        if resolution != nil {
            try resolution?.received(result)
            return
        }
        guard let step else { return }
        let page = try changePage(from: result, of: step, milliseconds)
        pages.append(page.changes)
        foundCount += page.changes.count
        pageSize = step.nextPageSize
        let position = page.next?.position
        if let end, let place = position?.place, isOldestFirst ? place >= end : place <= end {
            anchor = nil
            return
        }
        anchor = page.next
    }

    /// Whether there is a way on after the server has refused the statement.
    mutating func recover(from error: PostgresError) -> Bool { resolution?.recover(from: error) ?? false }

    /// What has been found, in the order of reading.
    var found: [AttributedActivity] { pages.count == 1 ? pages[0] : Array(pages.joined()) }

    /// One of what has been found, by its place in the order of reading; soon for the last ones.
    func found(at place: Int) -> AttributedActivity? {
        var start = foundCount
        for page in pages.reversed() {
            start -= page.count
            if place >= start, place < start + page.count { return page[place - start] }
        }
        return nil
    }

    /// Hands out what has been found since the last time, so that it need not be kept; for searches without a limit.
    mutating func takeFound() -> [AttributedActivity] {
        defer { (pages, foundCount) = ([], 0) }
        return found
    }

    /// Gives up looking for more.
    mutating func stop() { anchor = nil }

    /// Forgets all but the first that have been found, and goes on with another filter of the same table behind the last of them.
    mutating func goOn(with filter: Filter, behind count: Int) {
        let kept = Array(found.prefix(count))
        (pages, foundCount) = ([kept], kept.count)
        resolved.filter = filter
        anchor = kept.last.map { .older(than: Position(order: .activity, place: $0.activity.id)) }
    }
}
