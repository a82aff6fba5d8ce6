import AuditTrail
import Screen

/// The screen for a model: cells with roles, no colours.
public func view(_ model: Model) -> Frame {
    var frame = Frame(size: model.size)
    let layout = Layout(of: model)
    guard layout.shape != .tooSmall else {
        frame.putTooSmall()
        return frame
    }
    frame.drawHeader(of: model, layout)
    if let pane = model.panes.last {
        frame.draw(pane, of: model)
    } else if let overview = model.overview {
        frame.drawFilter(of: model)
        frame.drawOverview(overview, of: model)
    } else {
        frame.drawFilter(of: model)
        frame.drawTimeStrip(of: model, layout)
        if !layout.listRows.isEmpty { frame.drawList(of: model, layout) }
        if !layout.detailRows.isEmpty { frame.drawDetail(of: model, layout) }
    }
    frame.drawFooter(of: model, layout)
    switch model.overlay {
    case .picker(let picker): frame.drawPicker(picker, of: model)
    case .help(let help): frame.drawHelp(help)
    case .filter(let prompt): frame.drawFilterPrompt(prompt, of: model)
    case .yanks(let yanks): frame.drawMenu(yanks.map { ($0.key, $0.purpose, $0.text) })
    case .exports(let target): frame.drawMenu(target.menu)
    case .pivots(let pivots): frame.drawPivots(pivots)
    case .command(let prompt): frame.drawCommand(prompt)
    case .statements(let pager): frame.drawStatements(pager, of: model)
    case .search, .goTo, nil: break
    }
    return frame
}

extension Frame {
    fileprivate mutating func draw(_ pane: Pane, of model: Model) {
        switch pane {
        case .history(let pane): drawHistory(pane, of: model)
        case .row(let pane): drawRow(pane, in: model.timeZone)
        case .revert(let pane): drawRevert(pane)
        }
    }

    /// The first row: where we are, whether we follow, what time it is.
    fileprivate mutating func drawHeader(of model: Model, _ layout: Layout) {
        let role: Role = model.banner == nil ? .header : .banner
        fill(row: 0, columns: 0..<size.columns, role: role)
        let isNarrow = size.columns < 60
        let zone = model.timeZone
        let suffix = isNarrow && !zone.isUTC ? "" : zone.suffix(at: model.now)
        let clock = SafeText("\(zone.calendar(of: model.now).timeOfDay.prefix(5))\(suffix) ")
        let follow = model.followText
        let right = size.columns - clock.width
        put(clock, column: right, row: 0, role: role)
        let followColumn = right - follow.width
        var column = put(" ", column: 0, row: 0, role: role)
        if let banner = model.banner {
            column = put(
                SafeText(banner) + (isNarrow ? " " : " │ "),
                column: column,
                row: 0,
                width: max(0, followColumn - column),
                role: role
            )
        }
        // Where there is no room for both, the view: the place does not change.
        if !isNarrow {
            let placeRole: Role = model.banner == nil ? .title : .banner
            column = put(model.place, column: column, row: 0, width: max(0, followColumn - column), role: placeRole)
        }
        column = put(
            isNarrow ? model.viewName : " │ " + model.viewName,
            column: column,
            row: 0,
            width: max(0, followColumn - column),
            role: role
        )
        if !follow.isEmpty, followColumn > column {
            put(follow, column: followColumn, row: 0, role: model.banner == nil ? .followOn : role)
        }
    }

    /// The second row: the filter, and how much it selects.
    fileprivate mutating func drawFilter(of model: Model) {
        let count = model.countText
        let isEmpty = model.filter.isEmpty
        let filter = isEmpty ? " no filter" : " " + SafeText(model.filter.description)
        putRow(1, filter, isEmpty ? .muted : .filterValue, count, margin: 1)
    }

    /// Writes a row of two parts, the left of which may have half of it and more where the right leaves that.
    mutating func putRow(_ row: Int, _ left: SafeText, _ role: Role, _ right: SafeText, margin: Int = 0) {
        let start = max(min(left.width + 1, size.columns / 2), size.columns - right.width - margin)
        put(left, column: 0, row: row, width: start - 1, role: role)
        put(right, column: start, row: row, width: size.columns - start - margin, role: .muted)
    }
}

extension Model {
    /// The database and server, as far as known.
    fileprivate var place: SafeText {
        switch connection {
        case .connecting: "connecting…"
        case .ready(let database, let host): SafeText(host.isEmpty ? database : "\(database)@\(host)") + " ro"
        case .lost: "disconnected"
        }
    }

    /// Whether we follow, and how much is new; the arrow points to where that will stand.
    fileprivate var followText: SafeText {
        guard let follow else { return "" }
        let isNarrow = size.columns < 60
        guard !follow.unseen.isEmpty else {
            return isNarrow ? "● " : isFollowPaused ? "● FOLLOW paused  " : "● FOLLOW  "
        }
        let news = (list.isOldestFirst ? "▼" : "▲") + follow.countText
        return SafeText(isNarrow ? "● \(news) " : "● FOLLOW  \(news) new  ")
    }

    fileprivate var viewName: SafeText {
        switch panes.last {
        case .history(let pane)?: return SafeText("History › \(Model.rowName(pane.table, pane.key))")
        case .row(let pane)?: return SafeText("As of › \(Model.rowName(pane.table, pane.key))")
        case .revert(let pane)?: return SafeText("Revert preview › \(pane.title)")
        case nil: break
        }
        if let overview { return SafeText(overview.subject.title) }
        guard focus == .detail, let transaction = detail.transaction else { return "Transactions" }
        guard let activity = detail.activity else { return SafeText("Tx \(transaction.name)") }
        let key = activity.key.map { " #" + $0.map { keyValueText($0.value) }.joined(separator: ",") } ?? ""
        return SafeText("Tx \(transaction.name) › \(activity.table.short)\(key)")
    }

    fileprivate var countText: SafeText {
        if let overview { return SafeText(overview.remark + " ") }
        guard list.isLoaded else { return list.pending == nil ? "" : "loading… " }
        if let tally = currentTally { return SafeText(tally.text(in: timeZone) + " ") }
        let isWhole = list.newerEdge == .end && list.olderEdge == .end
        let searching = list.pending == nil ? "" : "searching… "
        return SafeText("\(searching)\(grouped(list.rows.count))\(isWhole ? "" : "+") tx ")
    }
}

extension Transaction {
    /// The number of the transaction row, or `x` and the server's number when it has none.
    var name: String { id.map { String($0) } ?? "x\(nativeID)" }
}
