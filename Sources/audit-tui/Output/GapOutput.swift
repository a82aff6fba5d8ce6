import AuditSetup
import AuditTrail
import JSON

/// Prints gaps as they are found.
enum GapOutput {
    /// One line for each gap, and a summary.
    static func lines(_ summary: GapSummary) -> [String] {
        let gaps = "\(summary.gaps == 0 ? "no" : grouped(summary.gaps)) gap\(summary.gaps == 1 ? "" : "s")"
        let tables = "\(grouped(summary.tables)) table\(summary.tables == 1 ? "" : "s")"
        let activities = "\(grouped(summary.activities)) activit\(summary.activities == 1 ? "y" : "ies")"
        return ["\(gaps) in \(tables) with \(activities)"]
            + summary.unchecked.map { safe("note: \($0.table) was not checked: \($0.obstacle)") }
    }

    /// `public.orders:42  status, total changed unrecorded, between activity 17 (…) and activity 23 (…)`.
    static func line(_ gap: Gap) -> String {
        let what =
            switch gap.change {
            case .insert: "row was inserted unrecorded"
            case .update: "\(gap.columns.map(sqlIdentifier).joined(separator: ", ")) changed unrecorded"
            case .delete: "row was deleted unrecorded"
            }
        let span =
            gap.before.map { "between \(place(gap.after)) and \(place($0))" }
            ?? "after \(place(gap.after))"
        return safe("\(row(gap))  \(what), \(span)")
    }

    private static func place(_ side: Gap.Side) -> String {
        let time = side.time.isEmpty ? "" : " (\(side.time.prefix(19))Z)"
        return "activity \(side.activity)\(time)"
    }

    /// The row as the filter `--row` takes it.
    private static func row(_ gap: Gap) -> String {
        let columns = key(gap).members ?? []
        let values = columns.map { KeyColumn($0.name, text($0.value)) }
        let term: KeyTerm = values.count == 1 ? .value(values[0].value) : .columns(values)
        return String(FilterTerm.row(TablePattern(gap.table), term).description.dropFirst("row:".count))
    }

    private static func text(_ value: JSON) -> String {
        if case .string(let text) = value { text } else { value.description }
    }

    private static func key(_ gap: Gap) -> JSON { (try? JSON(parsing: gap.key)) ?? .object([]) }

    /// The gap as a member of `gaps` in the document of `status --json`.
    static func document(_ gap: Gap) -> JSON {
        .object([
            .init("schema", .string(gap.table.schema)),
            .init("table", .string(gap.table.name)),
            .init("key", key(gap)),
            .init("after_activity_id", .integer(gap.after.activity)),
            .init("before_activity_id", gap.before.map { .integer($0.activity) } ?? .null),
            .init("change", .string(gap.change.rawValue)),
            .init("columns", .array(gap.columns.map(JSON.string))),
        ])
    }

    /// The tables that were left out, as the member `unchecked` of the document.
    static func document(_ unchecked: [GapSummary.Unchecked]) -> JSON {
        .array(
            unchecked.map {
                .object([
                    .init("schema", .string($0.table.schema)),
                    .init("table", .string($0.table.name)),
                    .init("reason", .string($0.obstacle.description)),
                ])
            }
        )
    }
}
