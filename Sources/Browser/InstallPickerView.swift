import AuditTrail
import Screen

/// The screen for a picker.
public func view(_ picker: InstallPicker) -> Frame {
    var frame = Frame(size: picker.size)
    guard picker.size.columns >= Layout.minimum.columns, picker.size.rows >= 10 else {
        frame.put("too small", column: 0, row: 0, role: .warning)
        return frame
    }
    let width = picker.size.columns
    frame.fill(row: 0, columns: 0..<width, role: .header)
    frame.put(SafeText(" audit-tui init  \(picker.database)"), column: 0, row: 0, role: .title)
    frame.put(SafeText(String(repeating: "─", count: width)), column: 0, row: 1, role: .border)
    let schema = sqlIdentifier(picker.auditSchema)
    frame.put(SafeText(" Audit tables      \(schema).transaction, \(schema).activity"), column: 0, row: 2, role: .text)
    frame.put("   [ ] TABLE                     ROWS  KEY         NOTES", column: 0, row: 3, role: .muted)
    let first = max(0, min(picker.selection - picker.rowCount / 2, picker.items.count - picker.rowCount))
    for (row, index) in zip(4..<4 + picker.rowCount, first..<max(first, picker.items.count)) {
        frame.draw(picker.items[index], row: row)
        if index == picker.selection { frame.overlay(row: row, columns: 0..<width, role: .cursor) }
    }
    let excluded = picker.excludedColumns.map { "\($0.table.short).\(sqlIdentifier($0.column))" }.joined(
        separator: ", "
    )
    let picked = SafeText("\(picker.tables.count)/\(picker.items.count) tables ")
    frame.put(
        SafeText(" Excluded columns  \(excluded.isEmpty ? "none" : excluded)"),
        column: 0,
        row: picker.size.rows - 4,
        role: .text
    )
    frame.put(
        picker.notice.isEmpty
            ? " One transaction, SHARE ROW EXCLUSIVE on each table; the plan is shown first"
            : SafeText(" " + picker.notice),
        column: 0,
        row: picker.size.rows - 3,
        role: picker.notice.isEmpty ? .muted : .warning
    )
    frame.put(picked, column: max(0, width - picked.width), row: picker.size.rows - 1, role: .muted)
    frame.put(
        " Space pick  A all  c exclude secrets  Enter plan  q cancel",
        column: 0,
        row: picker.size.rows - 1,
        width: max(0, width - picked.width - 1),
        role: .key
    )
    return frame
}

extension Frame {
    fileprivate mutating func draw(_ item: InstallPicker.Item, row: Int) {
        put(item.isAudited ? "[=]" : item.isPicked ? "[x]" : "[ ]", column: 3, row: row, role: .key)
        put(SafeText(item.table.description), column: 7, row: row, width: 23, role: .tableName)
        let rows = SafeText(item.rows)
        put(rows, column: max(0, 36 - rows.width), row: row, role: .text)
        let key = item.keyColumns.isEmpty ? "—" : item.keyColumns.joined(separator: ",")
        put(SafeText(key), column: 38, row: row, width: 11, role: .text)
        let secrets = item.suspiciousColumns.map {
            $0 + (item.excludesSuspicious ? ": excluded (c)" : ": exclude? (c)")
        }
        put(SafeText((item.notes + secrets).joined(separator: "  ")), column: 50, row: row, role: .muted)
    }
}
