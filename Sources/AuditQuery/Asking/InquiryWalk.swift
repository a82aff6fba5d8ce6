import AuditTrail

/// Questions for what a filter selects, once it is known what leads there.
extension Inquiry {
    /// How many activities a summary looks at.
    private static let summaryLimit = 1000
    /// The least that a step of a count looks at.
    private static let countStep = 2000
    /// At most so many transactions are asked for at a time in a trail of partitions: postgres_fdw fetches a hundred rows at
    /// a time, so that a page takes as long as it has rows.
    private static let pageOfPartitions = 100

    /// Asks for the page of the list.
    mutating func ask(for resolved: ResolvedFilter) -> Step {
        if case .changes(_, let anchor, let limit) = question { return collect(resolved, at: anchor, limit: limit) }
        if case .count(let filter, let anchor) = question { return count(resolved, in: countOrder(of: filter), anchor) }
        guard case .transactions(_, let anchor, _) = question else { return askForSummary(of: resolved) }
        guard !resolved.selectsNothing(in: trail) else {
            let order = resolved.walk(through: trail, in: nil).order
            return .answered(.transactions(TransactionPage(transactions: [], order: order, next: nil)))
        }
        guard case .at(let moment) = anchor else { return walk(resolved, at: anchor) }
        switch resolved.place(of: moment, in: trail) {
        case .at(let position): return walk(resolved, at: .older(than: position))
        case .lookup(let statement, let values):
            stage = .placing(resolved)
            return run(statement, values)
        }
    }

    private mutating func collect(_ resolved: ResolvedFilter, at anchor: Anchor, limit: Int) -> Step {
        guard !resolved.selectsNothing(in: trail) else {
            return .answered(.changes(ChangePage(changes: [], next: nil)))
        }
        let step = WalkStep(resolved, of: trail, at: anchor, limit: limit, finding: .activity)
        stage = .collecting(step)
        return .run(step.activities.statement, step.activities.parameters)
    }

    /// Counts go by the transaction rows of actors, where a filter names some, and else by activities.
    func countOrder(of filter: Filter) -> ListOrder? {
        trail.isPlain && !filter.actors.isEmpty ? nil : .activity
    }

    private mutating func count(_ resolved: ResolvedFilter, in order: ListOrder?, _ anchor: Anchor) -> Step {
        guard !resolved.selectsNothing(in: trail) else {
            return .answered(.count(PartialCount(transactions: 0, changes: 0, reached: nil, next: nil)))
        }
        let step = WalkStep(resolved, of: trail, at: anchor, limit: Self.countStep, finding: order)
        stage = .counting(step)
        return .run(step.count.statement, step.count.parameters)
    }

    private mutating func askForSummary(of resolved: ResolvedFilter) -> Step {
        guard !resolved.selectsNothing(in: trail) else {
            return .answered(.summary(Summary(activities: 0, oldest: nil, hasMore: false, items: [])))
        }
        stage = .asking
        let limit = Self.summaryLimit
        let isByWindow = resolved.walk(through: trail, in: .activity).isByWindow
        let step = WalkStep(
            resolved,
            of: trail,
            at: .newest,
            limit: limit,
            finding: .activity,
            size: isByWindow && !resolved.filter.isEmpty ? 10 * limit : 2 * limit
        )
        return .run(step.summary.statement, step.summary.parameters)
    }

    mutating func walk(_ resolved: ResolvedFilter, at anchor: Anchor) -> Step {
        guard case .transactions(_, _, let limit) = question else { return ask() }
        let most = trail.isPlain ? limit : min(limit, Self.pageOfPartitions)
        return walk(TransactionSearch(WalkStep(resolved, of: trail, at: anchor, limit: most)))
    }

    mutating func walk(_ search: TransactionSearch) -> Step {
        stage = .walking(search)
        let next = search.next
        return .run(next.statement, next.parameters)
    }
}
