/// The list as it stands on the screen: its rows are newest first whatever is shown, its lines go down from the top.
extension TransactionList {
    /// What a line of the screen holds.
    enum Line: Equatable {
        /// A transaction, by its row.
        case row(Int)
        /// What is said about the old end.
        case oldEnd
        /// Nothing.
        case beyond
    }

    /// The line of the cursor among all that are loaded, from 0 at the top.
    var line: Int { mirrored(selection) }

    /// The row that stands in a line of all that are loaded; beyond the rows where the line is beyond the list.
    func row(ofLine line: Int) -> Int { mirrored(line) }

    /// Counts from the other end where the oldest is first, which makes lines of rows as well as rows of lines.
    private func mirrored(_ index: Int) -> Int { isOldestFirst ? rows.count - 1 - index : index }

    /// What stands in a line of the window, from 0 at its top, when it has so many lines.
    ///
    /// The window holds the same rows in either order. A list that is too short for it begins at the top.
    func content(ofLine line: Int, height: Int) -> Line {
        let row = isOldestFirst ? min(top + height, rows.count + 1) - 1 - line : top + line
        if row == rows.count { return .oldEnd }
        return rows.indices.contains(row) ? .row(row) : .beyond
    }
}

/// Turning the list round.
extension Model {
    /// Shows the oldest transaction first, or the newest again; the cursor stays on its transaction.
    mutating func flipOrder() -> [Effect] {
        list.isOldestFirst.toggle()
        let words = list.isOldestFirst ? "oldest first: what is new comes at the bottom" : "newest first"
        notice = Notice(.info, words)
        return []
    }
}
