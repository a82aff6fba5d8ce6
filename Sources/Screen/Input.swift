/// What comes from the terminal of a person.
public enum Input: Equatable, Sendable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted, as it came: it may hold anything.
    case pasted(String)
    /// Something was done with the mouse.
    case mouse(Mouse)
}

/// Something done with the mouse.
public struct Mouse: Equatable, Sendable {
    /// What was done.
    public enum Act: Equatable, Sendable {
        /// The left button was pressed; so often at this place in quick succession, from 1.
        case click(count: Int)
        /// The wheel was turned towards the person, by one step.
        case wheelDown
        /// The wheel was turned away, by one step.
        case wheelUp
    }

    /// What was done.
    public var act: Act
    /// Where, in columns from the left edge, from 0.
    public var column: Int
    /// Where, in rows from the upper edge, from 0.
    public var row: Int

    /// An act at a place.
    public init(_ act: Act, column: Int, row: Int) {
        self.act = act
        self.column = column
        self.row = row
    }
}
