import AuditTrail
import JSON
import Screen

/// Changes as a table of comma-separated values (RFC 4180), one line for each, documents as JSON, null as nothing.
public enum CSVReport {
    /// The line of the names.
    public static let heading =
        "activity_id,transaction_id,native_transaction_id,issued_at,actor_id,actor_label,client_addr,schema,table,verb,"
        + "key,old,changed,context"

    /// The line of a change, without a line feed; nothing in it can act on a terminal.
    public static func line(_ change: AttributedActivity) -> String {
        let activity = change.activity
        let fields: [String?] = [
            String(activity.id), activity.transactionID.map { String($0) }, String(activity.nativeTransactionID),
            activity.issuedAt?.iso8601, change.actor?.id, change.actor?.label, change.clientAddress,
            activity.table.schema, activity.table.name, activity.verb.word,
            activity.key.map { JSON.object($0).description }, activity.oldData?.description,
            activity.changedData?.description, change.context?.description,
        ]
        return fields.map { $0.map(field) ?? "" }.joined(separator: ",")
    }

    /// A field, in quotes where it needs them; an empty text is in quotes, since nothing at all is null.
    private static func field(_ text: String) -> String {
        let safe = SafeText(text).string
        let isPlain =
            !safe.isEmpty && !safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
            && safe.first != " "
            && safe.last != " "
        return isPlain ? safe : "\"" + safe.replacing(scalar: "\"", with: "\"\"") + "\""
    }
}
