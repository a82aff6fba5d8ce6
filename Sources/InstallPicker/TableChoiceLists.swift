import AuditTrail
import Screen

extension Frame {
    /// The tables; narrower screens lack the notes, then the key, then the rows.
    mutating func drawTables(of picker: TableChoice, _ layout: TableChoiceLayout) {
        let columns = tableColumns(of: picker)
        let isNarrow = size.columns < 60
        drawList(of: picker, layout, columns) { index in
            let item = picker.items[index]
            let mark: SafeText = item.isAudited ? "[=]" : item.isPicked ? "[x]" : "[ ]"
            let name = isNarrow ? item.table.short : item.table.description
            let key = item.keyColumns.isEmpty ? "—" : item.keyColumns.map(sqlIdentifier).joined(separator: ",")
            let remarks = item.remarks.joined(separator: "  ")
            return [(mark, .key), (SafeText(name), .tableName)]
                + [(SafeText(item.rows), .text), (SafeText(key), .text), (SafeText(remarks), .muted)]
        }
    }

    /// The columns of the table under the cursor; narrower screens lack the notes, then the type.
    mutating func drawColumns(of picker: TableChoice, _ layout: TableChoiceLayout) {
        guard let item = picker.item else { return }
        drawList(of: picker, layout, columnColumns(of: item)) { index in
            let column = item.columns[index]
            let isFixed = item.isAudited || item.isKey(column)
            let mark: SafeText = column.isExcluded ? "[ ]" : isFixed ? "[=]" : "[x]"
            let remarks = item.remarks(on: column).joined(separator: "  ")
            return [(mark, .key), (SafeText(sqlIdentifier(column.name)), .text)]
                + [(SafeText(column.type), .muted), (SafeText(remarks), column.isExcluded ? .warning : .muted)]
        }
    }

    private mutating func drawList(
        of picker: TableChoice,
        _ layout: TableChoiceLayout,
        _ columns: [PickerColumn],
        cells: (Int) -> [(text: SafeText, role: Role)]
    ) {
        let count = picker.rowNames.count
        if let row = layout.headingRow { drawCells(columns.map { ($0.title, .muted) }, columns, row: row) }
        if count == 0, let row = layout.body.first {
            put("there is nothing to choose from", column: 3, row: row, width: size.columns - 3, role: .muted)
        }
        let top = layout.top(cursor: picker.cursor, count: count)
        for (row, index) in zip(layout.body, top..<max(top, count)) {
            drawCells(cells(index), columns, row: row)
            if index == picker.cursor { overlay(row: row, columns: 0..<size.columns, role: .cursor) }
        }
    }

    private mutating func drawCells(
        _ cells: [(text: SafeText, role: Role)],
        _ columns: [PickerColumn],
        row: Int
    ) {
        for (cell, column) in zip(cells, columns) where column.width > 0 {
            let text = column.alignsRight ? cell.text.padded(to: column.width, alignment: .right) : cell.text
            put(text, column: column.start, row: row, width: column.width, role: cell.role)
        }
    }
}

/// A column of a list of the picker; of no width when there is no room for it.
private struct PickerColumn {
    var title: SafeText
    var start: Int
    var width: Int
    var alignsRight = false
}

extension Frame {
    private var left: Int { size.columns < 60 ? 1 : 3 }

    private func tableColumns(of picker: TableChoice) -> [PickerColumn] {
        let width = size.columns
        let rows = width >= 32 ? 6 : 0
        let key = width < 48 ? 0 : width < 100 ? 11 : 18
        let hasNotes = width >= 70
        let longest = picker.rowNames.map { SafeText($0).width }.max() ?? 0
        let room = width - left - 5 - (rows > 0 ? rows + 1 : 0) - (key > 0 ? key + 2 : 0)
        let name = hasNotes ? min(max(longest, 22), width < 100 ? 22 : 40) : room
        let rowsStart = left + 4 + name + 1
        let keyStart = rowsStart + rows + 2
        let notesStart = keyStart + key + 2
        return [
            PickerColumn(title: "[ ]", start: left, width: 3),
            PickerColumn(title: "TABLE", start: left + 4, width: name),
            PickerColumn(title: "ROWS", start: rowsStart, width: rows, alignsRight: true),
            PickerColumn(title: "KEY", start: keyStart, width: key),
            PickerColumn(title: "NOTES", start: notesStart, width: hasNotes ? width - notesStart : 0),
        ]
    }

    private func columnColumns(of item: TableChoice.Item) -> [PickerColumn] {
        let width = size.columns
        let notes = width >= 48 ? 18 : 0
        let hasType = width >= 32
        let room = width - left - 5 - notes
        func longest(_ texts: [String]) -> Int { texts.map { SafeText($0).width }.max() ?? 0 }
        let names = max(longest(item.columns.map { sqlIdentifier($0.name) }), 16)
        let name = hasType ? min(names, room / 2) : room
        let type = hasType ? min(max(longest(item.columns.map(\.type)), 8), room - name - 3) : 0
        let typeStart = left + 4 + name + 2
        let notesStart = typeStart + type + 2
        return [
            PickerColumn(title: "[x]", start: left, width: 3),
            PickerColumn(title: "COLUMN", start: left + 4, width: name),
            PickerColumn(title: "TYPE", start: typeStart, width: type),
            PickerColumn(title: "NOTES", start: notesStart, width: notes > 0 ? width - notesStart : 0),
        ]
    }
}
