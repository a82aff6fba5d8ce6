/// The extent of a screen or of a part of it, in columns and rows.
public struct Size: Hashable, Sendable {
    /// The number of columns, 0 or more.
    public var columns: Int
    /// The number of rows, 0 or more.
    public var rows: Int

    /// Makes a size; negative extents count as 0.
    public init(columns: Int, rows: Int) {
        self.columns = max(columns, 0)
        self.rows = max(rows, 0)
    }
}
