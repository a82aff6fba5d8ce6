import AuditTrail
import JSON
import Screen

/// Where the parts of a history lie on the screen.
struct HistoryLayout {
    /// The rows of the versions, below the row of their titles.
    var versions: Range<Int>
    /// The row between the parts.
    var divider: Int
    /// The rows of the difference or the blame.
    var lower: Range<Int>

    init(_ pane: HistoryPane, of size: Size) {
        let end = max(3, size.bodyEnd)
        let room = max(1, end - 3)
        guard room >= 5 else {
            // One part at a time: that which has the keys.
            divider = 2
            (versions, lower) = pane.isLowerFocused ? (3..<3, 3..<end) : (3..<end, end..<end)
            return
        }
        let height = min(max(1, pane.lineCount), max(1, room * 2 / 5))
        versions = 3..<min(end, 3 + height)
        divider = versions.upperBound
        lower = min(end, divider + 1)..<end
    }
}

extension HistoryPane {
    /// How many rows the lower part has.
    func lowerCount(columns: Int) -> Int {
        switch lower {
        case .difference: sheet(columns: columns)?.rowCount ?? 0
        case .blame: blame?.entries.count ?? 0
        }
    }

    /// What the title row says: how many versions, and whether the newest is what the table holds.
    var remark: String {
        guard let history = history.value else { return "" }
        let count = "\(grouped(history.versions.count))\(history.isComplete ? "" : "+") versions"
        switch (history.live, history.isLive) {
        case (.unknown(let reason), _): return "\(count) · \(reason)"
        case (.absent, true?): return "\(count) · deleted"
        case (_, true?): return "\(count) · live ✔"
        case (_, false?): return "\(count) · live row differs ✘"
        case (_, nil): return "\(count) · nothing recorded"
        }
    }
}

extension Frame {
    mutating func drawHistory(_ pane: HistoryPane, of model: Model) {
        let layout = HistoryLayout(pane, of: size)
        putRow(1, SafeText(" row:\(Model.rowName(pane.table, pane.key))"), .filterValue, SafeText(pane.remark + " "))
        switch pane.history {
        case .notAsked, .loading: put("loading…", column: 3, row: 3, role: .muted)
        case .failed(let failure): put("✘ " + SafeText(failure.message), column: 3, row: 3, role: .error)
        case .loaded(let history):
            let columns = VersionColumn.columns(
                forWidth: size.columns,
                of: history.versions,
                noise: pane.settings.noiseColumns,
                in: model.timeZone
            )
            drawCells(columns.map { ($0.width, SafeText($0.title), Role.muted) }, row: 2)
            for row in layout.versions {
                let line = pane.versions.top + row - layout.versions.lowerBound
                drawVersion(line, of: pane, history, columns, of: model, row: row)
            }
            drawLower(pane, layout, of: model)
        }
    }

    private mutating func drawVersion(
        _ line: Int,
        of pane: HistoryPane,
        _ history: RowHistory,
        _ columns: [VersionColumn],
        of model: Model,
        row: Int
    ) {
        guard line < pane.lineCount else { return }
        if let version = pane.version(at: line) {
            drawCells(columns.map { ($0.width, SafeText($0.text(version, model.clock)), $0.role(version)) }, row: row)
            if version.gap != nil { put("!", column: 2, row: row, role: .warning) }
        } else {
            put(SafeText(history.nowText), column: 4, row: row, role: history.endGap == nil ? .muted : .warning)
            if history.endGap != nil { put("!", column: 2, row: row, role: .warning) }
        }
        if line == pane.base { put("m", column: 0, row: row, role: .mark) }
        if line == pane.versions.line {
            put("▶", column: 1, row: row, role: .cursor)
            overlay(row: row, columns: 0..<size.columns, role: pane.isLowerFocused ? .selection : .cursor)
        }
    }

    private mutating func drawCells(_ cells: [(width: Int, text: SafeText, role: Role)], row: Int) {
        var column = 4
        for cell in cells where column < size.columns {
            let room = size.columns - column
            let width = cell.width == 0 ? room : min(cell.width, room)
            put(cell.text.truncated(to: width), column: column, row: row, role: cell.role)
            column += width + 1
        }
    }

    private mutating func drawLower(_ pane: HistoryPane, _ layout: HistoryLayout, of model: Model) {
        guard !layout.lower.isEmpty else { return }
        put(SafeText(String(repeating: "─", count: size.columns)), column: 0, row: layout.divider, role: .border)
        put(" " + SafeText(pane.lowerTitle) + " ", column: 1, row: layout.divider, role: .title)
        let cursor = pane.isLowerFocused ? pane.lowerScroll.line : nil
        switch pane.lower {
        case .difference:
            guard let sheet = pane.sheet(columns: size.columns) else { return }
            draw(sheet, rows: layout.lower, column: 0, top: pane.lowerScroll.top, cursor: cursor, searchWord: nil)
        case .blame: drawBlame(pane, rows: layout.lower, cursor: cursor, now: model.now)
        }
    }

