import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Values that fitted the table when they were recorded, and no longer do.
@Suite struct UnfitValueTests {
    private func prepare(_ connection: borrowing Connection) throws {
        try connection.run(
            """
            create type mood as enum ('sad', 'ok');
            create table t (id int primary key, m mood, v varchar(20), n numeric(10, 2), k int)
            """
        )
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "t")]
        try Installer.install(request, auditSchema: "audit", on: connection)
        try connection.run("insert into t select g, 'ok', 'short', 1, g from generate_series(1, 600) as g")
    }

    private func verdicts(
        _ filter: Filter,
        _ connection: borrowing Connection
    ) throws -> [RevertScript.Verdict?] {
        let trail = try Trail.open(on: connection, schema: "audit")
        let request = RevertRequest(filter: filter, isChecked: true)
        guard case .revert(let script) = try trail.answer(to: .revert(request), on: connection) else { return [] }
        return script.statements.map(\.verdict)
    }

    @Test(arguments: [
        ("update t set v = 'x' where id = 5", "alter table t alter v type varchar(5)", "value too long for type"),
        (
            "update t set m = 'ok' where id = 5", "alter type mood rename value 'sad' to 'blue'",
            "invalid input value for enum"
        ),
        ("update t set n = 2 where id = 5", "alter table t alter n type numeric(4, 2)", "numeric field overflow"),
    ])
    func itIsAVerdictOnItsStatementAlone(update: String, change: String, reason: String) throws {
        try withDatabase { connection, _ in
            try prepare(connection)
            try connection.run("update t set m = 'sad', v = 'a long value', n = 12345678 where id = 5")
            try connection.run("begin; update t set k = k + 1; \(update); commit; \(change)")
            let last = try connection.rows("select max(id) from audit.transaction")
            let verdicts = try verdicts(filter("tx:\(last[0])"), connection)
            #expect(verdicts.count == 601)
            let impossible = verdicts.compactMap { verdict -> String? in
                if case .impossible(let reason)? = verdict { reason } else { nil }
            }
            #expect(impossible.count == 1)
            #expect(impossible.first?.hasPrefix("a value does not fit the table any more: \(reason)") == true)
            #expect(verdicts.filter { $0 == .applies }.count >= 599)
        }
    }

    /// What is kept as its text could also have been a string with that text.
    @Test(arguments: [
        ("json", "'1e200000'"), ("json", #"'{"a": ["\u0000"]}'"#), ("json", #"'"\ud800"'"#), ("json", #"'"\\\u0000"'"#),
        ("json", #"'"1e-20000"'"#), ("json[]", #"array['1', '[1E+200000]']::json[]"#), ("pair", #"row(1, '"\u0000"')"#),
    ])
    func jsonThatJSONBCannotHoldIsNotTakenBack(type: String, value: String) throws {
        try withDatabase { connection, _ in
            try connection.run(
                "create type pair as (n int, j json); create table t (id int primary key, j \(type), b jsonb, n int)"
            )
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "t")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run(
                """
                insert into t values (1, null, '{"a": "1e200000"}', 1);
                begin; update t set j = \(value), b = '"1e99999"'; commit;
                begin; update t set n = 2; commit;
                begin; update t set j = null; commit
                """
            )
            let filter = Filter([.term(.verb([.update]))])
            let found = try verdicts(filter, connection)
            let reason = "the value of column j is not certain: it may be JSON that jsonb cannot hold, kept as its text"
            // That of n alone is taken back.
            #expect(found == [.impossible(reason), .applies, .impossible(reason)])
        }
    }
}
