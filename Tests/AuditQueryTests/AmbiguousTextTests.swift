import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Values that were recorded in a style which the trail does not know, as flask-audit-logger records them.
@Suite struct AmbiguousTextTests {
    @Test(arguments: [
        ("daterange", "[2024-02-01,2024-03-04)", false),
        ("daterange", "[01.02.2024,04.03.2024)", true),
        ("daterange", "[02/01/2024,03/04/2024)", true),
        ("daterange", "[02-01-2024,)", true),
        ("daterange", "empty", false),
        ("daterange", "(,infinity]", false),
        ("daterange", "[-infinity,2024-03-04)", false),
        ("tsrange", #"["2024-02-01 00:00:00","2024-03-04 00:00:00")"#, false),
        ("tsrange", #"["Thu Feb 01 00:00:00 2024","Mon Mar 04 00:00:00 2024")"#, true),
        ("tstzrange", #"["01/02/2024 00:00:00 CET",)"#, true),
        ("datemultirange", "{[2024-02-01,2024-03-04)}", false),
        ("datemultirange", "{[01.02.2024,04.03.2024)}", true),
        ("int4range", "[1,5)", false),
        ("interval", "-1 days -02:03:04", false),
        ("interval", "-1 2:03:04", true),
        ("interval", "+0-0 -1 -2:03:04", false),
        ("interval", "P-1DT-2H-3M-4S", false),
        ("interval", "@ 1 day 2 hours ago", false),
        ("interval", "-02:03:04", false),
        ("text", "-1 2:03:04", false),
    ])
    func whatMeansOneThingOnlyIsToldApart(type: String, text: String, isAmbiguous: Bool) {
        let column = TableShape.Column(name: "c", type: type, kind: .other)
        #expect(column.isAmbiguous(.string(text)) == isAmbiguous)
        let array = TableShape.Column(name: "c", type: type + "[]", kind: .other)
        #expect(array.isAmbiguous(.array([.null, .string(text)])) == isAmbiguous)
    }

    @Test func itMakesNoGapAndIsNotTakenBack() throws {
        try withDatabase { connection, _ in
            try connection.run("create table s (id int primary key, r daterange, i interval, n int)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "s")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run(
                "insert into s values (1, '[2024-02-01,2024-03-04)', '-1 day -02:03:04', 0); update s set n = 1; "
                    + "update s set r = null"
            )
            // What the original would have recorded in a session of other styles.
            try connection.run(
                """
                set session_replication_role = replica;
                update audit.activity set old_data = old_data || '{"r": "[01.02.2024,04.03.2024)", "i": "-1 2:03:04"}' where id > 1
                """
            )
            let trail = try Trail.open(on: connection, schema: "audit")
            let question = Question.history(TablePattern(name: "s"), .typed("1"), limit: .max)
            guard case .history(let history) = try trail.answer(to: question, on: connection) else {
                Issue.record("no history")
                return
            }
            #expect(history.versions.compactMap(\.gap).isEmpty && history.endGap == nil)
            let reasons = history.versions.compactMap { version -> String? in
                let term = FilterTerm.number(.activity, .anyOf([version.change.activity.id]))
                let request = RevertRequest(filter: Filter([.term(term)]), isChecked: true)
                guard case .revert(let script)? = try? trail.answer(to: .revert(request), on: connection),
                    case .impossible(let reason)? = script.statements.first?.verdict
                else { return nil }
                return reason
            }
            #expect(reasons.count == 1 && reasons[0].hasPrefix("the value of column r is not certain"))
        }
    }
}
