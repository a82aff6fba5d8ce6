import Screen

/// Where the parts of the picker lie on a screen of some size.
struct TableChoiceLayout: Equatable {
    /// The row of the line under the title, followed by that of what the list is about; nil where there is no room.
    var ruleRow: Int?
    /// The row of the headings; nil where there is no room.
    var headingRow: Int?
    /// The rows of the list.
    var body: Range<Int>
    /// The rows of what events will hold; empty in the list of tables, and where there is no room.
    var preview: Range<Int>
    /// The row of the excluded columns; nil in the list of columns, and where there is no room.
    var excludedRow: Int?
    /// The row of what is to be said; that of the keys where there is only room for one of the two.
    var noticeRow: Int

    init(of picker: TableChoice) {
        let rows = picker.size.rows
        let isTall = rows >= Self.tall
        guard rows >= Self.low else {
            body = 1..<max(1, rows - 1)
            (preview, noticeRow) = (body.upperBound..<body.upperBound, max(0, rows - 1))
            return
        }
        noticeRow = rows - (isTall ? 3 : 2)
        (ruleRow, headingRow) = isTall ? (1, 3) : (nil, 1)
        let top = isTall ? 4 : 2
        switch picker.place {
        case .tables:
            excludedRow = noticeRow - 1
            body = top..<noticeRow - 1
            preview = body.upperBound..<body.upperBound
        case .columns:
            let start = noticeRow - picker.preview.count
            preview = start..<noticeRow
            body = top..<start - (isTall ? 1 : 0)
        }
    }

    /// So many rows leave room for what is pleasant.
    static let tall = 20
    /// Fewer rows hold a list and nothing else.
    static let low = 10

    /// The first of so many rows of the list that is shown, so that the cursor is among them.
    func top(cursor: Int, count: Int) -> Int {
        max(0, min(cursor - body.count / 2, count - body.count))
    }
}
