import ArgumentParser
import AuditSetup
import AuditTrail
import JSON
import Testing

@testable import audit_tui

@Suite struct GapOutputTests {
    private func gap(_ change: Gap.Change, key: String, columns: [String] = [], before: Gap.Side? = nil) -> Gap {
        Gap(
            table: TableName(schema: "public", name: "or\u{1B}ders"),
            key: key,
            change: change,
            columns: columns,
            after: Gap.Side(activity: 17, time: "2026-10-09 17:31:02.114331"),
            before: before
        )
    }

    @Test func aLineSaysWhatHappenedToWhichRowAndWhen() {
        let before = Gap.Side(activity: 23, time: "2026-10-09 18:00:00")
        #expect(
            GapOutput.line(gap(.update, key: #"{ "id" : 42 }"#, columns: ["status", "To\u{202E}tal"], before: before))
                == "public.or␛ders:42  status, \"To<U+202E>tal\" changed unrecorded, "
                + "between activity 17 (2026-10-09 17:31:02Z) and activity 23 (2026-10-09 18:00:00Z)"
        )
        #expect(
            GapOutput.line(gap(.delete, key: #"{ "no" : 1.50, "name" : "a b\n" }"#))
                == "public.or␛ders:no=1.50,name=\"a b␊\"  row was deleted unrecorded, "
                + "after activity 17 (2026-10-09 17:31:02Z)"
        )
        var untimed = gap(.insert, key: "{}")
        untimed.after.time = ""
        #expect(GapOutput.line(untimed).hasSuffix("  row was inserted unrecorded, after activity 17"))
    }

    @Test func theDocumentHasTheMembersThatScriptsRead() {
        let before = Gap.Side(activity: 23, time: "")
        #expect(
            GapOutput.document(gap(.update, key: #"{ "id" : 42 }"#, columns: ["status"], before: before)).description
                == #"{"schema":"public","table":"or\u001bders","key":{"id":42},"after_activity_id":17,"#
                + #""before_activity_id":23,"change":"update","columns":["status"]}"#
        )
        #expect(
            GapOutput.document(gap(.delete, key: #"{ "id" : 42 }"#)).description
                == #"{"schema":"public","table":"or\u001bders","key":{"id":42},"after_activity_id":17,"#
                + #""before_activity_id":null,"change":"delete","columns":[]}"#
        )
    }

    @Test func theSummaryCountsAndNamesWhatWasLeftOut() {
        let logs = TableName(schema: "public", name: "logs")
        let unchecked = [GapSummary.Unchecked(table: logs, obstacle: .noKey)]
        #expect(
            GapOutput.lines(GapSummary(tables: 2, activities: 1_234_567, gaps: 1, unchecked: unchecked)) == [
                "1 gap in 2 tables with 1,234,567 activities",
                "note: public.logs was not checked: it has no primary key",
            ]
        )
        #expect(
            GapOutput.lines(GapSummary(tables: 1, activities: 1, gaps: 0, unchecked: []))
                == ["no gaps in 1 table with 1 activity"]
        )
        #expect(
            GapOutput.document(unchecked).description
                == #"[{"schema":"public","table":"logs","reason":"it has no primary key"}]"#
        )
    }

    @Test func aTableIsNamedForGapsOnly() throws {
        let parsed = try AuditTUI.parseAsRoot(["status", "--gaps", "orders", "-d", "shop"])
        let command = try #require(parsed as? StatusCommand)
        #expect(command.gaps && command.table == "orders" && command.connection.dbname == "shop")
        #expect(throws: (any Error).self) { try AuditTUI.parseAsRoot(["status", "orders"]) }
    }

    @Test func errorsEndWithTheStatusThatScriptsExpect() {
        let table = TableName(schema: "public", name: "t")
        #expect(ExitStatus(.notAudited(table)) == .usage)
        #expect(ExitStatus(.cannotBeChecked(table, .noKey)) == .failure)
        #expect(ExitStatus(.gapCheckStopped) == .interrupted)
    }
}
