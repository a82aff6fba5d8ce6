extension Size {
    /// The smallest screen that is drawn at all.
    public static let smallest = Size(columns: 24, rows: 6)

    /// Whether more than a word of regret is drawn.
    public var isDrawable: Bool { columns >= Size.smallest.columns && rows >= Size.smallest.rows }
}

extension Frame {
    /// A word of regret in the middle of an empty screen.
    public mutating func putTooSmall() {
        let words: SafeText = "too small (need 24×6)"
        put(words, column: max(0, (size.columns - words.width) / 2), row: size.rows / 2, role: .warning)
    }
}
