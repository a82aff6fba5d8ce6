import AuditTrail
import JSON
import Screen

/// Changes as a table of comma-separated values (RFC 4180), one line for each, documents as JSON, null as nothing.
///
/// A cell that a spreadsheet would take for a formula has an apostrophe in front, which makes text of it there.
public enum CSVReport {
    /// The line of the names.
    public static let heading =
        "activity_id,transaction_id,native_transaction_id,issued_at,actor_id,actor_label,client_addr,schema,table,verb,"
        + "key,old,changed,context"

    /// The line of a change, without a line feed; nothing in it can act on a terminal.
    ///
    /// Where it is to be raw, cells that begin like a formula are left as they are.
    public static func line(_ change: AttributedActivity, isRaw: Bool = false) -> String {
        let activity = change.activity
        let fields: [String?] = [
            String(activity.id), activity.transactionID.map { String($0) }, String(activity.nativeTransactionID),
            activity.issuedAt?.iso8601, change.actor?.id, change.actor?.label, change.clientAddress,
            activity.table.schema, activity.table.name, activity.verb.word,
            activity.key.map { JSON.object($0).description }, activity.oldData?.description,
            activity.changedData?.description, change.context?.description,
        ]
        return fields.map { text in
            text.map { field(!isRaw && isFormula($0) ? "'" + $0 : $0) } ?? ""
        }.joined(separator: ",")
    }

    /// A field, in quotes where it needs them; an empty text is in quotes, since nothing at all is null.
    private static func field(_ text: String) -> String {
        let safe = SafeText(text).string
        let scalars = safe.unicodeScalars
        let isPlain =
            !safe.isEmpty && !scalars.contains { ",\"\r\n".unicodeScalars.contains($0) } && scalars.first != " "
            && scalars.last != " "
        return isPlain ? safe : "\"" + safe.replacing(scalar: "\"", with: "\"\"") + "\""
    }

    /// Whether a spreadsheet would take the text for a formula: by its first sign behind blanks and quotes, which some drop.
    ///
    /// After OWASP, "CSV Injection"; the wide forms of the signs are taken for them in some languages.
    private static func isFormula(_ text: String) -> Bool {
        let rest = text.unicodeScalars.drop { $0.properties.isWhitespace || "\"'".unicodeScalars.contains($0) }
        let skipped = text.unicodeScalars[..<rest.startIndex]
        let begins = rest.first.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
        return (begins || skipped.contains { $0 == "\t" || $0 == "\r" }) && !isNumber(text)
    }

    /// Whether the text is a number, with a sign or without: `-5`, `+1.50`, `-1e-7`.
    private static func isNumber(_ text: String) -> Bool {
        let digits =
            text.utf8.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? text.utf8.dropFirst() : text.utf8[...]
        guard let first = digits.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else { return false }
        return digits.allSatisfy { "0123456789.eE+-".utf8.contains($0) } && Double(text) != nil
    }
}
