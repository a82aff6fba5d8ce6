import AuditTrail

/// The views and filters that one came by, for going back and forward as in a browser of pages.
struct ViewHistory: Equatable, Sendable {
    /// How many are kept.
    static let limit = 50

    /// Those before the present one, the last on top.
    var back: [Visit] = []
    /// Those that one has gone back from, the next on top.
    var forward: [Visit] = []

    /// Puts a view before the present one.
    mutating func leave(_ visit: Visit) {
        forward = []
        guard back.last != visit else { return }
        back = back.suffix(Self.limit - 1) + [visit]
    }
}

/// A view as it was left.
struct Visit: Equatable, Sendable {
    var filter: Filter
    var overview: Overview?
    var panes: [Pane]
    var focus: Model.Focus
    /// The transaction under the cursor; nil for the newest, whichever that is by then.
    var selected: Transaction?

    /// Whether another shows the same, wherever its cursor is.
    func isSameView(as other: Visit) -> Bool {
        filter == other.filter && overview?.subject == other.overview?.subject
            && panes.map(\.title) == other.panes.map(\.title)
    }
}

/// Going back and forward.
extension Model {
    /// The present view.
    var visit: Visit {
        let isNewest = list.selection == 0 && list.newerEdge == .end
        return Visit(
            filter: filter,
            overview: overview,
            panes: panes,
            focus: focus,
            selected: isNewest ? nil : list.selected
        )
    }

    mutating func goBack() -> [Effect] {
        guard let visit = viewHistory.back.popLast() else {
            notice = Notice(.info, "this is where you began; there is nothing to go back to")
            return []
        }
        viewHistory.forward.append(self.visit)
        return restore(visit)
    }

    mutating func goForward() -> [Effect] {
        guard let visit = viewHistory.forward.popLast() else {
            notice = Notice(.info, "there is nothing to go forward to")
            return []
        }
        viewHistory.back.append(self.visit)
        return restore(visit)
    }

    private mutating func restore(_ visit: Visit) -> [Effect] {
        let effects = restoreList(of: visit)
        overview = visit.overview
        panes = visit.panes
        return effects + askForPanesAgain() + (focus == .detail ? askForDetail() : [])
    }

    private mutating func restoreList(of visit: Visit) -> [Effect] {
        guard filter == visit.filter else {
            let anchor = visit.selected?.issuedAt.map(Anchor.at) ?? .newest
            return apply(visit.filter, at: anchor, keeping: visit.selected)
        }
        focus = visit.focus
        keepCursorsVisible()
        guard let selected = visit.selected, selected.nativeID != list.selected?.nativeID else { return [] }
        if let row = list.rows.firstIndex(where: { $0.nativeID == selected.nativeID }) { return select(row) }
        return load(at: .older(than: selected.position(in: list.order).justNewer), keeping: selected)
    }

    /// An answer that was awaited when a view was left has been dropped.
    private mutating func askForPanesAgain() -> [Effect] {
        var effects: [Effect] = []
        if let subject = overview?.subject, case .loading? = overview?.rows { effects += open(subject) }
        for index in panes.indices {
            panes[index].forgetDryRun()
            guard panes[index].isLoading else { continue }
            let id = nextRequest()
            effects.append(.ask(panes[index].askAgain(id), id))
        }
        return effects
    }
}

extension Pane {
    /// What it shows, as the first row of the screen says.
    var title: String {
        switch self {
        case .history(let pane): "History › \(Model.rowName(pane.table, pane.key))"
        case .row(let pane): "As of › \(Model.rowName(pane.table, pane.key)) \(pane.moment.iso8601)"
        case .revert(let pane): "Revert preview › \(pane.title)"
        }
    }

    /// Whether it waits for the server.
    var isLoading: Bool {
        switch self {
        case .history(let pane): if case .loading = pane.history { true } else { false }
        case .row(let pane): if case .loading = pane.row { true } else { false }
        case .revert(let pane): if case .loading = pane.script { true } else { false }
        }
    }

    /// Waits for an answer of that number to the question that it returns.
    fileprivate mutating func askAgain(_ id: RequestID) -> Question {
        switch self {
        case .history(var pane):
            pane.history = .loading(id)
            self = .history(pane)
            return .history(TablePattern(pane.table), KeyTerm(pane.key), limit: HistoryPane.limit)
        case .row(var pane):
            pane.row = .loading(id)
            self = .row(pane)
            return .row(TablePattern(pane.table), KeyTerm(pane.key), at: pane.moment)
        case .revert(var pane):
            pane.script = .loading(id)
            self = .revert(pane)
            return .revert(pane.request)
        }
    }
}
