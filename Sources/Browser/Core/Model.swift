import AuditTrail
import Screen

/// All that the browser knows; the screen is a function of it.
public struct Model: Equatable, Sendable {
    /// Which pane has the keys.
    public enum Focus: Equatable, Sendable {
        /// The list of transactions.
        case list
        /// The change and its difference.
        case detail
    }

    /// What lies over the panes and takes the keys first.
    public enum Overlay: Equatable, Sendable {
        /// A table or actor picker.
        case picker(Picker)
        /// The filter prompt.
        case filter(FilterPrompt)
        /// The menu of what the thing under the cursor leads to.
        case pivots([Pivot])
        /// The menu of what can be copied.
        case yanks([Yank])
        /// The menu of the formats in which what the filter selects can be exported.
        case exports(ExportTarget)
        /// The command line.
        case command(CommandPrompt)
        /// The statements behind the screen.
        case statements(StatementPager)
        /// The prompt for a place to go to.
        case goTo(GoToPrompt)
        /// The search prompt.
        case search(SearchPrompt)
        /// The keys of this view.
        case help(Help)
    }

    /// The size of the terminal.
    public var size: Size
    /// The present moment, as of the last tick.
    public var now: Timestamp
    /// The session.
    public var connection = Connection.connecting
    /// When a session that was lost is tried again.
    public var reconnection = Reconnection()
    /// To what the indexes of the trail lead, for what a filter costs.
    public var indexes: IndexedTerms
    /// Which activities are wanted.
    public var filter: Filter
    /// The view that stands in the place of the transactions.
    public var overview: Overview?
    /// The views that lie over the transactions, the last one on top.
    public var panes: [Pane] = []
    /// The tables of the changes that were looked at, as they are now; nil for one that the database has no more, or while
    /// it is asked for.
    var shapes: [TableName: TableShape?] = [:]
    /// The histogram above the list.
    public var timeStrip = TimeStrip()
    /// The histogram that is awaited.
    var histogramRequest: RequestID?
    /// The transaction that is being looked for.
    var lookup: Lookup?
    /// The transactions.
    public var list = TransactionList()
    /// The changes of the selected transaction.
    public var detail = Detail()
    /// The changes that were looked at before, which stay on screen for the moment in which others are on their way.
    public var heldDetail: Detail?
    /// Which pane has the keys.
    public var focus = Focus.list
    /// Whether the focused pane has the whole screen.
    public var isMaximized = false
    /// What lies over the panes.
    public var overlay: Overlay?
    /// The filters that were applied, as they are typed, the newest first.
    public var recentFilters: [String] = []
    /// The transactions that were marked, by native id.
    public var marks: Set<Int64> = []
    /// The filter from before only marked transactions were shown.
    var filterBeforeMarks: Filter?
    /// What is being written to a file.
    public var export: Export?
    /// How much the filter selects, where somebody asked for it.
    public var tally: Tally?
    /// The script that is awaited to be copied.
    var scriptToCopy: RequestID?
    /// The commands that were typed, the newest first.
    var recentCommands: [String] = []
    /// Whether the mouse is the browser's.
    public var isMouseOn = false
    /// Whether reverts may be run and taken back.
    public var isDryRunAllowed = false
    /// The filter that was switched off.
    public var filterOff: Filter?
    /// The last search, for `n` and `N`.
    public var lastSearch = ""
    /// Whether the last search went down the list.
    public var isLastSearchForward = true
    /// Following the newest end.
    public var follow: Follow?
    /// What the status row says until the next key; its role tells how bad it is.
    public var notice: Notice?
    /// Whether the next `^C` quits.
    public var isQuitArmed = false
    /// What the first row says before the database, in the colour of a banner; nil for a row like any other.
    public var banner: String?
    /// Which theme the screen has, and which it could have.
    public var themes = ThemeNames()
    /// The views that one came by.
    var viewHistory = ViewHistory()
    /// The number that is typed before a key.
    var count: Int?
    /// Which keys do what.
    public var keymap = Keymap.standard

    /// The zone in which times are shown; what is typed without a zone is UTC.
    public var timeZone = TimeZone.utc

    private var lastRequest = 0

    /// A browser of that size on a trail with these indexes, with a filter, at a moment; the noise columns are the usual
    /// ones where none are given.
    public init(
        size: Size,
        filter: Filter = Filter(),
        indexes: IndexedTerms = IndexedTerms(),
        now: Timestamp,
        noiseColumns: Set<String>? = nil
    ) {
        self.indexes = indexes
        self.size = size
        self.filter = filter
        self.now = now
        if let noiseColumns { detail.change { $0.noiseColumns = noiseColumns } }
    }

    /// Where the keys go.
    var keyPlace: Keymap.Place {
        switch (overlay, panes.last) {
        case (.help, _): .help
        case (.statements, _): .pager
        case (_, let pane?): pane.place
        case (_, nil): overview != nil ? .overview : focus == .detail ? .changes : .list
        }
    }

    /// The number for the next question.
    mutating func nextRequest() -> RequestID {
        lastRequest += 1
        return RequestID(lastRequest)
    }
}

/// The state of following.
public struct Follow: Equatable, Sendable {
    /// Up to when all is known; nil before the first answer.
    public var moment: TrailMoment?
    /// The news that are awaited.
    public var pending: RequestID?
    /// The newest page that is awaited to be shown.
    public var showing: RequestID?
    /// The transactions that are new and not shown yet, by native id.
    public var unseen: Set<Int64> = []

    /// How many those are, in words.
    var countText: String { unseen.count > 1000 ? "1,000+" : grouped(unseen.count) }
}

/// A line for the status row.
public struct Notice: Equatable, Sendable {
    /// How bad it is.
    public enum Severity: Equatable, Sendable {
        /// Good to know.
        case info
        /// Worth a look.
        case warning
        /// Something failed.
        case error
    }

    /// How bad it is.
    public var severity: Severity
    /// The words.
    public var text: String

    static let cancelling = Notice(.info, "cancelling")

    /// A line of a severity.
    public init(_ severity: Severity, _ text: String) {
        self.severity = severity
        self.text = text
    }
}
