import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Reverts of values that are too large for a script, which takes them out of the trail.
@Suite struct LargeRevertTests {
    /// Values of each type, of more than 64 kB each, that differ by a number.
    private static func values(_ seed: Int) -> String {
        """
        'title \(seed)', (select string_agg(md5(i::text || '\(seed)'), E'\\\\''"\\u20ac') from generate_series(1, 4000) i),
        (select jsonb_object_agg('k' || i, jsonb_build_array(i + \(seed), null, 'ä"')) from generate_series(1, 9000) i),
        (repeat('\(seed)', 131000) || '.' || repeat('\(seed)', 16000) || '0')::numeric,
        array(select nullif(md5(i::text || '\(seed)'), '') || ',{}"' from generate_series(1, 3000) i)
        """
    }

    private static let columns = "title, body, data, number, words"
    /// What the table holds, by digests.
    private static let state =
        "select id, title, md5(body), md5(data::text), md5(number::text), md5(words::text) from letters"

    private func withLetters(
        _ body: (borrowing Connection, TestDatabase) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table letters (id int primary key, title text, body text, data jsonb, number numeric, words text[],
                    times interval[])
                """
            )
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "letters")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try body(connection, database)
        }
    }

    private func script(_ filter: Filter, partial: Bool = false, _ database: TestDatabase) throws -> RevertScript {
        let reader = try database.connect()
        let trail = try Trail.open(on: reader, schema: "audit")
        let request = RevertRequest(filter: filter, isPartial: partial, isChecked: true, mostBytes: 2_000_000)
        guard case .revert(let script) = try trail.answer(to: .revert(request), on: reader) else {
            throw PostgresError.library(message: "no script")
        }
        return script
    }

    /// What the server is sent.
    private func text(_ script: RevertScript) -> String {
        ([script.head] + script.statements.map(\.sql) + [script.closing, script.foot]).joined(separator: "\n")
    }

    private func activity(_ ids: Int64...) -> Filter { Filter([.term(.number(.activity, .anyOf(ids)))]) }

    private func run(_ script: RevertScript, on connection: borrowing Connection) throws {
        do {
            try connection.run(text(script))
        } catch {
            try connection.run("rollback")
            throw error
        }
    }

    @Test func updatesInsertsAndDeletesOfAllTypesComeBackAsTheyWere() throws {
        try withLetters { connection, database in
            try connection.run("insert into letters select 1, \(Self.values(1))")
            let first = try connection.rows(Self.state)
            try connection.run("update letters set (\(Self.columns)) = (select \(Self.values(2)))")
            let second = try connection.rows(Self.state)
            #expect(first != second)
            try connection.run("delete from letters")
            for (id, state) in [(Int64(3), second), (2, first), (1, [])] {
                let script = try script(activity(id), database)
                #expect(script.statements.map(\.verdict) == [.applies])
                // The script itself says little, and what it reads where.
                #expect(script.text.utf8.count < 60_000)
                #expect(script.text.contains("is read from activity \(id)\n"))
                try run(script, on: connection)
                #expect(try connection.rows(Self.state) == state, "activity \(id)")
                // What is so already needs nothing.
                let again = try self.script(activity(id), database)
                #expect(again.statements.map(\.verdict) == [.reverted])
                try run(again, on: connection)
                #expect(try connection.rows(Self.state) == state)
            }
        }
    }

    @Test func severalChangesOfOneRowComeBackInOneScript() throws {
        try withLetters { connection, database in
            try connection.run("insert into letters select 1, \(Self.values(1))")
            let first = try connection.rows(Self.state)
            for seed in 2...4 {
                try connection.run("update letters set (\(Self.columns)) = (select \(Self.values(seed)))")
            }
            let script = try script(activity(2, 3, 4), database)
            #expect(script.statements.map(\.verdict) == [.applies, .applies, .applies])
            try run(script, on: connection)
            #expect(try connection.rows(Self.state) == first)
            // As the revert as a whole leaves it.
            #expect(
                try self.script(activity(2, 3, 4), database).statements.map(\.verdict?.word) == [
                    "reverted", "reverted", "reverted",
                ]
            )
            try run(script, on: connection)
            #expect(try connection.rows(Self.state) == first)
        }
    }

    /// One character in the middle of a large value is a change.
    @Test(arguments: [
        "body = overlay(body placing '#' from 70000)", "data = jsonb_set(data, '{k7000,1}', '0')",
        "number = number + 1", "words[2000] = 'x'",
    ])
    func whatWasChangedSinceIsRefused(change: String) throws {
        try withLetters { connection, database in
            try connection.run("insert into letters select 1, \(Self.values(1))")
            try connection.run("update letters set (\(Self.columns)) = (select \(Self.values(2)))")
            try connection.run("update letters set \(change)")
            let changed = try connection.rows(Self.state)
            let column = String(change.prefix { $0.isLetter })
            let script = try script(activity(2), database)
            #expect(script.statements.map(\.verdict) == [.conflict("changed since: \(column); last written in tx 3")])
            #expect(throws: PostgresError.self) { try run(script, on: connection) }
            #expect(try connection.rows(Self.state) == changed)
            let partial = try self.script(activity(2), partial: true, database)
            #expect(partial.statements.map(\.verdict) == [.partly("changed since: \(column); last written in tx 3")])
            try run(partial, on: connection)
            // All but that column.
            try connection.run("update letters set (title) = row('title 1')")
            let kept =
                "select \(column)::text = (select changed_data ->> '\(column)' from audit.activity where id = 3) from letters"
            if column != "words" { #expect(try connection.rows(kept).first != "f") }
            let others = ["body", "number"].filter { $0 != column }.map {
                "\($0)::text = (select changed_data ->> '\($0)' from audit.activity where id = 1)"
            }
            #expect(try connection.rows("select \(others.joined(separator: " and ")) from letters") == ["t"])
        }
    }

    /// Rows that refer to each other come back in one statement, each with its own values.
    @Test func rowsThatReferToEachOtherComeBackAtOnce() throws {
        try withLetters { connection, database in
            try connection.run(
                "alter table letters add other int references letters deferrable initially deferred"
            )
            let insert = "insert into letters (id, \(Self.columns), other) select"
            try connection.run("begin; \(insert) 1, \(Self.values(1)), 2; \(insert) 2, \(Self.values(2)), 1; commit")
            let before = try connection.rows(Self.state + " order by id")
            try connection.run("begin; delete from letters; commit")
            let script = try script(activity(3, 4), database)
            #expect(script.statements.map(\.verdict) == [.applies, .applies])
            try run(script, on: connection)
            #expect(try connection.rows(Self.state + " order by id") == before)
        }
    }

    /// What has to be looked at to know what it means is read as a whole, or refused where somebody waits at a screen.
    @Test func valuesThatMustBeLookedAtAreRead() throws {
        try withLetters { connection, database in
            let times = "array(select i * interval '1 h' from generate_series(1, $) i)"
            let old = times.split(separator: "$").joined(separator: "20000")
            try connection.run("insert into letters (id, title, times) values (1, 'a', \(old))")
            try connection.run("update letters set times = null")
            let script = try script(activity(2), database)
            #expect(script.statements.map(\.verdict) == [.applies] && script.text.utf8.count > 200_000)
            try run(script, on: connection)
            #expect(try connection.rows("select times = \(old) from letters") == ["t"])
            let many = times.split(separator: "$").joined(separator: "200000")
            try connection.run("update letters set times = \(many)")
            #expect(throws: PostgresError.self) { try self.script(activity(4), database) }
        }
    }

    /// A large value that a change did not touch has no part in its revert.
    @Test func whatWasNotChangedIsNotRead() throws {
        try withLetters { connection, database in
            try connection.run("insert into letters select 1, \(Self.values(1))")
            try connection.run("update letters set title = 'other'")
            let script = try script(activity(2), database)
            #expect(script.statements.map(\.verdict) == [.applies])
            #expect(!script.text.contains("is read from activity") && !script.text.contains("audit_revert.large"))
            try run(script, on: connection)
            #expect(try connection.rows("select title from letters") == ["title 1"])
        }
    }

    /// The activity lies in this database, or in another that a partition stands for.
    @Test(arguments: [2_000_000_000, 1_000_000_000])
    func aTrailOfPartitionsLendsItsValues(secondsEach: Int) throws {
        try withDatabase { elsewhere, _ in
            try withLetters { connection, database in
                try connection.run("insert into letters select 1, \(Self.values(1))")
                let first = try connection.rows(Self.state)
                try connection.run("update letters set (\(Self.columns)) = (select \(Self.values(2)))")
                try makePartitions(.idFirst, secondsEach: secondsEach, elsewhere: elsewhere, on: connection)
                let script = try script(activity(2), database)
                #expect(script.statements.map(\.verdict) == [.applies] && script.text.utf8.count < 60_000)
                // These partitions give no numbers to what is recorded.
                try connection.run("alter table letters disable trigger user")
                try run(script, on: connection)
                #expect(try connection.rows(Self.state) == first)
            }
        }
    }

    /// A script reads no views: it holds what they have.
    @Test func aTrailOfViewsIsRead() throws {
        try withLetters { connection, database in
            try connection.run("insert into letters select 1, \(Self.values(1))")
            let first = try connection.rows(Self.state)
            try connection.run("update letters set (\(Self.columns)) = (select \(Self.values(2)))")
            try connection.run(
                """
                alter table audit.activity rename to activity_; create view audit.activity as select * from audit.activity_;
                alter table letters disable trigger user
                """
            )
            let script = try script(activity(2), database)
            #expect(script.statements.map(\.verdict) == [.applies] && script.text.utf8.count > 500_000)
            try run(script, on: connection)
            #expect(try connection.rows(Self.state) == first)
        }
    }
}
