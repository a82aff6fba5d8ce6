import AuditTrail
import Screen

extension Frame {
    mutating func drawList(of model: Model, _ layout: Layout) {
        let columns = ListColumn.columns(forWidth: layout.listColumns.count, in: model.timeZone)
        let end = layout.listColumns.upperBound
        let shift = model.list.shift
        drawCells(columns.map { ($0, $0.title, .muted) }, row: layout.listRows.lowerBound - 1, end: end, shift: shift)
        if model.list.rows.isEmpty {
            drawListState(of: model, layout)
            return
        }
        for row in layout.listRows {
            let index = model.list.top + row - layout.listRows.lowerBound
            guard model.list.rows.indices.contains(index) else {
                drawEnd(of: model, layout, row: row, isFirst: index == model.list.rows.count)
                continue
            }
            let transaction = model.list.rows[index]
            drawCells(
                columns.map { ($0, SafeText($0.text(transaction, model.clock)), $0.role(for: transaction)) },
                row: row,
                end: end,
                shift: shift
            )
            if let word = model.searchWord, matches(word, in: searchText(transaction, in: model.timeZone)) {
                overlay(row: row, columns: layout.listColumns, role: .matchHit)
            }
            if model.marks.contains(transaction.nativeID) { put("m", column: 1, row: row, role: .mark) }
            if index == model.list.selection {
                put("▶", column: 1, row: row, role: .cursor)
                if model.marks.contains(transaction.nativeID) { put("m", column: 0, row: row, role: .mark) }
                overlay(row: row, columns: layout.listColumns, role: model.focus == .list ? .cursor : .selection)
            }
        }
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

    /// What stands below the last transaction.
    private mutating func drawEnd(of model: Model, _ layout: Layout, row: Int, isFirst: Bool) {
        func say(_ words: String, _ role: Role = .muted) {
            put(SafeText(words), column: 1, row: row, width: layout.listColumns.upperBound - 1, role: role)
        }
        guard isFirst else { return say("~") }
        switch (model.list.failure, model.list.olderEdge, model.list.pending) {
        case (let failure?, _, _): say("✘ " + failure.message, .error)
        case (nil, .open, nil): say("… more below")
        case (nil, .open, _?):
            say(
                "… loading"
                    + (model.list.searchedTo.map { ", looked back to \(model.timeZone.text(of: $0))  (^C stops)" } ?? "")
            )
        case (nil, .end, _): say("~ the oldest transaction is above")
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
        if let failure = list.failure {
            if failure.isCancellation, let time = list.searchedTo {
                return [
                    ("stopped, having looked back to \(timeZone.text(of: time))  (\(key(.moveDown)) goes on)", .warning)
                ]
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
    }
}

extension Model {
    /// The word whose matches are marked.
    var searchWord: String? {
        if case .search(let prompt) = overlay { return prompt.text }
        return nil
    }
}
