import AuditTrail
import Screen

extension Frame {
    /// Draws a difference into a part of the frame.
    ///
    /// A convenience for a difference that is laid out for this one frame; who draws it again and again keeps the sheet.
    public mutating func draw(
        _ diff: Diff,
        layout: DiffLayout,
        wraps: Bool,
        rows: Range<Int>,
        columns: Range<Int>,
        top: Int,
        cursor: Int?
    ) {
        let sheet = DiffSheet(diff, layout: layout, wraps: wraps, columns: columns.count)
        draw(sheet, rows: rows, column: columns.lowerBound, top: top, cursor: cursor)
    }

    /// Draws a difference that has been laid out into a part of the frame, from its row `top` on.
    ///
    /// Rows that hold the word are marked as found; the row `cursor` of the sheet, if any, as the one of the cursor.
    public mutating func draw(
        _ sheet: DiffSheet,
        rows: Range<Int>,
        column: Int,
        top: Int,
        cursor: Int?,
        searchWord: String? = nil
    ) {
        let columns = column..<column + sheet.columns
        var wrapped: [Int: [StyledText]] = [:]
        for row in rows {
            let index = top + row - rows.lowerBound
            guard sheet.rows.indices.contains(index) else { continue }
            draw(sheet, sheet.rows[index], row: row, column: column, &wrapped)
            if let searchWord, SearchPrompt.matches(searchWord, in: sheet.searchText(at: index)) {
                overlay(row: row, columns: columns, role: .matchHit)
            }
            if index == cursor { overlay(row: row, columns: columns, role: .cursor) }
        }
    }

    /// Draws one row; `wrapped` keeps lines that go over several rows from being cut up for each of them.
    private mutating func draw(
        _ sheet: DiffSheet,
        _ content: DiffSheet.Row,
        row: Int,
        column: Int,
        _ wrapped: inout [Int: [StyledText]]
    ) {
        if let outline = sheet.outline, let index = content.left {
            draw(
                outline.lines[index],
                index,
                of: sheet,
                part: content.part,
                row: row,
                column: column,
                &wrapped
            )
            return
        }
        guard sheet.layout == .sideBySide, !sheet.isAcross(content) else {
            if let index = content.left {
                draw(sheet, index, part: content.part, isShort: false, row: row, column: column, &wrapped)
            }
            return
        }
        let middle = column + (sheet.columns - 1) / 2
        put("│", column: middle, row: row, role: .border)
        for (index, start) in [(content.left, column), (content.right, middle + 1)] {
            if let index {
                draw(sheet, index, part: content.part, isShort: true, row: row, column: start, &wrapped)
            } else if content.part == 0 {
                put("∅", column: start + 3 + sheet.pathWidth + 1, row: row, role: .muted)
            }
        }
    }

    /// A line of the difference: its marker, its path, and its value.
    private mutating func draw(
        _ sheet: DiffSheet,
        _ index: Int,
        part: Int,
        isShort: Bool,
        row: Int,
        column: Int,
        _ wrapped: inout [Int: [StyledText]]
    ) {
        let line = sheet.diff.lines[index]
        let width = sheet.valueWidth(of: line)
        let value = column + sheet.valueColumn(of: line)
        if sheet.wraps {
            let parts = wrapped[index] ?? sheet.wholeText(of: line).wrapped(to: width)
            wrapped[index] = parts
            if parts.indices.contains(part) { put(parts[part], column: value, row: row) }
        } else {
            put(sheet.elidedText(of: line, to: width), column: value, row: row)
        }
        guard part == 0 else { return }
        put(SafeText(line.marker), column: column + 1, row: row, role: line.role)
        let path = SafeText(LongText.shown(line.path)).ending(of: sheet.pathWidth)
        put(path, column: column + 3, row: row, role: line.kind == .context ? .diffKey : line.role)
    }

    /// A line of the document, marked where its value came with the change.
    private mutating func draw(
        _ line: JSONOutline.Line,
        _ index: Int,
        of sheet: DiffSheet,
        part: Int,
        row: Int,
        column: Int,
        _ wrapped: inout [Int: [StyledText]]
    ) {
        let isMarked = sheet.isMarked(index)
        let width = sheet.documentWidth(index)
        let text = sheet.text(of: line, isMarked: isMarked)
        let start = column + sheet.documentColumn(index)
        if sheet.wraps {
            let parts = wrapped[index] ?? text.wrapped(to: width)
            wrapped[index] = parts
            if parts.indices.contains(part) { put(parts[part], column: start, row: row) }
        } else {
            put(text.truncated(to: width), column: start, row: row)
        }
        guard part == 0 else { return }
        if isMarked { put("+", column: column + 1, row: row, role: .diffAdd) }
        if line.kind == .folded { put("▸", column: column + (isMarked ? 2 : 1), row: row, role: .jsonFold) }
    }
}

extension DiffSheet {
    /// Whether the row holds words that go across both sides.
    func isAcross(_ row: Row) -> Bool {
        guard let index = row.left, row.right == nil else { return false }
        return diff.lines[index].location.isEmpty
    }
}

extension SafeText {
    /// The text when it fits into that many columns, else `…` and its end, which is what tells paths apart.
    fileprivate func ending(of columns: Int) -> SafeText {
        let excess = width - columns
        return excess > 0 ? "…" + dropping(columns: excess + 1) : self
    }
}
