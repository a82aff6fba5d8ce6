import AuditTrail
import JSON
import Screen

/// One column of the list of transactions.
struct ListColumn: Sendable {
    var title: SafeText
    /// Columns of the screen; the last column takes what is left.
    var width: Int
    var alignsRight = false
    var role: Role
    var text: @Sendable (Transaction, Timestamp) -> String
}

extension ListColumn {
    static let when = ListColumn(
        title: "WHEN (UTC)",
        width: 19,
        role: .time,
        text: { transaction, _ in
            transaction.issuedAt.map { "\($0.calendar.date) \($0.calendar.timeOfDay)" } ?? "—"
        }
    )
    static let age = ListColumn(
        title: "AGE",
        width: 4,
        alignsRight: true,
        role: .time,
        text: { transaction, now in transaction.issuedAt.map { ageText(of: $0, at: now) } ?? "—" }
    )
    static let number = ListColumn(title: "TX", width: 7, role: .text, text: { transaction, _ in transaction.name })
    static let actor = ListColumn(
        title: "ACTOR",
        width: 12,
        role: .actorName,
        text: { transaction, _ in transaction.actor?.displayName ?? "—" }
    )
    static let client = ListColumn(
        title: "CLIENT",
        width: 15,
        role: .muted,
        text: { transaction, _ in transaction.clientAddress ?? "" }
    )
    static let tables = ListColumn(
        title: "TABLES",
        width: 14,
        role: .tableName,
        text: { transaction, _ in transaction.tables.map(\.short).joined(separator: ",") }
    )
    static let inserts = verb("I", .insert, \.inserts)
    static let updates = verb("U", .update, \.updates)
    static let deletes = verb("D", .delete, \.deletes)
    static let total = ListColumn(
        title: "n",
        width: 5,
        alignsRight: true,
        role: .text,
        text: { transaction, _ in countText(transaction.counts.total, transaction.counts) }
    )
    static let summary = ListColumn(
        title: "WHAT CHANGED",
        width: 0,
        role: .text,
        text: { transaction, _ in transaction.changeSummary }
    )

    private static func verb(
        _ title: SafeText,
        _ role: Role,
        _ count: @escaping @Sendable (VerbCounts) -> Int
    ) -> ListColumn {
        ListColumn(
            title: title,
            width: 3,
            alignsRight: true,
            role: role,
            text: { transaction, _ in
                let number = count(transaction.counts)
                return number == 0 ? "" : countText(number, transaction.counts)
            }
        )
    }

    private static func countText(_ number: Int, _ counts: VerbCounts) -> String {
        counts.isCapped && number >= VerbCounts.limit ? "1k+" : String(number)
    }

    /// What the text means; an actor that nobody knows is not like one with a name.
    fileprivate func role(for transaction: Transaction) -> Role {
        role == .actorName && transaction.actor == nil ? .actorUnknown : role
    }

    /// The columns that fit: they go in the order client, time of day, tables, counts by verb.
    static func columns(forWidth width: Int) -> [ListColumn] {
        switch width {
        case 118...: [when, age, number, actor, client, inserts, updates, deletes, tables, summary]
        case 100...: [when, age, number, actor, inserts, updates, deletes, tables, summary]
        case 76...: [age, number, narrow(actor, 11), inserts, updates, deletes, narrow(tables, 12), summary]
        case 60...: [age, number, narrow(actor, 11), inserts, updates, deletes, summary]
        default: [age, number, narrow(actor, max(4, width - 24)), total]
        }
    }

    private static func narrow(_ column: ListColumn, _ width: Int) -> ListColumn {
        var column = column
        column.width = width
        return column
    }
}

