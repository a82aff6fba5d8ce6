import AuditTrail
import JSON
import Report
import Screen
import Testing

@Suite struct ReportTests {
    private func activity(old: String, changed: String, verb: Verb = .update) throws -> Activity {
        Activity(
            id: 7,
            transactionID: 3,
            nativeTransactionID: 812,
            issuedAt: Timestamp(microseconds: 1_791_567_062_114_331),
            table: TableName(schema: "public", name: "orders"),
            verb: verb,
            key: [JSON.Member("id", .number("57"))],
            oldData: try JSON(parsing: old),
            changedData: try JSON(parsing: changed)
        )
    }

    @Test func signsWithCombiningMarksNeedQuotesInATableToo() throws {
        let change = AttributedActivity(
            try activity(old: "{}", changed: "{}"),
            actor: Actor(id: "4\"\u{301}", label: ",\u{301}"),
            clientAddress: nil,
            context: nil
        )
        #expect(CSVReport.line(change).contains(",\"4\"\"\u{301}\",\",\u{301}\","))
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+a", "'+a"), ("-a", "'-a"), ("@a", "'@a"), ("\t=1", "'␉=1"), ("\ta", "'␉a"),
        ("\ra", "'␍a"),
        ("  =1", "'  =1"), ("'=1", "''=1"), ("\"=1", "\"'\"\"=1\""), (" \u{A0}-x", "' \u{A0}-x"),
        ("\u{FF1D}1", "'\u{FF1D}1"),
        ("=1\u{301}", "'=1\u{301}"), ("=\u{301}1", "'=\u{301}1"), ("-1-1", "'-1-1"), ("-1e", "'-1e"),
        ("+1;=2", "'+1;=2"),
        ("-5", "-5"), ("+1.50", "+1.50"), ("-1e-7", "-1e-7"), ("1", "1"), ("a=1", "a=1"), ("#1", "#1"), ("'a", "'a"),
    ]) func cellsThatBeginLikeAFormulaAreText(text: String, cell: String) throws {
        let actor = Actor(id: text, label: nil)
        let activity = try activity(old: "{}", changed: "{}")
        let change = AttributedActivity(activity, actor: actor, clientAddress: nil, context: nil)
        #expect(CSVReport.line(change).contains(",2026-10-09T17:31:02.114331Z,\(cell),,"))
        #expect(!CSVReport.line(change, isRaw: true).contains(",'") || text.hasPrefix("'"))
    }

    @Test func oneActivityIsOneLineOfJSONWithItsKeysInOrder() throws {
        let activity = try activity(old: #"{"id":57,"status":"pending","n":1.10}"#, changed: #"{"status":"paid"}"#)
        let line = jsonLine(
            AttributedActivity(
                activity,
                actor: Actor(id: "42", label: "Alice"),
                clientAddress: "10.0.3.17",
                context: nil
            )
        ).description
        #expect(
            line
                == #"{"activity_id":7,"transaction_id":3,"native_transaction_id":812,"#
                + #""issued_at":"2026-10-09T17:31:02.114331Z","actor":{"id":"42","label":"Alice"},"client_addr":"10.0.3.17","#
                + #""schema":"public","table":"orders","verb":"update","key":{"id":57},"#
                + #""old":{"id":57,"status":"pending","n":1.10},"changed":{"status":"paid"},"context":null}"#
        )
    }

    @Test func whatIsNotThereIsNull() throws {
        var activity = try activity(old: "{}", changed: "{}", verb: .truncate)
        activity.transactionID = nil
        activity.key = nil
        let line = try JSON(
            parsing: jsonLine(AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)).description
        )
        for name in ["transaction_id", "actor", "client_addr", "key", "context"] { #expect(line[name] == .null) }
    }

    @Test func aTransactionIsAParagraphOfSafeText() throws {
        let transaction = Transaction(
            nativeID: 812,
            id: 3,
            actor: Actor(id: "42", label: "Ali\u{1B}ce"),
            clientAddress: "10.0.3.17",
            issuedAt: Timestamp(microseconds: 1_791_567_062_114_331),
            counts: VerbCounts(updates: 3),
            tables: [],
            samples: [],
            firstActivityID: 7
        )
        let activity = try activity(old: #"{"id":57,"status":"pending"}"#, changed: #"{"status":"paid"}"#)
        #expect(
            TransactionReport(transaction, [activity]).lines.map(\.string) == [
                "transaction 3  2026-10-09T17:31:02.114331Z  Ali␛ce (#42)  10.0.3.17",
                "    update public.orders id=57",
                "      - status: \"pending\"",
                "      + status: \"paid\"",
                "    … 2 further changes",
                "",
            ]
        )
    }

    @Test func aWriteFromOutsideTheApplicationSaysSo() {
        let transaction = Transaction(
            nativeID: 812,
            id: nil,
            actor: nil,
            clientAddress: nil,
            issuedAt: nil,
            counts: VerbCounts(),
            tables: [],
            samples: [],
            firstActivityID: 7
        )
        #expect(
            TransactionReport(transaction, []).lines.map(\.string)
                == ["outside the application, xid 812  unknown time  unknown actor", ""]
        )
    }
}
