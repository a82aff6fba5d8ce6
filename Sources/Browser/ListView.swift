import AuditTrail
import Screen

extension Frame {
    mutating func drawList(of model: Model, _ layout: Layout) {
        let columns = ListColumn.columns(forWidth: size.columns)
        drawCells(columns.map { ($0, $0.title, .muted) }, row: layout.listRows.lowerBound - 1)
        if model.list.rows.isEmpty {
            drawListState(of: model, layout)
            return
        }
        for row in layout.listRows {
            let index = model.list.top + row - layout.listRows.lowerBound
            guard model.list.rows.indices.contains(index) else {
                drawEnd(of: model, row: row, isFirst: index == model.list.rows.count)
                continue
            }
            let transaction = model.list.rows[index]
            drawCells(
                columns.map { ($0, SafeText($0.text(transaction, model.now)), $0.role(for: transaction)) },
                row: row
            )
            if let word = model.searchWord, matches(word, in: searchText(transaction)) {
                overlay(row: row, columns: 0..<size.columns, role: .matchHit)
            }
            if model.marks.contains(transaction.nativeID) { put("m", column: 1, row: row, role: .mark) }
            if index == model.list.selection {
                put("▶", column: 1, row: row, role: .cursor)
                if model.marks.contains(transaction.nativeID) { put("m", column: 0, row: row, role: .mark) }
                overlay(row: row, columns: 0..<size.columns, role: model.focus == .list ? .cursor : .selection)
            }
        }
    }

    private mutating func drawCells(_ cells: [(column: ListColumn, text: SafeText, role: Role)], row: Int) {
        var column = 3
        for cell in cells where column < size.columns {
            let width = cell.column.width == 0 ? size.columns - column : min(cell.column.width, size.columns - column)
            let text = cell.text.truncated(to: width)
            put(text, column: column + (cell.column.alignsRight ? width - text.width : 0), row: row, role: cell.role)
            column += width + 1
        }
    }

    /// What stands below the last transaction.
    private mutating func drawEnd(of model: Model, row: Int, isFirst: Bool) {
        guard isFirst else {
            put("~", column: 1, row: row, role: .muted)
            return
        }
        switch (model.list.failure, model.list.olderEdge, model.list.pending) {
        case (let failure?, _, _): put("✘ " + SafeText(failure.message), column: 1, row: row, role: .error)
        case (nil, .open, nil): put("… more below", column: 1, row: row, role: .muted)
        case (nil, .open, _?):
            let reached = model.list.searchedTo.map { ", looked back to \($0.calendar.text)  (^C stops)" } ?? ""
            put(SafeText("… loading\(reached)"), column: 1, row: row, role: .muted)
        case (nil, .end, _): put("~ the oldest transaction is above", column: 1, row: row, role: .muted)
        }
    }

    /// Loading, empty and failed, each in its own words.
    private mutating func drawListState(of model: Model, _ layout: Layout) {
        let row = layout.listRows.lowerBound
        if case .lost(let reason) = model.connection {
            put("✘ " + SafeText(reason), column: 3, row: row, role: .error)
            put(SafeText(model.reconnectionText), column: 3, row: row + 1, role: .muted)
        } else if let failure = model.list.failure, failure.isCancellation, let time = model.list.searchedTo {
            let words = "stopped, having looked back to \(time.calendar.text)  (\(model.key(.moveDown)) goes on)"
            put(SafeText(words), column: 3, row: row, role: .warning)
        } else if let failure = model.list.failure {
            put("✘ " + SafeText(failure.message), column: 3, row: row, role: failure.isCancellation ? .warning : .error)
            put(SafeText(model.key(.refresh)) + " reads again", column: 3, row: row + 1, role: .muted)
        } else if !model.list.isLoaded {
            put("loading…", column: 3, row: row, role: .muted)
        } else if model.list.pending != nil, let time = model.list.searchedTo {
            let words = "searching… looked back to \(time.calendar.text)  (^C stops)"
            put(SafeText(words), column: 3, row: row, role: .muted)
        } else if model.filter.isEmpty {
            put("no changes have been recorded yet", column: 3, row: row, role: .muted)
        } else {
            let words = "no transaction matches the filter  (\(model.key(.clearFilter)) drops its last term)"
            put(SafeText(words), column: 3, row: row, role: .muted)
        }
    }
}

extension Model {
    /// The word whose matches are marked.
    var searchWord: String? {
        if case .search(let prompt) = overlay { return prompt.text }
        return nil
    }
}
