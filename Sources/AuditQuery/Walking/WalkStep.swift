import AuditTrail
import Postgres

/// One step of a walk through the trail: a statement, and what it may find.
struct WalkStep: Sendable {
    /// At most so many activities, entries or ids are looked at in one step: the next rows may be wider than the last.
    private static let largest = 100_000
    /// How long a step that does not find enough should take.
    private var targetMilliseconds: Int { trail.isPlain ? 100 : 40 }
    /// A step that looks at so much takes no less time when it looks at less: partitions elsewhere take theirs to answer.
    private var leastSize: Int { trail.isPlain ? 0 : 1000 }

    /// How many activities are read at once, at first.
    static let firstPage = 200
    /// And later, where each page sorts all that remain of a transaction.
    static let largestSortedPage = 3200

    let walk: Walk
    let isTowardsThePast: Bool
    /// How many transactions or activities are wanted.
    let limit: Int
    /// How much the step looks at.
    let size: Int
    /// How much of that may lie beyond a bound of time, out of order.
    private let margin: Int
    private let bounds: ClosedRange<Int64>
    private let window: Range<Int64>
    let resolved: ResolvedFilter
    let trail: Trail

    /// The step from an anchor on.
    ///
    /// Single activities are not found by a walk from transaction to transaction.
    init(
        _ resolved: ResolvedFilter,
        of trail: Trail,
        at anchor: Anchor,
        limit: Int,
        finding order: ListOrder? = nil,
        size: Int? = nil
    ) {
        self.resolved = resolved
        self.trail = trail
        self.limit = limit
        let position = anchor.position
        let isTowardsThePast = anchor.isTowardsThePast
        walk = resolved.walk(through: trail, in: order ?? position?.order)
        self.isTowardsThePast = isTowardsThePast
        let given = size ?? position?.stepSize
        margin = given == nil ? resolved.disorder(of: walk, at: anchor) : 0
        self.size = given ?? walk.firstStep(limit: limit) + margin
        let bounds = resolved.bounds.ids(in: walk.order) ?? .min ... .max
        self.bounds = bounds
        let width = walk.isByWindow ? Int64(self.size) : nil
        if isTowardsThePast {
            let below = min(position?.place ?? .max, bounds.upperBound.addingSaturated(1))
            let from = width.map { max(bounds.lowerBound, below.addingSaturated(-$0)) } ?? bounds.lowerBound
            window = min(below, from)..<below
        } else {
            let from = max(position?.place.addingSaturated(1) ?? .min, bounds.lowerBound)
            let end = bounds.upperBound.addingSaturated(1)
            window = from..<max(from, width.map { min(end, from.addingSaturated($0)) } ?? end)
        }
    }

    /// How many activities the page behind this one may have.
    ///
    /// Where no index has the activities of a transaction in their order, each page sorts what is left of them: in pages of one
    /// size, reading a transaction would take a time that grows with its square.
    var nextPageSize: Int {
        guard case .entries(let entries) = walk, entries.contains(where: { $0.isOfTransaction }),
            !trail.isPlain || !trail.indexes.hasNativeOrder
        else { return Self.firstPage }
        return min(2 * limit, Self.largestSortedPage)
    }

    /// The transactions of this step, in a trail of one table.
    var transactions: Request {
        switch walk {
        case .native:
            // The first step begins beyond all ids.
            let place = isTowardsThePast ? window.upperBound : window.lowerBound.addingSaturated(-1)
            let condition = FilterCondition(Filter(), of: trail, after: 3)
            let statement = condition.within(
                Statements.transactions,
                ["walk": .sql(Statements.walkNative.sql(condition.values))]
            )
            return (statement, [String(isTowardsThePast), String(place), String(limit)])
        case .window, .entries, .times:
            return selecting(Statements.transactions, walkingBy: Statements.walkActivities)
        case .actors(let hasIndex):
            return selecting(Statements.transactions, walkingBy: Statements.walkActors, ofActorsByIndex: hasIndex)
        }
    }

    /// What may be the transactions of this step, in a trail of partitions.
    var candidates: Request {
        switch walk {
        case .native, .entries, .window: return selecting(Statements.candidates)
        case .actors(let hasIndex): return selecting(Statements.candidatesActors, ofActorsByIndex: hasIndex)
        case .times:
            let condition = resolved.condition(of: trail, after: 5)
            let times = condition.times(towardsThePast: isTowardsThePast)
            let range = [window.lowerBound, window.upperBound].map(momentLiteral)
            let values = [String(isTowardsThePast)] + range + [String(limit), String(size)]
            let statement = condition.within(Statements.candidatesTimes, ["entries": .sql(times)])
            return (statement, values + condition.parameters)
        }
    }

    /// The activities of this step, with who made them.
    var activities: Request { activities(mostBytes: nil) }

    /// The same with excerpts of values in rows of more bytes than that.
    func activities(mostBytes: Int?) -> Request {
        selecting(Statements.log, Excerpts.columns(mostBytes: mostBytes))
    }

    /// What the activities of this step have in common.
    var summary: Request { selecting(Statements.summary) }

    /// How many activities and transactions there are in this step.
    var count: Request {
        if case .actors(let hasIndex) = walk { return selecting(Statements.countActors, ofActorsByIndex: hasIndex) }
        return selecting(Statements.count)
    }

