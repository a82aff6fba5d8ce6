import AuditSetup
import AuditTrail
import JSON

/// The status of an installation as JSON and as text.
enum StatusReport {
    /// The document for a database without any audit schema.
    static let absent = JSON.object([
        .init("installed", .bool(false)), .init("schema", .null), .init("version", .null), .init("profile", .null),
        .init("tables", .array([])), .init("holes", .array([])), .init("notes", .array([])),
        .init("activity_bytes", .integer(0)), .init("transaction_bytes", .integer(0)), .init("growth", .null),
    ])

    /// The document that `status --json` prints.
    static func document(_ status: AuditSetup.Status) -> JSON {
        .object([
            .init("installed", .bool(status.isInstalled)),
            .init("schema", .string(status.schema)),
            .init("version", .optional(status.version?.description)),
            .init("profile", .optional(status.profile?.rawValue)),
            .init("tables", .array(status.tables.map(table))),
            .init("holes", .array(status.holes.map(hole))),
            .init("notes", .array(status.notes.map(JSON.string))),
            .init("activity_bytes", .integer(status.activityBytes)),
            .init("transaction_bytes", .integer(status.transactionBytes)),
            .init("growth", status.growth.map(growth) ?? .null),
        ])
    }

    private static func growth(_ growth: Growth) -> JSON {
        func amount(_ amount: Growth.Amount) -> JSON {
            .object([
                .init("activities", .integer(amount.activities)), .init("estimated", .bool(amount.isEstimate)),
                .init("bytes", .integer(amount.bytes)),
            ])
        }
        return .object([
            .init("last_24_hours", amount(growth.lastDay)), .init("last_7_days", amount(growth.lastWeek)),
        ])
    }

    private static func table(_ table: TableStatus) -> JSON {
        .object([
            .init("schema", .string(table.name.schema)),
            .init("table", .string(table.name.name)),
            .init("audited", .bool(table.isAudited)),
            .init("left", .bool(table.isLeft)),
            .init("triggers", .object(table.triggers.map { .init($0.name, .string($0.state.rawValue)) })),
            .init("excluded", .array(table.excludedColumns.map(JSON.string))),
            .init("estimated_rows", table.estimatedRows.map { .integer($0) } ?? .null),
            .init("key", .array(table.keyColumns.map(JSON.string))),
            .init("last_activity", .optional(table.lastActivity.map(isoTime))),
        ])
    }

    private static func hole(_ hole: Hole) -> JSON {
        .object([
            .init("kind", .string(hole.kind.rawValue)),
            .init("schema", .string(hole.table.schema)),
            .init("table", .string(hole.table.name)),
            .init("detail", .string(hole.detail)),
        ])
    }

    /// The server's `2026-10-09 17:31:02.114`, known to be UTC, as ISO 8601.
    private static func isoTime(_ text: String) -> String {
        text.replacing(" ", with: "T", maxReplacements: 1) + "Z"
    }

    /// The lines that `status` prints.
    static func lines(_ status: AuditSetup.Status) -> [String] {
        let made = status.version.map { "audit-tui \($0)" } ?? "flask-audit-logger"
        let capture = status.profile.map { "made by \(made), profile \($0.rawValue)" } ?? "captures nothing"
        var lines = [
            "schema    \(safe(sqlIdentifier(status.schema))), \(capture)",
            "size      \(bytes(status.activityBytes)) of activities, \(bytes(status.transactionBytes)) of transactions",
        ]
        if let growth = status.growth {
            lines.append("growth    \(amount(growth.lastDay)) in 24 hours, \(amount(growth.lastWeek)) in 7 days")
        }
        lines.append("")
        lines += grid(header: ["TABLE", "AUDITED", "ROWS", "KEY", "EXCLUDED", "LAST ACTIVITY"], status.tables.map(row))
        lines.append("")
        if status.isInstalled { lines.append(status.holes.isEmpty ? "no holes" : "holes") }
        lines += status.holes.map { safe("  \($0.kind.rawValue)  \($0.table): \($0.detail)") }
        lines += status.notes.map { "note: \(safe($0))" }
        return lines
    }

    private static func row(_ table: TableStatus) -> [String] {
        [
            table.name.description,
            table.isAudited ? "yes" : table.isLeft ? "left" : "no",
            table.estimatedRows.map(String.init) ?? "-",
            table.keyColumns.isEmpty ? "none" : table.keyColumns.map(sqlIdentifier).joined(separator: ","),
            table.excludedColumns.isEmpty ? "-" : table.excludedColumns.map(sqlIdentifier).joined(separator: ","),
            table.lastActivity.map { $0.prefix(19) + "Z" } ?? "-",
        ].map(safe)
    }

    private static func grid(header: [String], _ rows: [[String]]) -> [String] {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        return ([header] + rows).map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return String(cells.joined(separator: "  ").reversed().drop(while: { $0 == " " }).reversed())
        }
    }

    private static func amount(_ amount: Growth.Amount) -> String {
        "\(amount.isEstimate ? "about " : "")\(amount.activities) activities (about \(bytes(amount.bytes)))"
    }

    private static func bytes(_ count: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var amount = count
        var unit = 0
        while amount >= 10_240 && unit < units.count - 1 {
            amount /= 1024
            unit += 1
        }
        return "\(amount) \(units[unit])"
    }
}
