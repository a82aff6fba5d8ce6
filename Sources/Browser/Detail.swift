import AuditTrail

/// The changes of one transaction, and which of them is looked at.
public struct Detail: Equatable, Sendable {
    /// So many changes are fetched at a time.
    public static let pageSize = 50

    /// The transaction; nil when none is selected.
    public var transaction: Transaction?
    /// Which of its changes are wanted.
    public var scope: ActivityScope?
    /// The changes fetched so far.
    public var activities: Remote<[Activity]> = .notAsked { didSet { makeDiff() } }
    /// Whether there are more than those.
    public var hasMore = false
    /// The question for more, or for the whole of a large one.
    public var pending: RequestID?
    /// The change that is looked at, from 0.
    public var index = 0 { didSet { makeDiff() } }
    /// The line of the cursor within its difference.
    public var line = 0
    /// The first line on screen.
    public var top = 0
    /// How many unchanged columns are shown around each change.
    public var context = 1 { didSet { makeDiff() } }

    /// The change that is looked at.
    public var activity: Activity? {
        activities.value.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }

    /// Its difference; nil without a change.
    ///
    /// Kept, because every key in it asks for it several times and a row may be large.
    public private(set) var diff: Diff?

    private mutating func makeDiff() {
        diff = activity.map { Diff(of: $0, context: context) }
    }

    /// Goes to a change and to the top of its difference.
    mutating func show(_ index: Int) {
        self.index = index
        (line, top) = (0, 0)
    }

    /// Moves the cursor within the difference, and the window with it.
    mutating func select(line: Int, lineCount: Int, visibleRows: Int) {
        self.line = min(max(0, line), max(0, lineCount - 1))
        scroll(lineCount: lineCount, visibleRows: visibleRows)
    }

    /// Moves the window so that the cursor is in it.
    mutating func scroll(lineCount: Int, visibleRows: Int) {
        let height = max(1, visibleRows)
        line = min(line, max(0, lineCount - 1))
        if line < top { top = line }
        if line >= top + height { top = line - height + 1 }
        top = max(0, min(top, lineCount - height))
    }
}
