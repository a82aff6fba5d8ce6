import AuditTrail
import Screen

extension Frame {
    /// The last rows: what is going on, and which keys do something here.
    mutating func drawFooter(of model: Model, _ layout: Layout) {
        drawStatus(of: model, row: size.bodyEnd)
        if !size.isTiny { drawHints(of: model, row: size.rows - 1) }
    }

    private mutating func drawStatus(of model: Model, row: Int) {
        if let words = model.menuWords {
            put(words, column: 1, row: row, width: max(0, size.columns - 2), role: .prompt)
            return
        }
        if case .search(let prompt) = model.overlay {
            let sign: SafeText = prompt.isForward ? "/" : "?"
            let column = put(sign + SafeText(prompt.text), column: 0, row: row, role: .prompt)
            if prompt.isMissing { put("  not found in what is loaded", column: column, row: row, role: .warning) }
            if prompt.text.isEmpty { put("  ^R turns round", column: column, row: row, role: .muted) }
            cursor = Cursor(column: min(column, size.columns - 1), row: row)
            return
        }
        if case .goTo(let prompt) = model.overlay {
            let column = put("go to> " + SafeText(prompt.line.before), column: 0, row: row, role: .prompt)
            put(SafeText(prompt.line.after), column: column, row: row, role: .prompt)
            cursor = Cursor(column: min(column, size.columns - 1), row: row)
            let words =
                prompt.error.map { "✘ \($0)" }
                ?? "time\(model.timeZone.isUTC ? "" : " in UTC"), -2h, yesterday 9, transaction, xid:900 or orders:42"
            let end = column + SafeText(prompt.line.after).width + 2
            guard end < size.columns else { return }
            put(
                SafeText(words),
                column: end,
                row: row,
                width: size.columns - end,
                role: prompt.error == nil ? .muted : .error
            )
            return
        }
        if let count = model.count {
            let column = put(SafeText(String(count)), column: 1, row: row, role: .prompt)
            let words: SafeText = "  a movement repeats so often, g and G go to that line, Esc drops it"
            put(words, column: column, row: row, role: .muted)
            return
        }
        let place = model.placeInList
        let right = max(0, size.columns - place.width - 1)
        put(place, column: right, row: row, role: .muted)
        let width = max(0, right - 2)
        if case .lost(let reason) = model.connection {
            put(SafeText("✘ \(model.reconnectionText) · \(reason)"), column: 1, row: row, width: width, role: .error)
        } else if let notice = model.notice {
            put(SafeText(notice.text), column: 1, row: row, width: width, role: notice.severity.role)
        } else if let export = model.export {
            put(SafeText(export.progressText(in: model.timeZone)), column: 1, row: row, width: width, role: .info)
        } else if !model.panes.isEmpty {
            return
        } else if model.overview == nil, model.focus == .detail, let line = model.shownDetail.lineUnderCursor,
            !line.location.isEmpty
        {
            put(SafeText(line.path), column: 1, row: row, width: width, role: .status)
        } else if case let tabs = model.tabs, !tabs.isEmpty {
            for tab in tabs {
                let column = put(tab.key, column: tab.columns.lowerBound, row: row, role: .key)
                put(tab.words, column: column, row: row, role: tab.action == .transactions ? .title : .muted)
            }
        } else if model.overview == nil, let transaction = model.list.selected {
            put(SafeText(transaction.statusText(in: model.timeZone)), column: 1, row: row, width: width, role: .status)
        }
    }

    private mutating func drawHints(of model: Model, row: Int) {
        for hint in model.hints {
            let column = put(hint.key, column: hint.columns.lowerBound, row: row, role: .key)
            put(" " + hint.words, column: column, row: row, role: .muted)
        }
    }
}

extension Model {
    /// What an open menu asks; nil without one.
    fileprivate var menuWords: SafeText? {
        switch overlay {
        case .yanks: "copy what? a key above, any other key leaves"
        case .exports: "export as what? a key above, any other key leaves"
        case .pivots: "go where? a key above, any other key leaves"
        default: nil
        }
    }
}

/// A key and what it does, in the row of the keys.
struct Hint {
    var action: Action
    var key: SafeText
    var words: SafeText
    var columns: Range<Int>
}

