import AuditTrail
import Screen

/// One column of the list of transactions.
struct ListColumn: Sendable {
    var title: SafeText
    /// Columns of the screen; the last column takes what is left.
    var width: Int
    var alignsRight = false
    var role: Role
    var text: @Sendable (Transaction, Clock) -> String
}

extension ListColumn {
    private static func when(_ zone: TimeZone) -> ListColumn {
        ListColumn(
            title: SafeText("WHEN (\(zone.shortName))"),
            width: 19,
            role: .time,
            text: { transaction, clock in transaction.issuedAt.map(clock.zone.text) ?? "?" }
        )
    }
    /// Every width has it, so it tells by the sign of falling values when the oldest is first.
    private static func age(isFalling: Bool) -> ListColumn {
        ListColumn(
            title: isFalling ? "AGE▼" : "AGE",
            width: 4,
            alignsRight: true,
            role: .time,
            text: { transaction, clock in transaction.issuedAt.map { ageText(of: $0, at: clock.now) } ?? "?" }
        )
    }
    /// Wide enough for the longest number that is loaded: one that is cut is another's.
    private static func number(of rows: [Transaction]) -> ListColumn {
        let longest = rows.map { $0.id ?? 0 }.max() ?? 0
        let longestNative = rows.map { $0.id == nil ? $0.nativeID : 0 }.max() ?? 0
        let width = max(7, String(longest).count, 1 + String(longestNative).count)
        return ListColumn(title: "TX", width: width, role: .text, text: { transaction, _ in transaction.name })
    }
    static let actor = ListColumn(
        title: "ACTOR",
        width: 12,
        role: .actorName,
        text: { transaction, _ in transaction.claimText }
    )
    static let role = ListColumn(
        title: "ROLE",
        width: 14,
        role: .muted,
        text: { transaction, _ in transaction.origin?.role ?? "" }
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

    /// The columns of the screen before the first, for the cursor and the marks.
    static let margin = 3

    /// What the text means; an actor that nobody knows is not like one with a name.
    func role(for transaction: Transaction) -> Role {
        role == .actorName && transaction.actor == nil ? .actorUnknown : role
    }

    /// The columns that fit: they go in the order client, time of day, tables, counts by verb.
    static func columns(forWidth width: Int, of model: Model) -> [ListColumn] {
        let number = number(of: model.list.rows)
        let (when, age) = (when(model.timeZone), age(isFalling: model.list.isOldestFirst))
        return switch width {
        case 140...:
            [when, age, number, actor, role, client, inserts, updates, deletes, tables, summary]
        case 118...: [when, age, number, actor, client, inserts, updates, deletes, tables, summary]
        case 100...: [when, age, number, actor, inserts, updates, deletes, tables, summary]
        case 76...: [age, number, narrow(actor, 11), inserts, updates, deletes, narrow(tables, 12), summary]
        case 60...: [age, number, narrow(actor, 11), inserts, updates, deletes, summary]
        default: [age, number, narrow(actor, max(4, width - 17 - number.width)), total]
        }
    }

    private static func narrow(_ column: ListColumn, _ width: Int) -> ListColumn {
        var column = column
        column.width = width
        return column
    }
}

extension Transaction {
    /// The actor; `—` for nobody, and then the role that the server knew.
    var claimText: String {
        actor?.displayName ?? (["—"] + (origin.map { [$0.sessionRole] } ?? [])).joined(separator: " ")
    }
}

/// How long ago, in one unit: `now`, `3m`, `5h`, `12d`, `7w`, `2y`.
func ageText(of time: Timestamp, at now: Timestamp) -> String {
    let seconds = (now.microseconds - time.microseconds) / 1_000_000
    switch seconds {
    case ..<60: return seconds < 0 ? "?" : "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86400: return "\(seconds / 3600)h"
    case ..<(86400 * 60): return "\(seconds / 86400)d"
    case ..<(86400 * 730): return "\(seconds / (86400 * 7))w"
    default: return "\(seconds / (86400 * 365))y"
    }
}
