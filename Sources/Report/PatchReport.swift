import AuditTrail
import Screen

/// Changes as a patch is read: who and when above each transaction, and for each row what was and what is.
public struct PatchReport {
    private var transaction: Int64?

    /// How many transactions have been begun.
    public private(set) var transactionCount = 0

    /// A report before its first change.
    public init() {}

    /// Whether a change would begin another transaction.
    public func begins(with change: AttributedActivity) -> Bool { change.activity.nativeTransactionID != transaction }

    /// The lines of the next change, without line feeds, safe to print to a terminal; the shape of its table, if it is known,
    /// tells what cannot be read for certain.
    public mutating func lines(of change: AttributedActivity, shape: TableShape? = nil) -> [SafeText] {
        var lines: [SafeText] = []
        if begins(with: change) {
            if transactionCount > 0 { lines.append("") }
            transaction = change.activity.nativeTransactionID
            transactionCount += 1
            lines.append(heading(change))
        }
        let activity = change.activity
        let key = activity.key.map { " " + keyText($0) } ?? ""
        lines.append(SafeText("\(activity.verb.word) \(activity.table.description)\(key)"))
        let diff = Diff(of: activity, options: DiffOptions(context: 0, shape: shape)).lines.filter {
            $0.kind != .context && $0.kind != .heading
        }
        return lines
            + diff.map { line in
                let delta = line.delta.map { "  \($0)" } ?? ""
                return SafeText(
                    line.path.isEmpty
                        ? "\(line.marker) \(line.value)"
                        : "\(line.marker) \(line.path): \(line.value)\(delta)\(line.markText)"
                )
            }
    }

    private func heading(_ change: AttributedActivity) -> SafeText {
        let activity = change.activity
        let name = activity.transactionID.map { "transaction \($0)" } ?? "outside the application"
        let actor = change.actor.map { actor in actor.label.map { "\($0) (#\(actor.id))" } ?? "#\(actor.id)" }
        let parts: [String?] = [
            name, "xid \(activity.nativeTransactionID)", activity.issuedAt?.iso8601 ?? "unknown time",
            actor ?? "unknown actor", change.clientAddress,
        ]
        return SafeText((parts.compactMap(\.self) + (change.origin?.words ?? [])).joined(separator: "  "))
    }
}
