/// One column of one row of a frame.
public struct Cell: Hashable, Sendable {
    /// One glyph; empty in the right half of a wide one.
    public internal(set) var text: String
    /// What the cell means.
    public internal(set) var role: Role
    /// A role whose style is laid over that of `role`, such as the selection; nil when there is none.
    public internal(set) var overlay: Role?

    /// A cell that shows nothing.
    static func blank(_ role: Role) -> Cell {
        Cell(text: " ", role: role, overlay: nil)
    }

    /// Whether this is the right half of the wide character in the cell before it.
    var isRightHalf: Bool { text.isEmpty }
}

/// A place in a frame.
public struct Cursor: Hashable, Sendable {
    /// The column, 0 at the left.
    public var column: Int
    /// The row, 0 at the top.
    public var row: Int

    /// Makes a position.
    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}