    private mutating func drawBlame(_ pane: HistoryPane, rows: Range<Int>, cursor: Int?, now: Timestamp) {
        guard let blame = pane.blame else {
            put("there is no row now that could be blamed on anybody", column: 3, row: rows.lowerBound, role: .muted)
            return
        }
        let pathWidth = min(blame.entries.map { SafeText(pathText($0.path)).width }.max() ?? 0, size.columns / 4)
        let actorWidth = size.columns >= 100 ? 20 : 12
        let transactionWidth = transactionWidth(of: blame.entries.lazy.compactMap(\.writer), atLeast: 9)
        let valueWidth = max(8, size.columns - pathWidth - actorWidth - transactionWidth - 11)
        for row in rows {
            let index = pane.lowerScroll.top + row - rows.lowerBound
            guard blame.entries.indices.contains(index) else { continue }
            let entry = blame.entries[index]
            var column = 3
            func cell(_ text: SafeText, _ width: Int, _ role: Role) {
                put(text.truncated(to: width), column: column, row: row, role: role)
                column += width + 1
            }
            cell(SafeText(pathText(entry.path)), pathWidth, .diffKey)
            cell(SafeText(entry.value.lineText), valueWidth, .text)
            let actor = entry.writer.map { $0.actor?.displayName ?? "unknown actor" } ?? "not in the trail"
            cell(SafeText(actor), actorWidth, entry.writer?.actor == nil ? .actorUnknown : .actorName)
            cell(SafeText(entry.writer?.transactionName ?? ""), transactionWidth, .muted)
            cell(SafeText(entry.writer?.activity.issuedAt.map { ageText(of: $0, at: now) } ?? ""), 4, .time)
            if index == cursor { overlay(row: row, columns: 0..<size.columns, role: .cursor) }
        }
    }
}

extension HistoryPane {
    fileprivate var lowerTitle: String {
        if lower == .blame {
            return blame?.deletion == nil ? "blame: last writer of each value" : "blame: last writer before the delete"
        }
        let name = { (line: Int) in
            line == 0 ? "now" : version(at: line)?.number.map { "v\($0)" } ?? "this version"
        }
        if let base { return "compare \(name(base)) ◀▶ \(name(versions.line))" }
        return versions.line == 0 ? "compare newest version ◀▶ now" : "what \(name(versions.line)) changed"
    }
}

extension RowHistory {
    /// What the line of the row as it is now says.
    fileprivate var nowText: String {
        switch (live, endGap) {
        case (.unknown(let reason), _): "now  \(reason)"
        case (.absent, nil): "now  there is no row"
        case (.absent, _): "now  GAP: the row is gone, and nothing recorded says how"
        case (.row, nil): "now  the row as the newest version left it"
        case (.row, .columns(let columns)?):
            "now  GAP: \(columns.joined(separator: ", ")) changed while nothing was recorded"
        case (.row, _): "now  GAP: the row is back, and nothing recorded says how"
        }
    }
}

extension AttributedActivity {
    /// The number of the transaction row, or `x` and the server's number.
    var transactionName: String {
        activity.transactionID.map { String($0) } ?? "x\(activity.nativeTransactionID)"
    }
}

/// Wide enough for the longest number of a transaction: one that is cut is another's.
private func transactionWidth(of changes: some Sequence<AttributedActivity>, atLeast width: Int) -> Int {
    changes.reduce(width) { max($0, $1.transactionName.utf8.count) }
}

/// A column of the list of versions.
struct VersionColumn: Sendable {
    var title: String
    /// Columns of the screen; 0 for what is left.
    var width: Int
    var text: @Sendable (RowVersion, Clock) -> String
    var role: @Sendable (RowVersion) -> Role = { _ in .text }

    static func columns(
        forWidth width: Int,
        of versions: [RowVersion],
        noise: Set<String>,
        in zone: TimeZone
    ) -> [VersionColumn] {
        let number = VersionColumn(
            title: "V",
            width: 4,
            text: { version, _ in version.number.map { String($0) } ?? "" }
        )
        let transaction = VersionColumn(
            title: "TX",
            width: transactionWidth(of: versions.lazy.map(\.change), atLeast: 8),
            text: { version, _ in version.change.transactionName }
        )
        let verb = VersionColumn(title: "VERB", width: 8, text: { version, _ in version.change.activity.verb.word })
        let columns = VersionColumn(
            title: "CHANGED COLUMNS",
            width: 0,
            text: { version, _ in version.changeText(noise: noise) },
            role: { $0.gap == nil ? .text : .warning }
        )
        switch width {
        case 100...: return [number, time("WHEN (\(zone.shortName))", 23), actor(14), transaction, verb, columns]
        case 80...: return [number, time("WHEN", 16), actor(10), transaction, verb, columns]
        case 60...: return [number, age, actor(10), transaction, verb, columns]
        default: return [number, age, actor(min(10, width - 16)), columns]
        }
    }

    private static func time(_ title: String, _ width: Int) -> VersionColumn {
        VersionColumn(
            title: title,
            width: width,
            text: { version, clock in
                let time = version.change.activity.issuedAt.map(clock.zone.iso8601) ?? "—"
                return String(time.replacing("T", with: " ").prefix(width))
            },
            role: { _ in .time }
        )
    }

    private static let age = VersionColumn(
        title: "AGE",
        width: 4,
        text: { version, clock in
            version.change.activity.issuedAt.map { ageText(of: $0, at: clock.now) } ?? "—"
        },
        role: { _ in .time }
    )

    private static func actor(_ width: Int) -> VersionColumn {
        VersionColumn(
            title: "ACTOR",
            width: width,
            text: { version, _ in version.change.actor?.displayName ?? "—" },
            role: { $0.change.actor == nil ? .actorUnknown : .actorName }
        )
    }
}

extension RowVersion {
    /// The columns that changed, those that always do last; what is wrong with the version comes first.
    fileprivate func changeText(noise: Set<String>) -> String {
        let columns = changedColumns.filter { !noise.contains($0) } + changedColumns.filter(noise.contains)
        let isNoise = !columns.isEmpty && columns.allSatisfy(noise.contains)
        let words = columns.joined(separator: " ") + (isNoise ? "  (noise)" : "")
        switch gap {
        case nil: return words
        case .appeared?: return "GAP: the row came back unrecorded   \(words)"
        case .vanished?: return "GAP: the row went unrecorded   \(words)"
        case .columns(let changed)?: return "GAP: \(changed.joined(separator: ", ")) changed unrecorded   \(words)"
        }
    }
}
