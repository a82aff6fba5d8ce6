import AuditTrail
import JSON
import Screen

/// Who last wrote each value of a row, in lines or as one object of JSON.
public struct BlameReport {
    /// The lines, without line feeds, safe to print to a terminal.
    public let lines: [SafeText]

    /// A value takes no more columns.
    private static let valueWidth = 40

    /// The report of the row of a history.
    public init(_ blame: Blame, of history: RowHistory) {
        let cells = blame.entries.map { entry in
            [
                SafeText(pathText(entry.path)), SafeText(entry.value.lineText).truncated(to: Self.valueWidth),
                SafeText(entry.writer?.writerText ?? "not in the trail"),
                SafeText(entry.writer?.activity.issuedAt?.iso8601 ?? "") + BlameReport.mark(entry, history.shape),
            ]
        }
        let widths = (0..<3).map { column in cells.map { $0[column].width }.max() ?? 0 }
        lines =
            [SafeText("\(history.shape.name.description) \(keyText(history.key))") + Self.deletion(blame)]
            + cells.map { row in
                zip(row, widths).reduce(SafeText("  ")) { $0 + $1.0.padded(to: $1.1) + SafeText("  ") } + row[3]
            }
    }

    private static func mark(_ entry: Blame.Entry, _ shape: TableShape) -> SafeText {
        guard case .member(let name)? = entry.path.first, let mark = shape.column(name)?.mark(of: entry.value) else {
            return SafeText("")
        }
        return SafeText("  " + mark)
    }

    private static func deletion(_ blame: Blame) -> SafeText {
        guard let deletion = blame.deletion else { return SafeText("") }
        let time = deletion.activity.issuedAt.map { " " + $0.iso8601 } ?? ""
        return SafeText("  deleted by \(deletion.writerText)\(time); as it was last")
    }

    /// The blame as an object of JSON.
    public static func json(_ blame: Blame, of history: RowHistory) -> JSON {
        let columns = blame.entries.map { entry in
            let activity = entry.writer?.activity
            return JSON.object([
                JSON.Member("path", .array(entry.path.map(\.json))),
                JSON.Member("value", entry.value),
                JSON.Member("activity_id", activity.map { .integer($0.id) } ?? .null),
                JSON.Member("transaction_id", activity?.transactionID.map { .integer($0) } ?? .null),
                JSON.Member("issued_at", .optional(activity?.issuedAt?.iso8601)),
                JSON.Member("actor", actorObject(entry.writer?.actor)),
            ])
        }
        return JSON.object([
            JSON.Member("schema", .string(history.shape.name.schema)),
            JSON.Member("table", .string(history.shape.name.name)),
            JSON.Member("key", .object(history.key)),
            JSON.Member("deleted_by_activity_id", blame.deletion.map { .integer($0.activity.id) } ?? .null),
            JSON.Member("columns", .array(columns)),
        ])
    }
}

extension PathStep {
    /// The step as a string or a whole number.
    fileprivate var json: JSON {
        switch self {
        case .member(let name): .string(name)
        case .element(let index): .integer(index)
        }
    }
}