    /// The statement with the activities of this step in it; `walk` is the part that makes transactions of them.
    private func selecting(
        _ file: StatementFile,
        _ others: [String: Template.Value] = [:],
        walkingBy walk: StatementFile? = nil
    ) -> Request {
        guard case .entries(let entries) = self.walk else {
            let condition = resolved.condition(of: trail, after: 4)
            let statement = statement(file, walk, condition, condition.values.merging(others) { $1 })
            return (statement, range + [String(limit)] + condition.parameters)
        }
        var condition = resolved.condition(of: trail, after: 5)
        let found = condition.entries(entries, towardsThePast: isTowardsThePast)
        let values = condition.values.merging(others) { $1 }.merging(["entries": .sql(found)]) { $1 }
        let statement = statement(file, walk, condition, values)
        return (statement, range + [String(limit), String(size)] + condition.parameters)
    }

    /// Fills the parts from the inside out.
    private func statement(
        _ file: StatementFile,
        _ walk: StatementFile?,
        _ condition: FilterCondition,
        _ values: [String: Template.Value]
    ) -> Statement {
        var values = values
        values["selected"] = .sql(selected.sql(values))
        values["rows"] = .sql((trail.isPlain ? Statements.rows : Statements.rowsPartitioned).sql(values))
        if let walk { values["walk"] = .sql(walk.sql(values)) }
        return condition.within(file, values)
    }

    private func selecting(
        _ file: StatementFile,
        walkingBy walk: StatementFile? = nil,
        ofActorsByIndex hasIndex: Bool
    ) -> Request {
        var condition =
            trail.isPlain
            ? resolved.condition(of: trail, after: 5, withoutActors: true)
            : FilterCondition(Filter(), of: trail, after: 5)
        let entries = condition.entries(of: resolved.actors, hasIndex: hasIndex, towardsThePast: isTowardsThePast)
        var values = condition.values.merging(["entries": .sql(entries)]) { $1 }
        if let walk { values["walk"] = .sql(walk.sql(values)) }
        let statement = condition.within(file, values)
        return (statement, range + [String(limit), String(size)] + condition.parameters)
    }

    /// The part of a statement that selects the activities.
    private var selected: StatementFile {
        switch (walk, trail.isPlain) {
        case (.entries, true): Statements.selectedEntries
        case (.entries([.anything]), false): Statements.selectedNextPartitioned
        case (.entries, false): Statements.selectedEntriesPartitioned
        case (_, true): Statements.selectedWindow
        case (_, false): Statements.selectedWindowPartitioned
        }
    }

    private var range: [String?] { [String(isTowardsThePast), String(window.lowerBound), String(window.upperBound)] }

    /// Where the next step begins: at the cursor that the statement gave, unless nothing can be beyond.
    ///
    /// Its size follows from how much this one found, or could have found, and how long it took: what is wanted in one
    /// step, if that can be had in time.
    func next(cursor: Int64?, found: Int, of candidates: Int? = nil, milliseconds: Int) -> Position? {
        guard let cursor, isTowardsThePast ? cursor > bounds.lowerBound : cursor < bounds.upperBound else { return nil }
        var size = size
        if walk != .native {
            size -= margin
            if found < limit {
                size = min(size * 4, found == 0 ? .max : size * limit / found + 1)
            } else if walk.isByWindow {
                size = min(size, max(0, distance(to: cursor) - margin) * 5 / 4 + 1)
            }
            if let candidates, candidates > limit { size = (self.size - margin) * limit / candidates * 5 / 4 + 1 }
            if milliseconds > 0 { size = min(size, max(leastSize, self.size * targetMilliseconds / milliseconds)) }
            size = min(max(size, limit), Self.largest)
        }
        return Position(order: walk.order, place: cursor, stepSize: size)
    }

    /// How many ids of the window were gone through to come to a place in it, at most all.
    private func distance(to place: Int64) -> Int {
        let (one, other) = isTowardsThePast ? (window.upperBound, place) : (place, window.lowerBound)
        let (distance, overflow) = one.subtractingReportingOverflow(other)
        return overflow ? size : min(size, Int(distance))
    }
}

extension Anchor {
    /// Whether the page is read from the newer to the older.
    var isTowardsThePast: Bool {
        switch self {
        case .newest, .older, .at: true
        case .oldest, .newer: false
        }
    }

    /// Where the page begins; nil for an end of the list, or for a moment whose position is not known yet.
    var position: Position? {
        switch self {
        case .newest, .oldest, .at: nil
        case .older(let position), .newer(let position): position
        }
    }
}

extension Int64 {
    /// The sum, or the end of what a number can be.
    fileprivate func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}

/// `activities.sql` for a page of one transaction, with its parameters.
///
/// Whose transaction it is has been asked already.
func activityPage(
    _ scope: ActivityScope,
    of trail: Trail,
    after: Int64,
    limit: Int
) -> Request {
    let isByID = scope.isLarge && !trail.isByTime
    let start = isByID ? max(after, scope.firstActivityID - 1) : after
    let values: [String?] = [
        String(scope.nativeID), String(start), String(limit),
        isByID ? String(start + Inquiry.largeTransactionWindow) : nil,
    ]
    let condition = FilterCondition(scope.filter.withoutActors, of: trail, after: values.count)
    return (condition.within(Statements.activities, Excerpts.columns()), values + condition.parameters)
}
