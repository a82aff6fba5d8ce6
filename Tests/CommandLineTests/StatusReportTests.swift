import AuditTrail
import JSON
import Testing

@testable import AuditSetup
@testable import audit_tui

@Suite struct StatusReportTests {
    private let orders = TableName(schema: "public", name: "or\u{1B}ders")

    private var status: Status {
        Status(
            isInstalled: true,
            schema: "audit",
            version: InstallationVersion("1.0.0"),
            profile: .standard,
            tables: [
                TableStatus(
                    name: orders,
                    isAudited: true,
                    isLeft: false,
                    triggers: [TriggerStatus(name: "audit_trigger_insert", state: .replica)],
                    excludedColumns: ["token"],
                    estimatedRows: 7,
                    keyColumns: ["id"],
                    lastActivity: "2026-10-09 17:31:02.114331"
                )
            ],
            holes: [Hole(kind: .noKey, table: orders, detail: "none")],
            notes: [],
            activityBytes: 20_480,
            transactionBytes: 100,
            estimatedActivities: 3,
            growth: Growth(
                lastDay: Growth.Amount(activities: 2, bytes: 13_720),
                lastWeek: Growth.Amount(activities: 3, isEstimate: true, bytes: 20_580)
            )
        )
    }

    @Test func theDocumentHasTheMembersThatScriptsReadAndNoControlCharacters() {
        #expect(
            StatusReport.document(status).description
                == #"{"installed":true,"schema":"audit","version":"1.0.0","profile":"standard","#
                + #""tables":[{"schema":"public","table":"or\u001bders","audited":true,"left":false,"#
                + #""triggers":{"audit_trigger_insert":"replica"},"excluded":["token"],"estimated_rows":7,"key":["id"],"#
                + #""last_activity":"2026-10-09T17:31:02.114331Z"}],"#
                + #""holes":[{"kind":"no_key","schema":"public","table":"or\u001bders","detail":"none"}],"#
                + #""notes":[],"activity_bytes":20480,"transaction_bytes":100,"#
                + #""growth":{"last_24_hours":{"activities":2,"estimated":false,"bytes":13720},"#
                + #""last_7_days":{"activities":3,"estimated":true,"bytes":20580}}}"#
        )
    }

    @Test func theTextIsATableWithoutEscapesOrBlanksAtLineEnds() {
        let lines = StatusReport.lines(status)
        #expect(lines.contains { $0.hasPrefix("public.\"or␛ders\"  yes      7     id   token") })
        #expect(lines.contains("size      20 kB of activities, 100 B of transactions"))
        #expect(
            lines.contains(
                "growth    2 activities (about 13 kB) in 24 hours, about 3 activities (about 20 kB) in 7 days"
            )
        )
        #expect(!lines.contains { $0.hasSuffix(" ") || $0.contains("\u{1B}") })
    }
}
