import Screen

extension Frame {
    /// A menu above the row of the status: in each row a key, what it does, and to what.
    mutating func drawMenu(_ lines: [(key: Character, purpose: String, detail: String)]) {
        for (row, line) in zip(size.menuRows(count: lines.count), lines) {
            fill(row: row, columns: 0..<size.columns, role: .popup)
            put(SafeText(String(line.key)), column: 2, row: row, role: .key)
            let column = put(SafeText(line.purpose), column: 5, row: row, role: .popup) + 2
            guard column < size.columns else { continue }
            put(SafeText(line.detail).truncated(to: size.columns - column), column: column, row: row, role: .muted)
        }
    }
}
