import AuditTrail
import Screen

extension Frame {
    /// A box in the middle of the screen; returns its inside.
    mutating func drawBox(
        _ title: SafeText,
        width: Int,
        height: Int
    ) -> (columns: Range<Int>, rows: Range<Int>) {
        let width = min(width, size.columns)
        let height = min(height, size.rows)
        let left = (size.columns - width) / 2
        let top = (size.rows - height) / 2
        for row in top..<top + height { fill(row: row, columns: left..<left + width, role: .popup) }
        let rule = SafeText(String(repeating: "─", count: max(0, width - 2)))
        put("┌" + rule + "┐", column: left, row: top, role: .border)
        put("└" + rule + "┘", column: left, row: top + height - 1, role: .border)
        for row in top + 1..<top + height - 1 {
            put("│", column: left, row: row, role: .border)
            put("│", column: left + width - 1, row: row, role: .border)
        }
        put((" " + title + " ").truncated(to: max(0, width - 4)), column: left + 2, row: top, role: .title)
        return (left + 2..<left + width - 2, top + 1..<top + height - 1)
    }

    /// The table or actor picker.
    mutating func drawPicker(_ picker: Picker, of model: Model) {
        let title: SafeText = picker.subject == .tables ? "tables" : "actors"
        let (columns, rows) = drawBox(title, width: 60, height: size.isTiny ? size.rows : min(22, size.rows - 2))
        let column = put("> " + SafeText(picker.text), column: columns.lowerBound, row: rows.lowerBound, role: .prompt)
        cursor = Cursor(column: min(column, columns.upperBound), row: rows.lowerBound)
        var body = rows.dropFirst()
        if body.count > 4 {
            let hint: SafeText = "Space mark  Enter apply  Esc cancel"
            put(hint.truncated(to: columns.count), column: columns.lowerBound, row: rows.upperBound - 1, role: .muted)
            body = body.dropLast()
        }
        switch picker.items {
        case .notAsked, .loading: put("loading…", column: columns.lowerBound, row: body.lowerBound, role: .muted)
        case .failed(let failure):
            put(
                ("✘ " + SafeText(failure.message)).truncated(to: columns.count),
                column: columns.lowerBound,
                row: body.lowerBound,
                role: .error
            )
        case .loaded: drawItems(of: picker, columns, body)
        }
    }

    private mutating func drawItems(of picker: Picker, _ columns: Range<Int>, _ rows: Range<Int>) {
        let items = picker.matches
        if items.isEmpty {
            put(
                picker.search == nil ? "nothing matches" : "searching…",
                column: columns.lowerBound,
                row: rows.lowerBound,
                role: .muted
            )
        }
        let top = picker.top(height: rows.count)
        for (row, index) in zip(rows, top..<max(top, items.count)) {
            let item = items[index]
            let count = SafeText(item.count).truncated(to: max(6, columns.count - 12))
            let mark: SafeText = picker.marked.contains(item.choice) ? "✔ " : "  "
            put(
                mark + SafeText(item.name),
                column: columns.lowerBound,
                row: row,
                width: max(0, columns.count - count.width - 1),
                role: .popup
            )
            put(count, column: max(columns.lowerBound, columns.upperBound - count.width), row: row, role: .muted)
            if index == picker.selection { overlay(row: row, columns: columns, role: .cursor) }
        }
    }
}
