import AuditTrail
import JSON
import Screen

/// The life of a row: its versions, newest first, what one of them changed, and who wrote what the row is now.
public struct HistoryPane: Equatable, Sendable {
    /// So many versions are read.
    static let limit = 5000

    /// What the lower part shows.
    enum Lower: Equatable, Sendable {
        /// What the version under the cursor changed, or how it differs from the marked one.
        case difference
        /// Who last wrote each value of the row.
        case blame
    }

    /// The table.
    public var table: TableName
    /// The key under which the row was looked up.
    public var key: RowKey
    /// Its life.
    public var history: Remote<RowHistory> { didSet { blame = history.value.flatMap { Blame($0) } } }
    /// The line of the versions; the first is the row as it is now.
    public var versions = Scroll()
    /// The lower part.
    var lower = Lower.difference
    /// Whether the lower part has the keys.
    var isLowerFocused = false
    /// Where the lower part is.
    var lowerScroll = Scroll()
    /// The line to which the others are compared; nil for the one before each.
    var base: Int?
    /// How the difference is shown.
    var settings: DiffSettings { didSet { makeSheet() } }
    /// The difference; nil until there is one.
    private(set) var diff: Diff? { didSet { makeSheet() } }
    /// For how many columns the difference is laid out.
    private var columns: Int
    /// The difference as it is laid out; kept, because every key asks for it and a row may be large.
    private var kept: DiffSheet?
    /// Who wrote what the row is now; nil without a row.
    private(set) var blame: Blame?

    init(
        table: TableName,
        key: RowKey,
        history: Remote<RowHistory>,
        lower: Lower,
        settings: DiffSettings,
        columns: Int
    ) {
        self.table = table
        self.key = key
        self.history = history
        self.lower = lower
        self.settings = settings
        self.columns = columns
    }

    private mutating func makeSheet() { kept = laidOut(for: columns) }

    private func laidOut(for columns: Int) -> DiffSheet? {
        diff.map { DiffSheet($0, layout: settings.layout, wraps: settings.wraps, columns: columns) }
    }

    /// The difference laid out for a screen of so many columns.
    func sheet(columns: Int) -> DiffSheet? { columns == self.columns ? kept : laidOut(for: columns) }

    /// One line for the row as it is now and one for each version.
    var lineCount: Int { history.value.map { $0.versions.count + 1 } ?? 0 }

    /// The version under the cursor; nil on the row as it is now.
    var version: RowVersion? { version(at: versions.line) }

    func version(at line: Int) -> RowVersion? {
        guard let history = history.value, history.versions.indices.contains(line - 1) else { return nil }
        return history.versions[line - 1]
    }

    /// The row as the version of a line left it.
    func row(at line: Int) -> JSON? {
        guard line == 0 else { return version(at: line)?.after }
        if case .row(let row)? = history.value?.live { return row }
        return nil
    }

    /// Moves the windows of both parts so that their cursors are on a screen of that size.
    mutating func fit(_ size: Size) {
        if columns != size.columns {
            columns = size.columns
            makeSheet()
        }
        let layout = HistoryLayout(self, of: size)
        versions.select(versions.line, of: lineCount, height: layout.versions.count)
        lowerScroll.select(lowerScroll.line, of: lowerCount(columns: size.columns), height: layout.lower.count)
    }

    /// Moves the cursor into what there is and makes the difference anew.
    mutating func compare(height: Int) {
        versions.select(versions.line, of: lineCount, height: height)
        guard let history = history.value else { return }
        var options = DiffOptions(context: settings.context)
        options.hidesNoise = settings.hidesNoise
        options.noiseColumns = settings.noiseColumns
        options.shape = history.shape
        if !history.shape.columns.isEmpty { options.liveColumns = Set(history.shape.columns.map(\.name)) }
        let before = base.map(row(at:)) ?? (versions.line == 0 ? version(at: 1)?.after : version?.before)
        let after = row(at: versions.line).map { row in
            // The row as it is now has columns that are not recorded, and spells moments in its own way.
            before.map { history.shape.comparable(row, with: $0) } ?? row
        }
        diff = Diff(from: before, to: after, keyColumns: Set(history.shape.keyColumns), options: options)
        lowerScroll = Scroll()
    }
}

