import AuditTrail
import Screen

@testable import InstallPicker

extension TableChoice {
    /// A shop of three tables, one of which is recorded already.
    static func shop(_ size: Size = Size(columns: 80, rows: 24)) -> TableChoice {
        let customers: [Column] = [
            .sample("id", "bigint", .number("1")), .sample("email", "character varying(80)", .text("text")),
            .sample("password_hash", "text", .text("text"), isSuspicious: true),
            .sample("prefs", "jsonb", .object), .sample("balance", "numeric(12,2)", .number("1.5")),
            .sample("owes", "boolean", .boolean, isGenerated: true), .sample("tags", "text[]", .array),
            .sample("created_at", "timestamp with time zone", .text("2026-01-31T13:45:00+00:00")),
        ]
        let logs: [Column] = [.sample("line", "text", .text("text"))]
        let orders: [Column] = [
            .sample("id", "bigint", .number("1")), .sample("pin", "text", .text("text"), isSuspicious: true),
        ]
        let sessions: [Column] = [.sample("token", "uuid", .text("uuid"), isSuspicious: true)]
        return TableChoice(
            database: "shop",
            auditSchema: "audit",
            items: [
                .sample("customers", "5.0 k", ["id"], customers, notes: ["jsonb prefs"]),
                .sample("logs", "9.8 M", [], logs, notes: ["no key"]),
                .sample("orders", "?", ["id"], orders, isAudited: true),
                .sample("sessions", "1.2 M", ["token"], sessions),
            ],
            size: size
        )
    }

    /// The picker after some keys.
    func after(_ keys: Key...) -> TableChoice {
        var picker = self
        for key in keys { _ = picker.handle(key) }
        return picker
    }
}

extension TableChoice.Column {
    static func sample(
        _ name: String,
        _ type: String,
        _ sample: SampleValue,
        isGenerated: Bool = false,
        isSuspicious: Bool = false
    ) -> Self {
        Self(
            name: name,
            type: type,
            sample: sample,
            isGenerated: isGenerated,
            isSuspicious: isSuspicious,
            isExcluded: false
        )
    }
}

extension TableChoice.Item {
    static func sample(
        _ name: String,
        _ rows: String,
        _ keyColumns: [String],
        _ columns: [TableChoice.Column],
        notes: [String] = [],
        isAudited: Bool = false
    ) -> Self {
        Self(
            table: TableName(schema: "public", name: name),
            rows: rows,
            keyColumns: keyColumns,
            columns: columns,
            notes: notes,
            isAudited: isAudited
        )
    }
}
