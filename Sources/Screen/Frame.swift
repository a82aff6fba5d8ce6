/// One cell of a screen: what is in it and what that means.
public struct Cell: Hashable, Sendable {
    /// One character; empty in the right half of a wide one.
    public var text: String
    /// What it means.
    public var role: Role
    /// What lies over it, such as the cursor.
    public var overlay: Role?

    /// An empty cell.
    public static let blank = Cell(text: " ", role: .text)

    /// A cell with a character and its meaning.
    public init(text: String, role: Role, overlay: Role? = nil) {
        self.text = text
        self.role = role
        self.overlay = overlay
    }
}

/// A place on the screen, both counted from 0 at the top left.
public struct Cursor: Equatable, Sendable {
    /// From the left.
    public var column: Int
    /// From the top.
    public var row: Int

    /// A place.
    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A whole screen as cells: `rows × columns`, row by row.
public struct Frame: Equatable, Sendable {
    /// The size.
    public let size: Size
    /// Where the terminal's own cursor stands; nil hides it.
    public var cursor: Cursor?
    private var cells: [Cell]

    /// An empty screen.
    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: max(0, size.columns) * max(0, size.rows))
    }

    /// The cell at a place, which must be on the screen.
    public subscript(row row: Int, column column: Int) -> Cell {
        get { cells[row * size.columns + column] }
        set { cells[row * size.columns + column] = newValue }
    }

    /// Writes text from a column on, at most `width` columns and not beyond the edge; returns the column behind it.
    ///
    /// What does not fit is cut with `…`. A wide character that is half overwritten becomes a blank.
    @discardableResult
    public mutating func put(
        _ text: SafeText,
        column: Int,
        row: Int,
        width: Int? = nil,
        role: Role
    ) -> Int {
        guard (0..<size.rows).contains(row), (0..<size.columns).contains(column) else { return column }
        let room = min(width ?? .max, size.columns - column)
        var place = column
        for character in text.truncated(to: room).string {
            let width = Width.of(character)
            guard width > 0, place + width <= size.columns else { continue }
            clear(row: row, column: place)
            if width == 2 { clear(row: row, column: place + 1) }
            self[row: row, column: place] = Cell(text: String(character), role: role)
            if width == 2 { self[row: row, column: place + 1] = Cell(text: "", role: role) }
            place += width
        }
        return place
    }

    /// Blanks the other half of a wide character of which one half is about to be overwritten.
    private mutating func clear(row: Int, column: Int) {
        if self[row: row, column: column].text.isEmpty, column > 0 { self[row: row, column: column - 1].text = " " }
        if column + 1 < size.columns, self[row: row, column: column + 1].text.isEmpty {
            self[row: row, column: column + 1].text = " "
        }
    }

    /// Blanks the columns of a row and gives them a meaning.
    public mutating func fill(row: Int, columns: Range<Int>, role: Role) {
        guard (0..<size.rows).contains(row) else { return }
        for column in columns.clamped(to: 0..<size.columns) {
            clear(row: row, column: column)
            self[row: row, column: column] = Cell(text: " ", role: role)
        }
    }

    /// Lays a meaning over the columns of a row, keeping what is there.
    public mutating func overlay(row: Int, columns: Range<Int>, role: Role) {
        guard (0..<size.rows).contains(row) else { return }
        for column in columns.clamped(to: 0..<size.columns) { self[row: row, column: column].overlay = role }
    }

    /// The characters, row by row, without spaces at the ends of the rows.
    public var text: String {
        (0..<size.rows).map { row in
            var line = (0..<size.columns).map { self[row: row, column: $0].text }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// The meanings, one letter for a cell, and below them what each letter stands for.
    public var roles: String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var names: [String] = []
        let rows = (0..<size.rows).map { row in
            (0..<size.columns).map { column in
                let cell = self[row: row, column: column]
                guard cell != .blank else { return " " }
                let name = cell.role.name + (cell.overlay.map { " + \($0.name)" } ?? "")
                if !names.contains(name) { names.append(name) }
                let place = names.firstIndex(of: name) ?? 0
                return place < letters.count ? String(letters[place]) : "?"
            }.joined()
        }
        let legend = zip(letters, names).map { "\($0) \($1)" }
        return (rows + legend).joined(separator: "\n")
    }
}