extension Model {
    /// Opens the life of the row under the cursor.
    mutating func openHistory(showingBlame: Bool = false) -> [Effect] {
        if case .history(var pane)? = panes.last, showingBlame {
            pane.lower = pane.lower == .blame ? .difference : .blame
            pane.lowerScroll = Scroll()
            panes[panes.count - 1] = .history(pane)
            return []
        }
        guard let (table, key) = rowUnderCursor else { return [] }
        let id = nextRequest()
        panes.append(
            .history(
                HistoryPane(
                    table: table,
                    key: key,
                    history: .loading(id),
                    lower: showingBlame ? .blame : .difference,
                    settings: detail.settings,
                    columns: size.columns
                )
            )
        )
        return [.ask(.history(TablePattern(table), KeyTerm(key), limit: HistoryPane.limit), id)]
    }

    /// The row of the change that is looked at; says why when there is none.
    var rowUnderCursor: (table: TableName, key: RowKey)? {
        mutating get {
            if case .history(let pane)? = panes.last { return (pane.table, pane.key) }
            if case .row(let pane)? = panes.last { return (pane.table, pane.key) }
            guard let activity = detail.activity else {
                notice = Notice(.info, "the changes are not loaded yet; \(key(.open)) opens them")
                return nil
            }
            guard let key = activity.key else {
                notice = Notice(.info, "table \(activity.table.short) has no key by which a row could be followed")
                return nil
            }
            guard !key.contains(where: \.value.isMasked) else {
                notice = Notice(.info, "the key of the row is masked; the row cannot be followed by it")
                return nil
            }
            return (activity.table, key)
        }
    }

    mutating func perform(_ action: Action, in pane: HistoryPane) -> [Effect]? {
        var pane = pane
        let heights = HistoryLayout(pane, of: size)
        switch action {
        case .otherPane:
            pane.isLowerFocused.toggle()
            pane.fit(size)
        case .open: return goToVersion(pane)
        case .refresh:
            panes.removeLast()
            let id = nextRequest()
            pane.history = .loading(id)
            panes.append(.history(pane))
            return [.ask(.history(TablePattern(pane.table), KeyTerm(pane.key), limit: HistoryPane.limit), id)]
        case .markBase:
            pane.base = pane.base == pane.versions.line ? nil : pane.versions.line
            pane.compare(height: heights.versions.count)
        case .moreContext, .lessContext:
            pane.settings.context = min(max(0, pane.settings.context + (action == .moreContext ? 1 : -1)), 100)
            pane.compare(height: heights.versions.count)
        case .diffLayout: pane.settings.layout = pane.settings.layout.next
        case .wrap: pane.settings.wraps.toggle()
        case .hideNoise:
            pane.settings.hidesNoise.toggle()
            pane.compare(height: heights.versions.count)
        case .blame: return openHistory(showingBlame: true)
        case .yank: return openYanks()
        case .export: return openExports()
        case .openOutside: return openOutside()
        case .rowAtTime: return openRowAtTime()
        case .revert: return openRevert()
        default:
            if pane.isLowerFocused {
                let lineCount = pane.lowerCount(columns: size.columns)
                let height = heights.lower.count
                guard pane.lowerScroll.perform(action, of: lineCount, height: height, count: count) else { return nil }
            } else {
                let height = heights.versions.count
                guard pane.versions.perform(action, of: pane.lineCount, height: height, count: count) else {
                    return nil
                }
                pane.compare(height: heights.versions.count)
            }
        }
        panes[panes.count - 1] = .history(pane)
        return []
    }

    /// Goes to the transaction of the version under the cursor.
    private mutating func goToVersion(_ pane: HistoryPane) -> [Effect] {
        guard let version = pane.version else {
            notice = Notice(.info, "this is the row as it is now; the versions below have transactions")
            return []
        }
        panes = []
        let number = version.change.activity.nativeTransactionID
        return go(to: .transaction(Filter([.term(.number(.nativeTransaction, .anyOf([number])))])))
    }
}
