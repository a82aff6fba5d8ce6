import AuditTrail
import Screen

/// A transaction as a paragraph of plain text: a line that says who and when, and a line or more for each activity.
public struct TransactionReport {
    /// How many activities of one transaction are printed at most.
    public static let activityLimit = 10

    /// The lines, without line feeds, safe to print to a terminal; the last one is empty.
    public let lines: [SafeText]

    /// The report of a transaction and its first activities; the shapes of their tables, where they are known, tell what cannot be
    /// read for certain.
    public init(_ transaction: Transaction, _ activities: [Activity], _ shapes: [TableName: TableShape] = [:]) {
        var lines = [TransactionReport.header(of: transaction)]
        for activity in activities { lines += TransactionReport.lines(of: activity, shapes[activity.table]) }
        let rest = transaction.counts.total - activities.count
        if rest > 0 {
            lines.append(
                SafeText("    … \(String(rest))\(transaction.counts.isCapped ? " or more" : "") further changes")
            )
        }
        self.lines = lines + [SafeText("")]
    }

    private static func header(of transaction: Transaction) -> SafeText {
        let name = transaction.id.map { "transaction \($0)" } ?? "outside the application, xid \(transaction.nativeID)"
        let actor = transaction.actor.map { actor in actor.label.map { "\($0) (#\(actor.id))" } ?? "#\(actor.id)" }
        let time = transaction.issuedAt?.iso8601 ?? "unknown time"
        return SafeText(
            ([name, time, actor ?? "unknown actor", transaction.clientAddress].compactMap(\.self)
                + (transaction.origin?.words ?? [])).joined(separator: "  ")
        )
    }

    private static func lines(of activity: Activity, _ shape: TableShape?) -> [SafeText] {
        let key = activity.key.map { " " + keyText($0) } ?? ""
        let header = SafeText("    \(activity.verb.word) \(activity.table.description)\(key)")
        let changed: [Diff.Line.Kind] = [.removed, .added, .moved]
        let options = DiffOptions(context: 0, shape: shape)
        let diff = Diff(of: activity, options: options).lines.filter { changed.contains($0.kind) }
        return [header] + diff.map { SafeText("      \($0.marker) \($0.path): \($0.value)\($0.markText)") }
    }
}

/// The key of a row in words: `id=42`, `order_id=7, line=2`.
public func keyText(_ key: RowKey) -> String {
    key.map { "\($0.name)=\(keyValueText($0.value))" }.joined(separator: ", ")
}
