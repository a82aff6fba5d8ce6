import AuditTrail
import JSON
import Screen

/// A row as it was at a moment, in lines or as one object of JSON.
public struct RowReport {
    /// The lines, without line feeds, safe to print to a terminal.
    public let lines: [SafeText]

    /// The report of a row.
    public init(_ row: RowAtTime) {
        let name = "\(row.table.description) \(keyText(row.key)) at \(row.moment.iso8601)"
        var lines: [SafeText]
        switch row.existence {
        case .row(let values):
            let unknown = row.unknownColumns.map { ($0, "unknown: not in the trail") }
            let values =
                (values.members ?? []).map { member in
                    (member.name, member.value.lineText + (row.marks[member.name].map { "  " + $0 } ?? ""))
                } + unknown
            let width = values.map { SafeText($0.0).width }.max() ?? 0
            lines = [SafeText(name)]
            lines += values.map { SafeText("  ") + SafeText($0).padded(to: width) + SafeText("  \($1)") }
        case .absent: lines = [SafeText("\(name): there was no such row")]
        case .unknown: lines = [SafeText("\(name): the trail cannot tell")]
        }
        let changes = [("last written", row.lastChange), ("next written", row.nextChange)]
        lines += changes.map { words, change in RowReport.line(words, change) }
        self.lines = lines
    }

    private static func line(_ words: String, _ change: AttributedActivity?) -> SafeText {
        guard let change else { return SafeText("  \(words): the trail has nothing") }
        let time = change.activity.issuedAt?.iso8601 ?? "unknown time"
        return SafeText("  \(words): \(time)  \(change.writerText)  \(change.activity.verb.word)")
    }

    /// The row as an object of JSON.
    public static func json(_ row: RowAtTime) -> JSON {
        let exists: JSON
        var values = JSON.null
        switch row.existence {
        case .row(let row): (exists, values) = (.bool(true), row)
        case .absent: exists = .bool(false)
        case .unknown: exists = .null
        }
        return JSON.object([
            JSON.Member("schema", .string(row.table.schema)),
            JSON.Member("table", .string(row.table.name)),
            JSON.Member("key", .object(row.key)),
            JSON.Member("at", .string(row.moment.iso8601)),
            JSON.Member("exists", exists),
            JSON.Member("row", values),
            JSON.Member("unknown", .array(row.unknownColumns.map(JSON.string))),
        ])
    }
}
