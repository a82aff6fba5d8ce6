import AuditTrail
import Screen

extension Frame {
    /// The rows of an overview below their headings, over the whole screen.
    mutating func drawOverview(_ overview: Overview, of model: Model) {
        let columns = overview.subject.columns(forWidth: size.columns, in: model.timeZone)
        let body = 3..<max(3, size.bodyEnd)
        drawRow(columns.map { ($0.whole, SafeText($0.title), Role.muted) }, row: 2)
        switch overview.rows {
        case .notAsked, .loading: put("loading…", column: 3, row: body.lowerBound, role: .muted)
        case .failed(let failure):
            put("✘ " + SafeText(failure.message), column: 3, row: body.lowerBound, role: .error)
            put(SafeText(model.key(.refresh)) + " reads again", column: 3, row: body.lowerBound + 1, role: .muted)
        case .loaded(let rows) where rows.isEmpty:
            put("there is nothing to show", column: 3, row: body.lowerBound, role: .muted)
        case .loaded(let rows):
            for row in body {
                let index = overview.top + row - body.lowerBound
                guard rows.indices.contains(index) else { continue }
                let cells = zip(columns, rows[index].cells).map { ($0, SafeText($1.text), $1.role) }
                drawRow(cells, row: row, isPacked: overview.subject == .timeline)
                guard index == overview.selection else { continue }
                put("▶", column: 1, row: row, role: .cursor)
                overlay(row: row, columns: 0..<size.columns, role: .cursor)
            }
        }
    }

    /// Draws the cells of a row; packed, those after the second follow each other without a gap.
    private mutating func drawRow(
        _ cells: [(column: OverviewColumn, text: SafeText, role: Role)],
        row: Int,
        isPacked: Bool = false
    ) {
        var column = 3
        for (index, cell) in cells.enumerated() where column < size.columns && cell.column.width >= 0 {
            let room = size.columns - column
            let width = cell.column.width == 0 ? room : min(cell.column.width, room)
            let text = cell.text.dropping(columns: cell.column.skipped).truncated(to: width)
            let shift = cell.column.alignsRight ? width - text.width : 0
            put(text, column: column + shift, row: row, role: cell.role)
            column += isPacked && index >= 2 ? text.width : width + 1
        }
    }
}

/// A column of an overview: its width in cells, 0 for what is left, negative when there is no room for it.
struct OverviewColumn {
    var title: String
    var width: Int
    var alignsRight = false
    /// So many columns at the beginning of each text are left out.
    var skipped = 0

    /// The column for a text of which nothing is left out.
    var whole: OverviewColumn { OverviewColumn(title: title, width: width, alignsRight: alignsRight) }
}

extension Overview.Subject {
    /// The name of the view.
    var title: String {
        switch self {
        case .tables: "Tables"
        case .actors: "Actors"
        case .timeline: "Timeline"
        case .health: "Health"
        case .summary: "Summary"
        }
    }

    /// The columns that fit.
    func columns(forWidth width: Int, in zone: TimeZone) -> [OverviewColumn] {
        if width < 60 { return narrowColumns(forWidth: width, in: zone) }
        let isWide = width >= 100
        switch self {
        case .tables:
            let count = isWide ? 7 : width >= 80 ? 6 : -1
            return [
                .init(title: "TABLE", width: isWide ? 28 : 18), .init(title: "CHANGES", width: 11, alignsRight: true),
                .init(title: "I", width: count, alignsRight: true), .init(title: "U", width: count, alignsRight: true),
                .init(title: "D", width: count, alignsRight: true), .init(title: "LAST", width: 4, alignsRight: true),
                .init(title: "WRITER", width: isWide ? 16 : 8), .init(title: "CAPTURE", width: 12),
                .init(title: "KEY", width: isWide ? 0 : -1),
            ]
        case .actors:
            return [
                .init(title: "ACTOR", width: isWide ? 36 : width >= 80 ? 30 : 16),
                .init(title: "KEY", width: isWide ? 20 : 8), .init(title: "TX", width: 8, alignsRight: true),
                .init(title: "LAST", width: 4, alignsRight: true), .init(title: "CLIENT", width: 0),
            ]
        case .timeline:
            return [
                .init(title: "FROM (\(zone.shortName))", width: 19),
                .init(title: "CHANGES", width: 10, alignsRight: true),
                .init(title: "", width: 0), .init(title: "", width: 0), .init(title: "", width: 0),
            ]
        case .health: return [.init(title: "WHAT", width: 20), .init(title: "", width: 0)]
        case .summary:
            return [
                .init(title: "BY", width: 10), .init(title: "CHANGES", width: 8, alignsRight: true),
                .init(title: "", width: 5, alignsRight: true), .init(title: "WHAT", width: 0),
            ]
        }
    }

    /// What a row is about, and the most important that is known of it.
    private func narrowColumns(forWidth width: Int, in zone: TimeZone) -> [OverviewColumn] {
        let none = OverviewColumn(title: "", width: -1)
        switch self {
        case .tables:
            let last = OverviewColumn(title: "LAST", width: width >= 40 ? 4 : -1, alignsRight: true)
            return [
                .init(title: "TABLE", width: width - (width >= 40 ? 20 : 15)),
                .init(title: "CHANGES", width: 11, alignsRight: true), none, none, none, last, none, none, none,
            ]
        case .actors:
            return [
                .init(title: "ACTOR", width: width - 17), none, .init(title: "TX", width: 8, alignsRight: true),
                .init(title: "LAST", width: 4, alignsRight: true), none,
            ]
        case .timeline:
            return [
                // Without the year.
                .init(title: "FROM (\(zone.shortName))", width: 14, skipped: 5),
                .init(title: "CHANGES", width: width >= 40 ? 10 : 6, alignsRight: true),
                .init(title: "", width: 0), .init(title: "", width: 0), .init(title: "", width: 0),
            ]
        case .health: return [.init(title: "WHAT", width: width * 2 / 5), .init(title: "", width: 0)]
        case .summary:
            return [
                .init(title: "BY", width: 5), .init(title: "CHANGES", width: 7, alignsRight: true), none,
                .init(title: "WHAT", width: 0),
            ]
        }
    }
}
