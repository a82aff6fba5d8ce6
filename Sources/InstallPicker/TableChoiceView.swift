import AuditTrail
import Screen

/// The screen for a picker.
public func view(_ picker: TableChoice) -> Frame {
    var frame = Frame(size: picker.size)
    guard picker.size.isDrawable else {
        frame.putTooSmall()
        return frame
    }
    let layout = TableChoiceLayout(of: picker)
    frame.drawHeader(of: picker, layout)
    switch picker.place {
    case .tables: frame.drawTables(of: picker, layout)
    case .columns: frame.drawColumns(of: picker, layout)
    }
    for (row, line) in zip(layout.preview, picker.preview) { frame.put(line, column: 0, row: row) }
    if let row = layout.excludedRow { frame.drawExcludedColumns(of: picker, row: row) }
    frame.drawFooter(of: picker, layout)
    return frame
}

extension Frame {
    /// The title, and what the list is about where there is room for a row of its own.
    fileprivate mutating func drawHeader(of picker: TableChoice, _ layout: TableChoiceLayout) {
        fill(row: 0, columns: 0..<size.columns, role: .header)
        let isNarrow = size.columns < 60
        var title: SafeText = isNarrow ? " init \(picker.database)" : " audit-tui init  \(picker.database)"
        let subject = picker.subject
        if let row = layout.ruleRow {
            put(SafeText(repeating: "─", count: size.columns), column: 0, row: row, role: .border)
            put(subject, column: 0, row: row + 1, role: .text)
        } else if case .columns = picker.place {
            title = isNarrow ? " \(picker.item?.table.short ?? "")" : title + " " + subject
        }
        // The row of the keys has no room for the count.
        let count = isNarrow ? picker.countText : ""
        let end = size.columns - count.width
        put(title, column: 0, row: 0, width: max(0, end - 1), role: .title)
        put(count, column: end, row: 0, role: .header)
    }

    fileprivate mutating func drawExcludedColumns(of picker: TableChoice, row: Int) {
        let columns = picker.excludedColumns.map { "\($0.table.short).\(sqlIdentifier($0.column))" }
        let text = columns.isEmpty ? "none" : columns.joined(separator: ", ")
        put(SafeText(" Excluded columns  \(text)"), column: 0, row: row, role: .text)
    }

    fileprivate mutating func drawFooter(of picker: TableChoice, _ layout: TableChoiceLayout) {
        let isShared = layout.noticeRow == size.rows - 1
        if let prompt = picker.prompt {
            drawPrompt(prompt, row: layout.noticeRow)
        } else if !picker.notice.isEmpty {
            put(SafeText(" " + picker.notice), column: 0, row: layout.noticeRow, role: .warning)
        } else if isShared {
            drawHints(of: picker)
        } else {
            put(picker.explanation, column: 0, row: layout.noticeRow, role: .muted)
        }
        if !isShared { drawHints(of: picker) }
    }

    fileprivate mutating func drawPrompt(_ prompt: SearchPrompt, row: Int) {
        let column = put("/" + SafeText(prompt.text), column: 0, row: row, role: .prompt)
        if prompt.isMissing { put("  not found", column: column, row: row, role: .warning) }
        cursor = Cursor(column: min(column, size.columns - 1), row: row)
    }

    /// The keys, as many as fit beside the count.
    fileprivate mutating func drawHints(of picker: TableChoice) {
        let row = size.rows - 1
        let count = size.columns < 60 ? "" : picker.countText
        put(count, column: size.columns - count.width, row: row, role: .muted)
        let end = size.columns - (count.isEmpty ? 0 : count.width + 1)
        var column = 1
        for (key, words) in picker.hints {
            guard column + key.width + 1 + words.width <= end else { break }
            column = put(key, column: column, row: row, role: .key)
            column = put(" " + words, column: column, row: row, role: .muted) + 2
        }
    }
}

extension TableChoice {
    fileprivate var subject: SafeText {
        switch place {
        case .tables:
            let schema = sqlIdentifier(auditSchema)
            return " Audit tables      \(schema).transaction, \(schema).activity"
        case .columns: return " Columns of \(item?.table.description ?? "")"
        }
    }

    fileprivate var explanation: SafeText {
        switch place {
        case .tables where size.columns < 80: " SHARE ROW EXCLUSIVE on each table; the plan is shown first"
        case .tables: " One transaction, SHARE ROW EXCLUSIVE on each table; the plan is shown first"
        case .columns where item?.isAudited == true: " This table is recorded already, as it is shown here"
        case .columns where item?.excludedColumns.isEmpty == false:
            " An update of excluded columns alone leaves no event"
        case .columns: " All columns are recorded; exclude what belongs in no log"
        }
    }

    fileprivate var countText: SafeText {
        switch place {
        case .tables: "\(tables.count)/\(items.count) tables "
        case .columns: "\(item?.recordedColumns.count ?? 0)/\(item?.columns.count ?? 0) columns "
        }
    }

    /// What Space does with the column under the cursor; nil for nothing.
    private var spaceWords: SafeText? {
        guard let item, !item.isAudited, item.columns.indices.contains(cursor) else { return nil }
        let column = item.columns[cursor]
        if item.isKey(column) { return nil }
        return column.isExcluded ? "include" : "exclude"
    }

    /// What the keys do, in the order of how it matters.
    fileprivate var hints: [(key: SafeText, words: SafeText)] {
        let find: Hint = ("/", "find")
        switch place {
        case .tables:
            return [("Space", "pick"), ("Enter", "plan"), ("c", "columns"), ("q", "cancel"), ("A", "all"), find]
        case .columns:
            let others: [Hint] = [("q", "tables"), find, ("n", "next")]
            guard let spaceWords else { return others }
            return [("Space", spaceWords)] + others
        }
    }

    private typealias Hint = (key: SafeText, words: SafeText)
}
