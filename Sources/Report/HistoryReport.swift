import AuditTrail
import JSON
import Screen

/// The life of a row in lines: what it is now, then its versions, newest first.
public struct HistoryReport {
    /// How much is printed of each version.
    public enum Detail: Sendable {
        /// A line with the columns that changed.
        case columns
        /// The line and its difference.
        case difference
    }

    /// The lines, without line feeds, safe to print to a terminal.
    public let lines: [SafeText]

    /// The report of a history.
    public init(_ history: RowHistory, _ detail: Detail) {
        lines =
            [HistoryReport.heading(history)] + HistoryReport.note(history.endGap, "since the newest version")
            + history.versions.flatMap { HistoryReport.lines(of: $0, detail, history.shape) }
    }

    /// The versions as lines of JSON: those of the log with the number of the version and whether there is a gap in front.
    public static func jsonLines(_ history: RowHistory) -> [JSON] {
        history.versions.map { version in
            let front = [
                JSON.Member("version", version.number.map { .integer($0) } ?? .null),
                JSON.Member("gap", .bool(version.gap != nil)),
            ]
            return JSON.object(front + members(of: version.change))
        }
    }

    private static func heading(_ history: RowHistory) -> SafeText {
        let count = history.versions.count
        let versions = "\(grouped(count))\(history.isComplete ? "" : " or more") version\(count == 1 ? "" : "s")"
        let now =
            switch history.live {
            case .row: history.endGap == nil ? "the live row matches" : "the live row differs"
            case .absent:
                history.endGap == nil ? "there is no row now" : "the row is gone, and the trail does not say how"
            case .unknown(let reason): reason
            }
        return SafeText("\(history.shape.name.description) \(keyText(history.key))  \(versions), \(now)")
    }

    private static func lines(of version: RowVersion, _ detail: Detail, _ shape: TableShape) -> [SafeText] {
        let change = version.change
        let columns = version.changedColumns.joined(separator: ", ")
        let parts = [
            version.number.map { "v\($0)" } ?? "v?", change.activity.issuedAt?.iso8601 ?? "unknown time",
            change.writerText, change.activity.verb.word, columns,
        ]
        var lines = [SafeText("  " + parts.filter { !$0.isEmpty }.joined(separator: "  "))]
        if detail == .difference {
            let options = DiffOptions(context: 0, shape: shape)
            let diff = Diff(of: change.activity, options: options).lines.filter {
                $0.kind == .removed || $0.kind == .added
            }
            lines += diff.map { SafeText("      \($0.marker) \($0.path): \($0.value)\($0.markText)") }
        }
        return lines + note(version.gap, "before version \(version.number.map(String.init) ?? "above")")
    }

    private static func note(_ gap: RowVersion.Gap?, _ place: String) -> [SafeText] {
        let words: String
        switch gap {
        case nil: return []
        case .appeared?: words = "the row came back"
        case .vanished?: words = "the row went"
        case .columns(let columns)?: words = columns.joined(separator: ", ") + " changed"
        }
        return [SafeText("! GAP: \(words) \(place), while nothing was recorded")]
    }
}

extension AttributedActivity {
    /// Who made the change in which transaction: `Alice  tx 812`.
    var writerText: String {
        let transaction = activity.transactionID.map { "tx \($0)" } ?? "xid \(activity.nativeTransactionID)"
        return "\(actor?.displayName ?? "unknown actor")  \(transaction)"
    }
}
