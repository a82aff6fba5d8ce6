import AuditTrail
import Screen

/// Moving in the list and filling it.
extension Model {
    /// How many rows before its end a list is filled up.
    private static let lookAhead = 100

    mutating func move(_ action: Action) -> [Effect] {
        // A search that was given up goes on where one moves on.
        if list.failure?.isCancellation == true { list.failure = nil }
        let layout = Layout(of: self)
        if focus == .detail { return moveInDetail(action, height: layout.detailRows.count) }
        let height = max(1, layout.listRows.count)
        switch action {
        case .first where count == nil: return list.isOldestFirst ? goToOldest() : goToNewest()
        case .last where count == nil: return list.isOldestFirst ? goToNewest() : goToOldest()
        default:
            let target = action.target(from: list.line, of: list.rows.count, height: height, count: count)
            return select(list.row(ofLine: target ?? list.line))
        }
    }

    /// Moves the cursor of the list, shows what is under it, and asks for more where the list runs out.
    mutating func select(_ row: Int) -> [Effect] {
        let before = list.selected?.nativeID
        list.select(row, visibleRows: Layout(of: self).listRows.count)
        var effects = fillUp()
        if list.selected?.nativeID != before || detail.transaction == nil {
            effects += showSelected() + keepStripAroundCursor()
        }
        return effects
    }

    private mutating func goToNewest() -> [Effect] {
        if case .end = list.newerEdge, follow?.unseen.isEmpty ?? true { return select(0) }
        follow?.unseen = []
        return load(at: .newest, keeping: nil)
    }

    private mutating func goToOldest() -> [Effect] {
        if case .end = list.olderEdge { return select(list.rows.count - 1) }
        return load(at: .oldest, keeping: nil)
    }

    /// Starts the list anew at a place; what is on screen stays until the page arrives.
    mutating func load(at anchor: Anchor, keeping kept: Transaction?) -> [Effect] {
        list.unknown = nil
        return ask(at: anchor, for: .replacing(keeping: kept))
    }

    private mutating func ask(at anchor: Anchor, for purpose: TransactionList.Pending.Purpose) -> [Effect] {
        let id = nextRequest()
        list.pending = TransactionList.Pending(id: id, anchor: anchor, purpose: purpose)
        list.failure = nil
        return [.ask(.transactions(filter, at: anchor, limit: TransactionList.pageSize), id)]
    }

    /// Asks for the next page when the cursor comes near an end of what is loaded.
    mutating func fillUp() -> [Effect] {
        guard list.pending == nil, list.failure == nil, list.isLoaded else { return [] }
        if case .open(let position) = list.olderEdge, list.rows.count - list.selection <= Model.lookAhead {
            return ask(at: .older(than: position), for: .appending)
        }
        if case .open(let position) = list.newerEdge, list.selection < Model.lookAhead {
            return ask(at: .newer(than: position), for: .prepending)
        }
        return []
    }

    /// Reads again what is on screen, or the newest end when that is shown.
    mutating func refresh() -> [Effect] {
        if case .lost = connection { return reconnect() }
        if isWaitingForFirstSession { return reconnect() }
        follow?.unseen = []
        tally = nil
        shapes = [:]
        let kept = list.selected
        detail.transaction = nil
        let isNewestShown = list.top == 0 && list.newerEdge == .end
        let histogram = askForHistogram()
        guard !isNewestShown, list.rows.indices.contains(list.top) else {
            return load(at: .newest, keeping: kept) + histogram
        }
        return histogram + load(at: .older(than: list.rows[list.top].position(in: list.order).justNewer), keeping: kept)
    }

    /// Starts anew with another filter, at the newest end and with the cursor where it is, unless said otherwise.
    mutating func apply(
        _ filter: Filter,
        at anchor: Anchor = .newest,
        keeping transaction: Transaction? = nil
    ) -> [Effect] {
        guard filter != self.filter else { return [] }
        // The news that are awaited are of the old filter.
        if follow != nil { follow = Follow() }
        filterOff = nil
        filterBeforeMarks = nil
        remember(filter)
        let kept = transaction ?? list.selected
        let isWaitingForList = list.pending != nil
        self.filter = filter
        overview = nil
        list = TransactionList(isOldestFirst: list.isOldestFirst)
        detail = Detail(settings: detail.settings)
        focus = .list
        follow?.unseen = []
        timeStrip.zoomSeconds = nil
        return (isWaitingForList ? [.cancel] : []) + load(at: anchor, keeping: kept) + askForHistogram()
    }

    mutating func cycleVerb() -> [Effect] {
        let order: [[Verb]] = [[], [.insert], [.update], [.delete], [.truncate]]
        let place = order.firstIndex(of: filter.verbs) ?? 0
        var filter = filter
        filter.verbs = order[(place + 1) % order.count]
        return apply(filter)
    }

    /// Drops the term that stands last in the filter.
    mutating func dropLastTerm() -> [Effect] {
        apply(Filter(filter.terms.dropLast()))
    }
}

extension Action {
    /// How far a movement goes in lines, downwards.
    func distance(height: Int) -> Int {
        switch self {
        case .moveDown: 1
        case .moveUp: -1
        case .halfPageDown: max(1, height / 2)
        case .halfPageUp: -max(1, height / 2)
        case .pageDown: height
        case .pageUp: -height
        default: 0
        }
    }
}
