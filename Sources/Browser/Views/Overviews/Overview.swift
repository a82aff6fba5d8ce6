import AuditTrail
import Screen

/// A view other than the list of transactions: a table of rows with a cursor.
public struct Overview: Equatable, Sendable {
    /// What it is about.
    public enum Subject: String, Equatable, Sendable {
        case tables, actors, timeline, health, summary
    }

    /// A row: what it says, and the filter terms that Enter adds.
    public struct Row: Equatable, Sendable {
        /// The cells in the order of the columns, each with its role.
        public var cells: [Cell]
        /// What Enter filters by; empty when there is nothing to filter by.
        public var terms: [FilterTerm] = []
    }

    /// A text and what it means.
    public struct Cell: Equatable, Sendable {
        var text: String
        var role: Role

        init(_ text: String, _ role: Role = .text) {
            self.text = text
            self.role = role
        }
    }

    /// What it is about.
    public var subject: Subject
    /// The rows; `notAsked` never.
    public var rows: Remote<[Row]>
    /// What stands in the row of the filter.
    public var remark = ""
    /// The row of the cursor, from 0.
    public var selection = 0
    /// The first row on screen.
    public var top = 0

    mutating func select(_ row: Int, visibleRows: Int) {
        let count = rows.value?.count ?? 0
        selection = min(max(0, row), max(0, count - 1))
        let height = max(1, visibleRows)
        if selection < top { top = selection }
        if selection >= top + height { top = selection - height + 1 }
        top = max(0, min(top, count - height))
    }
}

/// Moving in an overview and leaving it.
extension Model {
    mutating func open(_ subject: Overview.Subject) -> [Effect] {
        let id = nextRequest()
        overview = Overview(subject: subject, rows: .loading(id))
        return [.ask(question(for: subject), id)]
    }

    private func question(for subject: Overview.Subject) -> Question {
        switch subject {
        case .tables: .tableOverview
        case .actors: .actorOverview
        case .timeline: .timeline(from: stripRange.from, to: stripRange.to, spans: 48)
        case .health: .health
        case .summary: .summary(filter)
        }
    }

    /// What a key does in an overview; nil when it does what it does everywhere.
    mutating func perform(_ action: Action, in overview: Overview) -> [Effect]? {
        var overview = overview
        let height = max(1, size.bodyEnd - 3)
        switch action {
        case .moveDown, .moveUp, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .first, .last:
            let rowCount = overview.rows.value?.count ?? 0
            let target = action.target(from: overview.selection, of: rowCount, height: height, count: count)
            overview.select(target ?? overview.selection, visibleRows: height)
        case .open: return filterByRow(of: overview)
        case .back:
            self.overview = nil
            return []
        case .refresh: return open(overview.subject)
        case .zoomIn, .zoomOut: return overview.subject == .timeline ? zoomTimeline(overview, action) : []
        case .filterFor, .filterOut: return filterByRow(of: overview, isWanted: action == .filterFor)
        case .otherPane, .maximize, .nextTransaction, .previousTransaction, .nextChange, .previousChange, .moreContext,
            .lessContext, .search, .nextMatch, .previousMatch, .dayBack, .dayForward, .olderSpan, .newerSpan,
            .flipOrder, .toggleHistogram, .pivot, .history, .blame, .rowAtTime, .revert, .yank, .openOutside, .mark,
            .nextMark,
            .previousMark:
            notice = Notice(.info, "not in this view; \(key(.back)) leads back to the transactions")
            return []
        default: return nil
        }
        self.overview = overview
        return []
    }

    private mutating func filterByRow(of overview: Overview, isWanted: Bool = true) -> [Effect] {
        guard let rows = overview.rows.value, rows.indices.contains(overview.selection),
            case let terms = rows[overview.selection].terms, !terms.isEmpty
        else {
            notice = Notice(.info, "there is nothing to filter by here")
            return []
        }
        self.overview = nil
        guard isWanted else { return apply(Filter(filter.terms + terms.map { .not(.term($0)) })) }
        var filter = filter
        for term in terms {
            switch term {
            case .table(.anyOf(let tables)): filter.tables = tables
            case .actor(.anyOf(let actors)): filter.actors = actors
            case .verb(let verbs): filter.verbs = verbs
            case .since(let time): filter.since = time.start
            case .until(let time): filter.until = time.start
            default: filter = filter.and(Filter([.term(term)]))
            }
        }
        return apply(filter)
    }

    private mutating func zoomTimeline(_ overview: Overview, _ action: Action) -> [Effect] {
        guard let rows = overview.rows.value, rows.indices.contains(overview.selection) else { return [] }
        let histogram = zoom(in: action == .zoomIn)
        return histogram + open(.timeline)
    }
}
