import AuditTrail
import JSON
import Screen

/// A row as it was at a moment.
public struct RowPane: Equatable, Sendable {
    /// The table.
    public var table: TableName
    /// The key.
    public var key: RowKey
    /// The moment.
    public var moment: Timestamp
    /// The row.
    public var row: Remote<RowAtTime>
    /// Where the window is.
    public var scroll = Scroll()

    /// The lines: column, value, and whether it is known.
    var lines: [(name: String, value: String, isKnown: Bool)] {
        guard case .loaded(let row) = row else { return [] }
        guard case .row(let values) = row.existence else { return [] }
        return (values.members ?? []).map { member in
            (member.name, member.value.lineText + (row.marks[member.name].map { "  " + $0 } ?? ""), true)
        }
            + row.unknownColumns.map { ($0, "unknown: not in the trail", false) }
    }
}

extension Model {
    /// Opens the row under the cursor as it was when what is under the cursor had been done.
    mutating func openRowAtTime() -> [Effect] {
        guard let (table, key) = rowUnderCursor else { return [] }
        var change = detail.activity
        if case .history(let pane)? = panes.last { change = pane.version?.change.activity }
        let moment = change?.issuedAt ?? now
        let id = nextRequest()
        let keyThen = change?.rowAfter?.key(key.map(\.name)) ?? change?.rowBefore?.key(key.map(\.name)) ?? key
        panes.append(.row(RowPane(table: table, key: keyThen, moment: moment, row: .loading(id))))
        return [.ask(.row(TablePattern(table), KeyTerm(keyThen), at: moment), id)]
    }

    mutating func perform(_ action: Action, in pane: RowPane) -> [Effect]? {
        var pane = pane
        switch action {
        case .history: return openHistory()
        case .blame: return openHistory(showingBlame: true)
        default:
            let height = size.rowValues.count
            guard pane.scroll.perform(action, of: pane.lines.count, height: height, count: count) else { return nil }
        }
        panes[panes.count - 1] = .row(pane)
        return []
    }
}

extension Size {
    /// The rows of the values; where there is room, those of the changes before and after follow.
    var rowValues: Range<Int> {
        rows < 12 ? 2..<max(3, bodyEnd) : 3..<max(4, bodyEnd - 2)
    }
}

extension Frame {
    mutating func drawRow(_ pane: RowPane, in zone: TimeZone) {
        let title = " \(Model.rowName(pane.table, pane.key)) as of \(zone.iso8601(of: pane.moment))"
        put(SafeText(title), column: 0, row: 1, role: .filterValue)
        switch pane.row {
        case .notAsked, .loading: put("loading…", column: 3, row: 3, role: .muted)
        case .failed(let failure): put("✘ " + SafeText(failure.message), column: 3, row: 3, role: .error)
        case .loaded(let row):
            drawValues(pane, row)
            guard size.rowValues.upperBound < size.bodyEnd else { return }
            drawChange("last written", row.lastChange, row: size.rowValues.upperBound, in: zone)
            drawChange("next written", row.nextChange, row: size.rowValues.upperBound + 1, in: zone)
        }
    }

    private mutating func drawValues(_ pane: RowPane, _ row: RowAtTime) {
        switch row.existence {
        case .absent: put("there was no such row", column: 3, row: size.rowValues.lowerBound, role: .warning)
        case .unknown:
            let words: SafeText = "the trail cannot tell whether there was such a row"
            put(words, column: 3, row: size.rowValues.lowerBound, role: .warning)
        case .row:
            let lines = pane.lines
            let width = min(lines.map { SafeText($0.name).width }.max() ?? 0, size.columns / 3)
            for screenRow in size.rowValues {
                let index = pane.scroll.top + screenRow - size.rowValues.lowerBound
                guard lines.indices.contains(index) else { continue }
                put(SafeText(lines[index].name).truncated(to: width), column: 3, row: screenRow, role: .diffKey)
                let value = SafeText(lines[index].value).truncated(to: max(0, size.columns - width - 5))
                put(value, column: 5 + width, row: screenRow, role: lines[index].isKnown ? .text : .warning)
                if index == pane.scroll.line { overlay(row: screenRow, columns: 0..<size.columns, role: .cursor) }
            }
        }
    }

    private mutating func drawChange(_ words: String, _ change: AttributedActivity?, row: Int, in zone: TimeZone) {
        let text =
            change.map { change in
                let actor = change.actor?.displayName ?? "unknown actor"
                let time = change.activity.issuedAt.map(zone.iso8601) ?? "unknown time"
                return "\(words): \(time) by \(actor) in tx \(change.transactionName), \(change.activity.verb.word)"
            } ?? "\(words): the trail has nothing"
        put(SafeText(text), column: 1, row: row, role: .muted)
    }
}
