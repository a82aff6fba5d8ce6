/// Text in several roles, one run after the other.
public struct StyledText: Equatable, Sendable {
    /// A part in one role.
    public struct Run: Equatable, Sendable {
        /// The text.
        public var text: SafeText
        /// What it is drawn as.
        public var role: Role
    }

    /// The parts, in their order; none is empty.
    public private(set) var runs: [Run] = []

    /// No text.
    public init() {}

    /// A text in one role.
    public init(_ text: SafeText, _ role: Role) { append(text, role) }

    /// How many columns the text takes.
    public var width: Int { runs.reduce(0) { $0 + $1.text.width } }

    /// Adds a text in a role behind the rest.
    public mutating func append(_ text: SafeText, _ role: Role) {
        if !text.isEmpty { runs.append(Run(text: text, role: role)) }
    }

    /// Adds another behind the rest.
    public mutating func append(_ other: StyledText) { runs += other.runs }

    /// The text when it fits into that many columns, else its beginning and `…`.
    public func truncated(to columns: Int) -> StyledText {
        guard width > columns else { return self }
        var result = StyledText()
        var room = columns
        for run in runs where room > 0 {
            // What fits exactly is no end while something follows: the last column is for the ellipsis.
            let text = run.text.width < room ? run.text : (run.text + " ").truncated(to: room)
            result.append(text, run.role)
            room -= text.width
            if text != run.text { break }
        }
        return result
    }

    /// The text over several rows of so many columns.
    public func wrapped(to columns: Int) -> [StyledText] {
        var rows = [StyledText()]
        var used = 0
        for run in runs {
            for (index, piece) in run.text.pieces(ofColumns: columns, first: max(0, columns - used)).enumerated() {
                if index > 0 {
                    rows.append(StyledText())
                    used = 0
                }
                rows[rows.count - 1].append(piece, run.role)
                used += piece.width
            }
        }
        return rows
    }
}

extension Frame {
    /// Writes the text into a part of a row and returns the column after it.
    @discardableResult
    public mutating func put(_ text: StyledText, column: Int, row: Int) -> Int {
        text.runs.reduce(column) { put($1.text, column: $0, row: row, role: $1.role) }
    }
}
