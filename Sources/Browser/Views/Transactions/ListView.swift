import AuditTrail
import Screen

extension Frame {
    mutating func drawList(of model: Model, _ layout: Layout) {
        let columns = ListColumn.columns(forWidth: layout.listColumns.count, of: model)
        let end = layout.listColumns.upperBound
        let shift = model.list.shift
        drawCells(columns.map { ($0, $0.title, .muted) }, row: layout.listRows.lowerBound - 1, end: end, shift: shift)
        if model.list.rows.isEmpty {
            drawListState(of: model, layout)
            return
        }
        for (line, row) in layout.listRows.enumerated() {
            switch model.list.content(ofLine: line, height: layout.listRows.count) {
            case .row(let index):
                let transaction = model.list.rows[index]
                drawCells(
                    columns.map { ($0, SafeText($0.text(transaction, model.clock)), $0.role(for: transaction)) },
                    row: row,
                    end: end,
                    shift: shift
                )
                drawSigns(of: transaction, isSelected: index == model.list.selection, of: model, layout, row: row)
            case .oldEnd: drawEnd(of: model, layout, row: row)
            case .beyond: put("~", column: 1, row: row, role: .muted)
            }
        }
    }

    /// What marks a transaction: that it matches, that a person has marked it, that the cursor is on it.
    private mutating func drawSigns(
        of transaction: Transaction,
        isSelected: Bool,
        of model: Model,
        _ layout: Layout,
        row: Int
    ) {
        if let word = model.searchWord, SearchPrompt.matches(word, in: searchText(transaction, in: model.timeZone)) {
            overlay(row: row, columns: layout.listColumns, role: .matchHit)
        }
        let isMarked = model.marks.contains(transaction.nativeID)
        if isMarked { put("m", column: 1, row: row, role: .mark) }
        guard isSelected else { return }
        put("▶", column: 1, row: row, role: .cursor)
        if isMarked { put("m", column: 0, row: row, role: .mark) }
        overlay(row: row, columns: layout.listColumns, role: model.focus == .list ? .cursor : .selection)
    }

    private mutating func drawCells(
        _ cells: [(column: ListColumn, text: SafeText, role: Role)],
        row: Int,
        end: Int,
        shift: Int
    ) {
        let margin = ListColumn.margin
        var column = margin - shift
        for cell in cells where column < end {
            let width = cell.column.width == 0 ? end - column : min(cell.column.width, end - column)
            let text = cell.text.truncated(to: width)
            let start = column + (cell.column.alignsRight ? width - text.width : 0)
            put(text.dropping(columns: margin - start), column: max(margin, start), row: row, role: cell.role)
            column += width + 1
        }
    }

    /// What stands beside the oldest transaction that is loaded.
    private mutating func drawEnd(of model: Model, _ layout: Layout, row: Int) {
        func say(_ words: String, _ role: Role = .muted) {
            put(SafeText(words), column: 1, row: row, width: layout.listColumns.upperBound - 1, role: role)
        }
        switch (model.list.failure, model.list.olderEdge, model.list.pending) {
        case (let failure?, _, _): say("✘ " + failure.message, .error)
        case (nil, .open, nil): say("… more \(model.list.isOldestFirst ? "above" : "below")")
        case (nil, .open, _?):
            say(
                "… loading"
                    + (model.list.searchedTo.map { ", looked back to \(model.timeZone.text(of: $0))  (^C stops)" } ?? "")
            )
        case (nil, .end, _): say("~ the oldest transaction is \(model.list.isOldestFirst ? "below" : "above")")
        }
    }

    /// Loading, empty and failed, each in its own words.
    private mutating func drawListState(of model: Model, _ layout: Layout) {
        for (offset, line) in model.listState.enumerated() {
            let row = layout.listRows.lowerBound + offset
            put(SafeText(line.words), column: 3, row: row, width: layout.listColumns.upperBound - 3, role: line.role)
        }
    }
}

extension Model {
    /// What an empty list says.
    fileprivate var listState: [(words: String, role: Role)] {
        if case .lost(let reason) = connection {
            return [("✘ " + reason, .error), (reconnectionText, .muted)]
        }
        if isWaitingForFirstSession {
            let words = "\(key(.refresh)) tries again, \(key(.cancel)) gives up"
            return [("waiting for the server", .text), (words, .muted)]
        }
        if let failure = list.failure {
            if failure.isCancellation, let time = list.searchedTo {
                let onward = key(list.isOldestFirst ? .moveUp : .moveDown)
                return [("stopped, having looked back to \(timeZone.text(of: time))  (\(onward) goes on)", .warning)]
            }
            return [
                ("✘ " + failure.message, failure.isCancellation ? .warning : .error),
                ("\(key(.refresh)) reads again", .muted),
            ]
        }
        if !list.isLoaded { return [("loading…", .muted)] }
        if list.pending != nil, let time = list.searchedTo {
            return [("searching… looked back to \(timeZone.text(of: time))  (^C stops)", .muted)]
        }
        if filter.isEmpty { return [("no changes have been recorded yet", .muted)] }
        return [("no transaction matches the filter  (\(key(.clearFilter)) drops its last term)", .muted)]
            + (list.unknown?.value ?? []).map { ($0.description, .warning) }
    }
}

extension Model {
    /// The word whose matches are marked.
    var searchWord: String? {
        if case .search(let prompt) = overlay { return prompt.text }
        return nil
    }
}
