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
    public private(set) var index = 0
    /// The row of the cursor within its difference.
    public var line = 0
    /// The first row on screen.
    public var top = 0
    /// How the difference is shown.
    public private(set) var settings = DiffSettings()
    /// The paths whose parts are not shown.
    public private(set) var folded: Set<JSONPath> = []
    /// The table as it is now; nil when nobody knows.
    private var shape: TableShape?
    /// For how many columns the difference is laid out.
    public private(set) var columns = 80

    /// The change that is looked at.
    public var activity: Activity? {
        activities.value.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }

    /// Its difference; nil without a change.
    ///
    /// Kept, because every key in it asks for it several times and a row may be large.
    public private(set) var diff: Diff? { didSet { makeSheet() } }

    /// The difference as it is laid out for the screen.
    private var kept: DiffSheet?

    /// No changes, to be shown in some way.
    init(settings: DiffSettings = DiffSettings()) { self.settings = settings }

    private mutating func makeDiff() {
        var options = DiffOptions(context: settings.context)
        options.hidesNoise = settings.hidesNoise
        options.noiseColumns = settings.noiseColumns
        options.folded = folded
        options.liveColumns = shape.map { Set($0.columns.map(\.name)) }
        options.shape = shape
        diff = activity.map { Diff(of: $0, options: options) }
    }

    private mutating func makeSheet() { kept = laidOut(for: columns) }

    private func laidOut(for columns: Int) -> DiffSheet? {
        diff.map {
            DiffSheet($0, layout: settings.layout, wraps: settings.wraps, columns: columns, folded: folded)
        }
    }

    /// The difference laid out for a screen of so many columns.
    func sheet(columns: Int) -> DiffSheet? { columns == self.columns ? kept : laidOut(for: columns) }

    /// Lays the difference out for so many columns, unless it is.
    mutating func fit(columns: Int) {
        guard columns != self.columns else { return }
        keepingPlace {
            $0.columns = columns
            $0.makeSheet()
        }
    }

    /// Changes how the difference is shown; the cursor stays at its value.
    mutating func change(_ change: (inout DiffSettings) -> Void) {
        keepingPlace {
            change(&$0.settings)
            $0.makeDiff()
        }
    }

    /// Marks columns that the table has no more, and values that nobody can read for certain.
    mutating func setShape(_ shape: TableShape?) {
        guard shape != self.shape else { return }
        keepingPlace {
            $0.shape = shape
            $0.makeDiff()
        }
    }

    /// Hides the parts of a value, or shows them again; the cursor goes to the value.
    mutating func setFolded(_ isFolded: Bool, _ path: JSONPath) {
        if isFolded { folded.insert(path) } else { folded.remove(path) }
        makeDiff()
        line = kept?.row(of: path) ?? line
    }

    private mutating func keepingPlace(_ change: (inout Detail) -> Void) {
        let place = kept?.location(at: line) ?? []
        change(&self)
        if !place.isEmpty, let row = kept?.row(of: place), kept?.location(at: line) != place { line = row }
    }

    /// Goes to a change and to the top of its difference.
    mutating func show(_ index: Int) {
        self.index = index
        folded = []
        (line, top) = (0, 0)
        makeDiff()
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

/// What the cursor is on.
extension Detail {
    /// How many rows the difference has.
    var rowCount: Int { kept?.rowCount ?? 0 }

    /// The line of the difference under the cursor.
    var lineUnderCursor: Diff.Line? { kept?.line(at: line) }

    /// The difference as it was laid out last.
    var sheet: DiffSheet? { kept }
}
