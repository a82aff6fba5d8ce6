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

    private static let cases: [(String, [Int64])] = [
        ("col:email", [5, 4, 1]), ("col=email", [5, 4, 1]), ("col:em*", [5, 4, 1]), ("col~^EMA", [5, 4, 1]),
        ("col:email table:people", [5, 4, 1]), ("col:email verb:i", [1]), ("!col:email", [7, 6, 3, 2]),
        ("col:prefs", [6, 1]), ("col:prefs.theme", [6, 1]), ("col:prefs.n", []), ("col:nothing", []),
        ("col:updated_at,prefs.theme", [6, 4, 2, 1]), ("email:*->*", [5, 4]),
    ]

    @Test func insertsThatSetAColumnAreFoundWithItsUpdates() throws {
        try withDatabase { connection, database in
            try makePeople(on: connection)
            let trail = try Trail.open(on: connection, schema: "audit")
            for (text, expected) in Self.cases {
                let filter = try filter(text)
                #expect(try logged(filter, trail, database) == expected, "\(text)")
                let listed = try allTransactions(filter, from: .newest, pageSize: 2, trail, connection)
                #expect(listed.map(\.firstActivityID) == expected, "\(text)")
                guard case .count(let count) = try trail.answer(to: .count(filter, at: .newest), on: connection) else {
                    Issue.record("no count")
                    return
                }
                #expect(count.changes == expected.count, "\(text)")
            }
        }
    }

    private func logged(_ filter: Filter, _ trail: Trail, _ database: TestDatabase) throws -> [Int64] {
        let connection = try database.connect()
        var reader = try TrailReader.open(connection, trail: trail, filter: filter)
        return try reader.nextActivities(limit: 100).map(\.activity.id)
    }

    @Test func whatFollowsIsFoundAlike() throws {
        try withDatabase { connection, database in
            try makePeople(on: connection)
            let trail = try Trail.open(on: connection, schema: "audit")
            let filter = try filter("col:email")
            guard case .news(let moment, _) = try trail.answer(to: .news(since: nil, filter), on: connection) else {
                Issue.record("no moment")
                return
            }
            let writer = try database.connect()
            for values in ["(3, 'd@x')", "(4, null)"] {
                try writer.run("insert into people (id, email) values \(values)")
            }
            guard case .news(_, let found) = try trail.answer(to: .news(since: moment, filter), on: connection) else {
                Issue.record("no news")
                return
            }
            #expect(found.count == 1)
        }
    }

    @Test func theListBeginsWithTheColumnThatIsAskedFor() throws {
        try withDatabase { connection, _ in
            try makePeople(on: connection)
            let trail = try Trail.open(on: connection, schema: "audit")
            let cases = [
                "col:email": ["email null→c@x", "email a@x→b@x, name AA→AAA, updated_at", "+1 row"],
                "col:updated_at verb:u": ["updated_at 1→2, name AA→AAA, email a@x→b@x"],
                "updated_at:1->2": ["updated_at 1→2, name AA→AAA, email a@x→b@x"],
                "id:4": ["name AA→AAA, email a@x→b@x, updated_at"],
            ]
            for (text, summaries) in cases {
                let list = try allTransactions(filter(text), from: .newest, pageSize: 10, trail, connection)
                #expect(list.map(\.changeSummary) == summaries, "\(text)")
            }
        }
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
