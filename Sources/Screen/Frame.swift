/// A whole screen as a value: `rows × columns` cells.
///
/// Whatever lies outside is clipped, so that a view need not ask how much room is left before it draws.
public struct Frame: Equatable, Sendable {
    /// The extent of the frame.
    public let size: Size
    /// Where the terminal shows its cursor; nil hides it.
    public var cursor: Cursor?
    private var cells: [Cell]

    /// Makes a frame of blank cells of the role `ui.text`.
    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank(.text), count: size.columns * size.rows)
    }

    /// The cell at a place within the frame.
    public subscript(column column: Int, row row: Int) -> Cell {
        precondition(contains(column: column, row: row), "cell outside of the frame")
        return cells[row * size.columns + column]
    }

    /// Writes text into a row and returns the column after it.
    ///
    /// Text that is longer than `width` columns, or than the room up to the edge, ends with `…`; then all of
    /// the width counts as written. Columns left of the frame are cut off without a sign.
    @discardableResult
    public mutating func put(_ text: SafeText, column: Int, row: Int, width: Int? = nil, role: Role) -> Int {
        let room = max(size.columns - column, 0)
        let end = column + min(width.map { max($0, 0) } ?? room, room)
        let start = max(column, 0)
        guard 0..<size.rows ~= row, start < end else { return max(column, end) }
        var next = start
        let fitting = text.truncated(to: end - column)
        for glyph in fitting.dropping(columns: start - column).glyphs {
            place(glyph, column: next, row: row, role: role)
            next += glyph.width
        }
        guard fitting != text else { return column + fitting.width }
        fill(row: row, columns: next..<end, role: role)
        return end
    }

    /// Makes the cells of a part of a row blank.
    public mutating func fill(row: Int, columns: Range<Int>, role: Role) {
        for column in inside(columns, row: row) {
            place(Glyph(text: " ", width: 1), column: column, row: row, role: role)
        }
    }

    /// Lays a role over what a part of a row shows; a wide character is covered as a whole or not at all.
    public mutating func overlay(row: Int, columns: Range<Int>, role: Role) {
        for column in inside(columns, row: row) {
            let index = row * size.columns + column
            cells[index].overlay = role
            if cells[index].isRightHalf { cells[index - 1].overlay = role }
            if hasRightHalf(index) { cells[index + 1].overlay = role }
        }
    }
}

extension Frame {
    private func contains(column: Int, row: Int) -> Bool {
        0..<size.columns ~= column && 0..<size.rows ~= row
    }

    private func inside(_ columns: Range<Int>, row: Int) -> Range<Int> {
        0..<size.rows ~= row ? columns.clamped(to: 0..<size.columns) : 0..<0
    }

    private func hasRightHalf(_ index: Int) -> Bool {
        (index + 1) % size.columns != 0 && cells[index + 1].isRightHalf
    }

    private mutating func place(_ glyph: Glyph, column: Int, row: Int, role: Role) {
        let index = row * size.columns + column
        for covered in index..<index + glyph.width { release(covered) }
        cells[index] = Cell(text: glyph.text, role: role, overlay: nil)
        if glyph.width == 2 { cells[index + 1] = Cell(text: "", role: role, overlay: nil) }
    }

    /// Blanks the other half of a wide character before this half of it is overwritten.
    private mutating func release(_ index: Int) {
        if cells[index].isRightHalf { cells[index - 1].text = " " }
        if hasRightHalf(index) { cells[index + 1].text = " " }
    }
}
