import AuditQuery
import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// `col:` finds whoever touched a column: the inserts that set it and the updates that changed it.
@Suite struct ColumnFilterTests {
    private func makePeople(on connection: borrowing Connection) throws {
        try connection.run(
            "create table people (id int primary key, email text, name text, prefs jsonb, updated_at int)"
        )
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "people")]
        try Installer.install(request, auditSchema: "audit", on: connection)
        for statement in [
            #"insert into people values (1, 'a@x', 'A', '{"theme": "dark", "n": null}', 1)"#,
            "insert into people values (2, null, 'B', 'null', 1)",
            "update people set name = 'AA' where id = 1",
            "update people set name = 'AAA', email = 'b@x', updated_at = 2 where id = 1",
            "update people set email = 'c@x' where id = 2",
            #"update people set prefs = '{"theme": "light", "n": null}' where id = 1"#,
            "delete from people where id = 1",
        ] { try connection.run(statement) }
    }

    /// A filter of what a masked column holds would be a way around the mask; a value with the signs of globs has none.
    @Test func theSummaryMasksWhatNoTermStandsFor() throws {
        try withDatabase { connection, _ in
            try makePeople(on: connection)
            try connection.run(
                "update people set name = 'what?'; insert into people values (3, null, 'x'), (4, null, 'x')"
            )
            try connection.run("update people set name = 'why*' where id > 2")
            var preferences = TrailPreferences()
            preferences.masks = try Masks(parsing: ["people.name"])
            let trail = try Trail.open(on: connection, schema: "audit", preferences: preferences)
            guard case .summary(let summary) = try trail.answer(to: .summary(Filter()), on: connection) else {
                Issue.record("no summary")
                return
            }
            #expect(summary.items.contains { $0.subject == .transition && $0.text.contains(Masks.text) })
            #expect(!summary.items.contains { $0.text.contains("why") })
        }
    }
}
