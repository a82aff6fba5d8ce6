import AuditTrail
import JSON
import Screen

/// The rows of a table as they were at a moment, a line for each.
public struct TableReport {
    /// The lines, without line feeds, safe to print to a terminal: what it is, the columns, and the rows.
    public let lines: [SafeText]

    /// The report of a table.
    public init(_ table: TableAtTime) {
        let uncertain = table.rows.count { $0.existence == .unknown }
        let there = table.rows.count - uncertain
        var words = "\(table.shape.name) at \(table.moment.iso8601): \(grouped(there)) row\(there == 1 ? "" : "s")"
        if uncertain > 0 { words += ", and \(grouped(uncertain)) of which the trail cannot tell" }
        guard !table.rows.isEmpty else {
            lines = [SafeText(words)]
            return
        }
        let names = TableReport.columns(of: table)
        let cells = [names.map { SafeText($0) }] + table.rows.map { row in names.map { TableReport.cell($0, of: row) } }
        let widths = names.indices.map { column in cells.map { $0[column].width }.max() ?? 0 }
        let body = cells.map { row in
            // Nothing is behind the last column that it would have to be padded for.
            row.indices.reduce(SafeText("")) { line, column in
                line + "  " + (column == row.count - 1 ? row[column] : row[column].padded(to: widths[column]))
            }
        }
        lines = [SafeText(words)] + body
    }

    /// The columns that the table has now, and those that only rows of then have.
    private static func columns(of table: TableAtTime) -> [String] {
        var names = table.shape.columns.map(\.name)
        var known = Set(names)
        for case .row(let values) in table.rows.map(\.existence) {
            for member in values.members ?? [] where known.insert(member.name).inserted { names.append(member.name) }
        }
        return names
    }

    /// The value as JSON, `NULL`, `?` where it is not known, nothing where the row had no such column.
    private static func cell(_ column: String, of row: RowAtTime) -> SafeText {
        guard case .row(let values) = row.existence, let value = values[column] else {
            if let key = row.key.first(where: { $0.name == column }) { return SafeText(key.value.description) }
            return row.unknownColumns.contains(column) ? "?" : ""
        }
        return value == .null ? "NULL" : SafeText(value.description)
    }
}