extension Model {
    /// The keys that do something here, as many as fit.
    var hints: [Hint] {
        var hints: [Hint] = []
        var column = 1
        let keys = keymap.keys(in: keyPlace)
        for action in hintedActions {
            guard let key = keys[action]?.first, let hint = action.hint else { continue }
            let (name, words) = (SafeText(key.name), SafeText(hint))
            let end = column + name.width + 1 + words.width
            guard end <= size.columns else { break }
            hints.append(Hint(action: action, key: name, words: words, columns: column..<end))
            column = end + 2
        }
        return hints
    }

    /// The views by their keys, `[1]tx [2]tables`, where list and changes are shown together: what one of them alone says
    /// in that row stands in the heading of the changes.
    var tabs: [Hint] {
        let layout = Layout(of: self)
        guard panes.isEmpty, overview == nil, !layout.listRows.isEmpty, !layout.detailRows.isEmpty else { return [] }
        var column = 1
        return [Action.transactions, .tables, .actors, .timeline, .health, .summary].compactMap { action in
            guard let hint = action.hint else { return nil }
            let (name, words) = (SafeText("[\(key(action))]"), SafeText(hint))
            let end = column + name.width + words.width
            defer { column = end + 1 }
            return Hint(action: action, key: name, words: words, columns: column..<end)
        }
    }

    fileprivate var placeInList: SafeText {
        switch panes.last {
        case .history(let pane)?: return SafeText("\(pane.versions.line + 1)/\(grouped(pane.lineCount))")
        case .row(let pane)?: return SafeText("\(pane.scroll.line + 1)/\(pane.lines.count)")
        case .revert(let pane)?: return SafeText("\(grouped(pane.scroll.line + 1))/\(grouped(pane.lines.count))")
        case nil: break
        }
        if let overview {
            guard let rows = overview.rows.value, !rows.isEmpty else { return "" }
            return SafeText("\(overview.selection + 1)/\(rows.count)")
        }
        if focus == .detail, detail.diff != nil {
            let place = "line \(grouped(detail.line + 1))/\(grouped(detail.rowCount))"
            return SafeText(size.columns < 60 ? place : "\(detail.settings.words) · \(place)")
        }
        guard !list.rows.isEmpty else { return "" }
        let isWhole = list.newerEdge == .end && list.olderEdge == .end
        return SafeText("tx \(grouped(list.line + 1))/\(grouped(list.rows.count))\(isWhole ? "" : "+")")
    }

    /// What is done most in this view, in the order of how it matters.
    var hintedActions: [Action] {
        switch panes.last {
        case .history?:
            return [.open, .markBase, .blame, .rowAtTime, .revert, .diffLayout, .help, .back, .otherPane, .moreContext]
        case .row?: return [.history, .blame, .help, .back]
        case .revert?: return [.write, .copy, .dryRun, .openOutside, .toggleGuards, .refresh, .help, .back]
        case nil: break
        }
        if overview != nil {
            return [.open, .transactions, .tables, .actors, .timeline, .health, .summary, .help, .back]
        }
        if focus == .detail {
            let actions: [Action] = [
                .nextChange, .moreContext, .diffLayout, .collapse, .history, .blame, .revert, .help, .back,
                .nextTransaction, .wrap, .hideNoise, .filterFor, .search, .refresh, .quit,
            ]
            let isWhole = detail.activity.map { $0.oldData != nil && $0.changedData != nil } ?? true
            return isWhole ? actions : [.open] + actions
        }
        return [
            .open, .editFilter, .tablePicker, .actorPicker, .search, .history, .revert, .help, .follow, .refresh, .quit,
        ]
    }
}

extension Transaction {
    /// The whole of what a narrow list leaves out.
    fileprivate func statusText(in zone: TimeZone) -> String {
        let time = issuedAt.map { zone.text(of: $0) + zone.suffix(at: $0) } ?? "unknown time"
        let who = (actor?.displayName ?? "unknown actor") + (clientAddress.map { "@\($0)" } ?? "")
        return ([time, who, "xid \(nativeID)"] + (origin?.words ?? [])).joined(separator: " ")
    }
}

extension Notice.Severity {
    fileprivate var role: Role {
        switch self {
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
