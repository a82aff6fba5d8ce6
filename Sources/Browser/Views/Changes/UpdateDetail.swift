import AuditTrail

/// Looking at the changes of a transaction.
extension Model {
    /// Shows the changes of the transaction under the cursor, when there is a pane for them.
    mutating func showSelected() -> [Effect] {
        guard list.selected != detail.transaction else { return [] }
        let hasPane = !Layout(of: self).detailRows.isEmpty
        holdDetail(hasPane)
        detail = Detail(transaction: list.selected, settings: detail.settings)
        return hasPane ? askForDetail() : []
    }

    private mutating func holdDetail(_ isShown: Bool) {
        switch detail.activities {
        case .loaded where isShown: heldDetail = detail
        case .loading where isShown: break
        default: heldDetail = nil
        }
    }

    /// Whether changes that were looked at before are still shown.
    public var isHoldingDetail: Bool {
        if case .loading = detail.activities { heldDetail != nil } else { false }
    }

    /// What the pane shows: a pane that says for a blink, and at every key, that it is loading cannot be read.
    var shownDetail: Detail { isHoldingDetail ? heldDetail ?? detail : detail }

    /// Asks for the first changes of the transaction, unless that has been done.
    mutating func askForDetail() -> [Effect] {
        if detail.transaction != list.selected {
            detail = Detail(transaction: list.selected, settings: detail.settings)
        }
        guard let transaction = detail.transaction, detail.activities == .notAsked else { return [] }
        let id = nextRequest()
        let scope = ActivityScope(of: transaction, filter: filter)
        detail.scope = scope
        detail.activities = .loading(id)
        return [.ask(.activities(scope, after: 0, limit: Detail.pageSize), id)]
    }

    /// Asks for the table of the change that is looked at, once, to know which columns it has now.
    mutating func askForShape() -> [Effect] {
        guard let table = detail.activity?.table else { return [] }
        detail.setShape(shapeOfChange)
        guard shapes[table] == nil else { return [] }
        shapes[table] = .some(nil)
        return [.ask(.shape(table), nextRequest())]
    }

    /// The table of the change as it is now; nil while nobody knows.
    var shapeOfChange: TableShape? { detail.activity.flatMap { shapes[$0.table] ?? nil } }

    mutating func moveInDetail(_ action: Action, height: Int) -> [Effect] {
        let lineCount = detail.rowCount
        let target = action.target(from: detail.line, of: lineCount, height: height, count: count)
        detail.select(line: target ?? detail.line, lineCount: lineCount, visibleRows: height)
        return []
    }

    /// Goes on by so many changes of the transaction, not beyond those that are loaded.
    mutating func moveToChange(by distance: Int) -> [Effect] {
        let loaded = detail.activities.value?.count ?? 0
        let target = detail.index + distance * (count ?? 1)
        return showChange(count == nil ? target : min(max(0, target), max(0, loaded - 1)))
    }

    /// Goes to another change of the transaction and asks for more of them where they run out.
    mutating func showChange(_ index: Int) -> [Effect] {
        guard let activities = detail.activities.value else { return [] }
        if index < 0 {
            notice = Notice(.info, "this is the first change of the transaction")
            return []
        }
        guard index < activities.count else {
            if !detail.hasMore { notice = Notice(.info, "this is the last change of the transaction") }
            return askForMoreChanges()
        }
        detail.show(index)
        return index + Detail.pageSize / 2 >= activities.count ? askForMoreChanges() : []
    }

    private mutating func askForMoreChanges() -> [Effect] {
        guard detail.hasMore, detail.pending == nil, let scope = detail.scope,
            let last = detail.activities.value?.last
        else { return [] }
        let id = nextRequest()
        detail.pending = id
        return [.ask(.activities(scope, after: last.id, limit: Detail.pageSize), id)]
    }

    /// Fetches the whole of a change of which there were excerpts on the page, or larger ones.
    mutating func openWholeActivity() -> [Effect] {
        guard let activity = detail.activity, activity.holdsExcerpts, detail.pending == nil else { return [] }
        if activity.holdsWindows {
            notice = Notice(
                .info,
                "that is all that is shown of a row of more than 2 MB; audit-tui log --format jsonl --filter "
                    + "'\(Filter([.term(.number(.activity, .anyOf([activity.id])))]).description)' prints the whole"
            )
            return []
        }
        let id = nextRequest()
        detail.pending = id
        return [.ask(.activity(id: activity.id), id)]
    }
}

extension Detail {
    init(transaction: Transaction?, settings: DiffSettings) {
        self.init(settings: settings)
        self.transaction = transaction
    }
}