extension Frame {
    mutating func drawList(of model: Model, _ layout: Layout) {
        let columns = ListColumn.columns(forWidth: size.columns)
        drawCells(columns.map { ($0, $0.title, .muted) }, row: layout.listRows.lowerBound - 1)
        if model.list.rows.isEmpty {
            drawListState(of: model, layout)
            return
        }
        for row in layout.listRows {
            let index = model.list.top + row - layout.listRows.lowerBound
            guard model.list.rows.indices.contains(index) else {
                drawEnd(of: model, row: row, isFirst: index == model.list.rows.count)
                continue
            }
            let transaction = model.list.rows[index]
            drawCells(
                columns.map { ($0, SafeText($0.text(transaction, model.now)), $0.role(for: transaction)) },
                row: row
            )
            if let word = model.searchWord, matches(word, in: searchText(transaction)) {
                overlay(row: row, columns: 0..<size.columns, role: .matchHit)
            }
            if index == model.list.selection {
                put("▶", column: 1, row: row, role: .cursor)
                overlay(row: row, columns: 0..<size.columns, role: model.focus == .list ? .cursor : .selection)
            }
        }
    }

    private mutating func drawCells(_ cells: [(column: ListColumn, text: SafeText, role: Role)], row: Int) {
        var column = 3
        for cell in cells where column < size.columns {
            let width = cell.column.width == 0 ? size.columns - column : min(cell.column.width, size.columns - column)
            let text = cell.text.truncated(to: width)
            put(text, column: column + (cell.column.alignsRight ? width - text.width : 0), row: row, role: cell.role)
            column += width + 1
        }
    }

    /// What stands below the last transaction.
    private mutating func drawEnd(of model: Model, row: Int, isFirst: Bool) {
        guard isFirst else {
            put("~", column: 1, row: row, role: .muted)
            return
        }
        switch (model.list.failure, model.list.olderEdge, model.list.pending) {
        case (let failure?, _, _): put("✘ " + SafeText(failure.message), column: 1, row: row, role: .error)
        case (nil, .open, nil): put("… more below", column: 1, row: row, role: .muted)
        case (nil, .open, _?): put("… loading", column: 1, row: row, role: .muted)
        case (nil, .end, _): put("~ the oldest transaction is above", column: 1, row: row, role: .muted)
        }
    }

    /// Loading, empty and failed, each in its own words.
    private mutating func drawListState(of model: Model, _ layout: Layout) {
        let row = layout.listRows.lowerBound
        if case .lost(let reason) = model.connection {
            put("✘ " + SafeText(reason), column: 3, row: row, role: .error)
            put("R connects again", column: 3, row: row + 1, role: .muted)
        } else if let failure = model.list.failure {
            put("✘ " + SafeText(failure.message), column: 3, row: row, role: failure.isCancellation ? .warning : .error)
            put("R reads again", column: 3, row: row + 1, role: .muted)
        } else if !model.list.isLoaded {
            put("loading…", column: 3, row: row, role: .muted)
        } else if model.list.pending != nil, let position = model.list.searchedTo {
            put("searching… looked back to xid \(String(position))  (^C stops)", column: 3, row: row, role: .muted)
        } else if model.filter.isEmpty {
            put("no changes have been recorded yet", column: 3, row: row, role: .muted)
        } else {
            put("no transaction matches the filter  (Backspace drops its last term)", column: 3, row: row, role: .muted)
        }
    }
}

extension TransactionList {
    /// How far a search that has found nothing yet has looked; nil when it is not under way.
    var searchedTo: Int64? {
        if case .older(let position)? = pending?.anchor { position.nativeID } else { nil }
    }
}

extension Model {
    /// The word whose matches are marked.
    var searchWord: String? {
        if case .search(let prompt) = overlay { return prompt.text }
        return nil
    }
}

/// How long ago, in one unit: `now`, `3m`, `5h`, `12d`, `7w`, `2y`.
func ageText(of time: Timestamp, at now: Timestamp) -> String {
    let seconds = (now.microseconds - time.microseconds) / 1_000_000
    switch seconds {
    case ..<60: return seconds < 0 ? "—" : "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86400: return "\(seconds / 3600)h"
    case ..<(86400 * 60): return "\(seconds / 86400)d"
    case ..<(86400 * 730): return "\(seconds / (86400 * 7))w"
    default: return "\(seconds / (86400 * 365))y"
    }
}

/// A key's value as a word: strings without quotes.
func keyValueText(_ value: JSON) -> String {
    if case .string(let text) = value { text } else { value.description }
}
