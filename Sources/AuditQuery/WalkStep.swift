import AuditTrail
import Postgres

/// One step of a walk through the trail: a statement, and what it may find.
struct WalkStep: Sendable {
    /// At most so many activities, entries or ids are looked at in one step.
    private static let largest = 1_000_000
    /// How long a step that does not find enough should take.
    private static let targetMilliseconds = 100

    let walk: Walk
    let isTowardsThePast: Bool
    /// How many transactions or activities are wanted.
    let limit: Int
    /// How much the step looks at.
    let size: Int
    private let bounds: ClosedRange<Int64>
    private let window: Range<Int64>
    private let resolved: ResolvedFilter
    private let trail: Trail

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
        self.size = size ?? position?.stepSize ?? resolved.firstStep(of: walk, limit: limit, isTowardsThePast)
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

    /// The transactions of this step.
    var transactions: (statement: Statement, parameters: [String?]) {
        switch walk {
        case .native:
            // The first step begins beyond all ids.
            let place = isTowardsThePast ? window.upperBound : window.lowerBound.addingSaturated(-1)
            let part = Statements.transactions.inserting(Statements.walkNative.text, for: "walk")
            let condition = FilterCondition(Filter(), of: trail, after: 3)
            return (condition.within(part), [String(isTowardsThePast), String(place), String(limit)])
        case .window, .entries:
            return selecting(
                Statements.transactions.inserting(Statements.walkActivities.text, for: "walk")
            )
        case .actors(let hasIndex):
            var condition = resolved.condition(of: trail, after: 5, withoutActors: true)
            let entries = condition.entries(of: resolved.actors, hasIndex: hasIndex, towardsThePast: isTowardsThePast)
            let part = Statements.transactions.inserting(Statements.walkActors.text, for: "walk")
                .inserting(entries, for: "entries")
            return (condition.within(part), range + [String(limit), String(size)] + condition.parameters)
        }
    }

    /// The activities of this step, with who made them.
    var activities: (statement: Statement, parameters: [String?]) { selecting(Statements.log) }

    /// What the activities of this step have in common.
    var summary: (statement: Statement, parameters: [String?]) { selecting(Statements.summary) }

    private func selecting(_ statement: Statement) -> (statement: Statement, parameters: [String?]) {
        guard case .entries(let entries) = walk else {
            let condition = resolved.condition(of: trail, after: 4)
            let whole = statement.inserting(Statements.selectedWindow.text, for: "selected")
            return (condition.within(whole), range + [String(limit)] + condition.parameters)
        }
        var condition = resolved.condition(of: trail, after: 5)
        let whole = statement.inserting(Statements.selectedEntries.text, for: "selected")
            .inserting(condition.entries(entries, towardsThePast: isTowardsThePast), for: "entries")
        return (condition.within(whole), range + [String(limit), String(size)] + condition.parameters)
    }

    private var range: [String?] { [String(isTowardsThePast), String(window.lowerBound), String(window.upperBound)] }

    /// Where the next step begins: at the cursor that the statement gave, unless nothing can be beyond.
    ///
    /// Its size follows from how much this one found and how long it took: what is wanted in one step, if that can be had
    /// in time.
    func next(cursor: Int64?, found: Int, milliseconds: Int) -> Position? {
        guard let cursor, isTowardsThePast ? cursor > bounds.lowerBound : cursor < bounds.upperBound else { return nil }
        var size = size
        if walk != .native {
            size = found >= limit ? size : min(size * 4, found == 0 ? .max : size * limit / found + 1)
            if milliseconds > 0 { size = min(size, self.size * Self.targetMilliseconds / milliseconds) }
            size = min(max(size, limit), Self.largest)
        }
        return Position(order: walk.order, place: cursor, stepSize: size)
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

    fileprivate var position: Position? {
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
) -> (statement: Statement, parameters: [String?]) {
    let start = scope.isLarge ? max(after, scope.firstActivityID - 1) : after
    let values: [String?] = [
        String(scope.nativeID), String(start), String(limit),
        String(Inquiry.dataLimitBytes), scope.isLarge ? String(start + Inquiry.largeTransactionWindow) : nil,
    ]
    let condition = FilterCondition(scope.filter.withoutActors, of: trail, after: values.count)
    return (condition.within(Statements.activities), values + condition.parameters)
}
