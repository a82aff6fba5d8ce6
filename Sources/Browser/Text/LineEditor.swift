import Screen

/// A line of text that is being typed, with a cursor; the keys are those of readline.
public struct LineEditor: Equatable, Sendable {
    /// What stands before the cursor.
    public private(set) var before: String
    /// What stands behind it.
    public private(set) var after = ""

    /// A line with the cursor at its end.
    public init(_ text: String = "") { before = text }

    /// The whole line.
    public var text: String { before + after }

    /// Takes a key that edits the line or moves in it; false when it does neither.
    public mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): before.append(character)
        case .backspace: _ = before.popLast()
        case .delete, .control("d"): after = String(after.dropFirst())
        case .left, .control("b"): if let character = before.popLast() { after = String(character) + after }
        case .right, .control("f"):
            if let character = after.first {
                after.removeFirst()
                before.append(character)
            }
        case .home, .control("a"): (before, after) = ("", text)
        case .end, .control("e"): (before, after) = (text, "")
        case .control("u"): before = ""
        case .control("k"): after = ""
        case .control("w"): eraseWord()
        default: return false
        }
        return true
    }

    /// Puts text at the cursor.
    public mutating func insert(_ text: String) { before += text }

    /// Puts other text in the place of the last characters before the cursor.
    public mutating func replace(last count: Int, with text: String) {
        before = before.dropLast(count) + text
    }

    private mutating func eraseWord() {
        while before.last?.isWhitespace == true { before.removeLast() }
        while let last = before.last, !last.isWhitespace { before.removeLast() }
    }
}
