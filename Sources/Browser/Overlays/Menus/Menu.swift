import Screen

/// Where the entries of a menu are: above the row of the status, beside each other where there are more than rows.
struct MenuLayout {
    private let size: Size
    private let count: Int
    /// How many entries stand beside each other.
    let across: Int
    /// How many rows the menu takes.
    let height: Int

    init(count: Int, on size: Size) {
        self.size = size
        self.count = count
        let room = max(1, size.bodyEnd - (size.isTiny ? 0 : 2))
        across = max(1, (count + room - 1) / room)
        height = (count + across - 1) / across
    }

    /// The rows of the screen.
    var rows: Range<Int> { max(0, size.bodyEnd - height)..<size.bodyEnd }

    private var width: Int { size.columns / across }

    /// The row and the columns of an entry.
    func place(of index: Int) -> (row: Int, columns: Range<Int>) {
        let left = index / height * width
        return (rows.lowerBound + index % height, left..<left + width)
    }

    /// The entry at a place on the screen; nil where there is none.
    func index(column: Int, row: Int) -> Int? {
        guard rows.contains(row), column / width < across else { return nil }
        let index = column / width * height + row - rows.lowerBound
        return index < count ? index : nil
    }
}

extension Frame {
    /// A menu: of each entry a key, what it does, and to what where there is room.
    mutating func drawMenu(_ items: [(key: Character, purpose: String, detail: String)]) {
        guard !items.isEmpty else { return }
        let layout = MenuLayout(count: items.count, on: size)
        for row in layout.rows { fill(row: row, columns: 0..<size.columns, role: .popup) }
        let isAlone = layout.across == 1
        for (index, item) in items.enumerated() {
            let (row, columns) = layout.place(of: index)
            let left = columns.lowerBound + (isAlone ? 2 : 0)
            put(SafeText(String(item.key)), column: left, row: row, role: .key)
            let words = left + (isAlone ? 3 : 2)
            let width = columns.upperBound - words - (isAlone ? 0 : 1)
            let column = put(SafeText(item.purpose), column: words, row: row, width: max(0, width), role: .popup) + 2
            guard isAlone, column < columns.upperBound else { continue }
            put(
                SafeText(item.detail).truncated(to: columns.upperBound - column),
                column: column,
                row: row,
                role: .muted
            )
        }
    }
}
