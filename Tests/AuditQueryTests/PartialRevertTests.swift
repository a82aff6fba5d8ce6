import AuditSetup
import AuditTrail
import Glibc
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Reverts that skip the columns that were changed since.
@Suite struct PartialRevertTests {
    /// Tables under capture, and how the script that takes all but the last changes back leaves them.
    private func withTables(
        _ tables: String,
        audited: [String] = ["t"],
        _ body: (PartialRevert, borrowing Connection) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run(tables)
            var request = InstallRequest()
            request.tables = audited.map { TableName(schema: "public", name: $0) }
            try Installer.install(request, auditSchema: "audit", on: connection)
            try body(PartialRevert(database: database), connection)
        }
    }

    private let plain = "create table t (id int primary key, a text, b text, c text)"

    @Test func aColumnThatWasChangedSinceStaysAndTheOthersComeBack() throws {
        try withTables(plain) { revert, connection in
            try connection.run("insert into t values (1, 'a', 'b', 'c'); update t set a = 'A', b = 'B', c = 'C'")
            try connection.run("update t set b = 'since'")
            let first = try revert.run([2])
            #expect(first.verdicts == [.partly("changed since: b; last written in \(first.lastWriter)")])
            #expect(first.warnings == ["skipped columns: activity 2: public.t #1: changed since: b"])
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
            #expect(
                try connection.rows("select changed_data from audit.activity where id = 4") == [
                    #"{"a": "a", "c": "c"}"#
                ]
            )
            // Once more: no column is left, and those that are back already are none that was changed.
            let second = try revert.run([2])
            #expect(second.verdicts == [.conflict("changed since: b; last written in \(second.lastWriter)")])
            #expect(second.warnings == ["skipped: activity 2: public.t #1 does not hold what was written"])
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
            try connection.run("update t set b = 'b'")
            #expect(try revert.run([2]).verdicts == [.reverted])
            // What was set back by hand is no conflict.
            try connection.run("update t set a = 'A', c = 'C'")
            let third = try revert.run([2])
            #expect(third.verdicts == [.applies] && third.warnings.isEmpty)
            #expect(try connection.rows("select * from t") == ["1 | a | b | c"])
        }
    }

    /// Of an older change the column is skipped, too, unless it holds what that one wrote.
    @Test(arguments: [("since", "since", 2), ("first", "b", 0)])
    func anOlderChangeOfTheRowIsLookedAtByItself(value: String, end: String, skipped: Int) throws {
        try withTables(plain) { revert, connection in
            try connection.run("insert into t values (1, 'a', 'b', 'c'); update t set a = 'x', b = 'first'")
            try connection.run("update t set b = 'second', c = 'y'; update t set b = '\(value)'")
            let outcome = try revert.run([2, 3])
            #expect(outcome.warnings.filter { $0.hasSuffix("changed since: b") }.count == skipped)
            #expect(outcome.verdicts.filter { $0?.word == "partly" }.count == skipped)
            #expect(outcome.verdicts.allSatisfy { $0?.word == "partly" || $0 == .applies })
            #expect(try connection.rows("select * from t") == ["1 | a | \(end) | c"])
        }
    }

    @Test func halfAReferenceIsNotTakenBack() throws {
        try withTables(
            """
            create table p (x int, y int, primary key (x, y)); insert into p values (1, 1), (1, 2), (2, 1), (2, 2);
            create table t (id int primary key, x int, y int, note text, foreign key (x, y) references p)
            """
        ) { revert, connection in
            try connection.run("insert into t values (1, 1, 1, 'a'); update t set x = 2, y = 2, note = 'b'")
            try connection.run("update t set y = 1")
            let outcome = try revert.run([2])
            #expect(outcome.warnings == ["skipped columns: activity 2: public.t #1: changed since: y; kept with it: x"])
            #expect(
                outcome.verdicts == [
                    .partly("changed since: y; kept with it: x; last written in \(outcome.lastWriter)")
                ]
            )
            #expect(try connection.rows("select * from t") == ["1 | 2 | 1 | a"])
            try connection.run("update t set y = 2, note = 'since'")
            #expect(try revert.run([2]).warnings == ["skipped columns: activity 2: public.t #1: changed since: note"])
            #expect(try connection.rows("select * from t") == ["1 | 1 | 1 | since"])
        }
    }

    /// Others refer to two columns, of which the change wrote one and somebody else the other.
    @Test func thoseWhoReferToWhatWasChangedSinceStayWhereTheyAre() throws {
        try withTables(
            """
            create table t (id int primary key, x int, y int, note text, unique (x, y));
            create table child (id int primary key, x int, y int,
                foreign key (x, y) references t (x, y) on update cascade)
            """
        ) { revert, connection in
            try connection.run("insert into t values (1, 1, 1, 'a'); update t set x = 2, note = 'b'")
            try connection.run("update t set y = 5; insert into child values (7, 2, 5)")
            let outcome = try revert.run([2])
            #expect(outcome.warnings == ["skipped columns: activity 2: public.t #1: changed since: y; kept with it: x"])
            #expect(outcome.verdicts.map { $0?.word } == ["partly"])
            #expect(try connection.rows("select * from t") == ["1 | 2 | 5 | a"])
            #expect(try connection.rows("select * from child") == ["7 | 2 | 5"])
            // As it was, it is refused for those who refer to it, as a whole.
            try connection.run(
                "update t set note = 'since'; delete from child; update t set y = 1; insert into child values (8, 2, 1)"
            )
            let refused = try revert.run([2])
            #expect(refused.verdicts.map { $0?.word } == ["conflict"])
            #expect(refused.warnings.map { $0.hasSuffix("refer to it that are no part of this") } == [true])
            try connection.run("delete from child")
            #expect(try revert.run([2]).warnings == ["skipped columns: activity 2: public.t #1: changed since: note"])
            #expect(try connection.rows("select * from t") == ["1 | 1 | 1 | since"])
        }
    }

    @Test func aKeyIsGivenBackAndWhatWasChangedSinceStays() throws {
        try withTables(plain) { revert, connection in
            try connection.run("insert into t values (1, 'a', 'b', 'c'); update t set id = 2, a = 'A', b = 'B'")
            try connection.run("update t set b = 'since'")
            let outcome = try revert.run([2])
            #expect(outcome.verdicts.map { $0?.word } == ["partly"])
            #expect(outcome.warnings == ["skipped columns: activity 2: public.t #2: changed since: b"])
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
            // Under another key it is another row, and one that was inserted is not removed while it holds anything else.
            for activity in [2, 1] as [Int64] {
                let other = try revert.run([activity])
                #expect(other.verdicts.map { $0?.word } == ["conflict"])
                #expect(other.warnings.allSatisfy { $0.hasPrefix("skipped: ") } && other.warnings.count == 1)
            }
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
        }
    }

    /// What the columns make together is the table's to judge; computed columns follow.
    @Test func whatAConstraintForbidsIsSkippedAsAWhole() throws {
        try withTables(
            """
            create domain positive as int check (value > 0);
            create table t (id int primary key, low positive, high int, doc jsonb not null default 'null', note text,
                span int generated always as (high - low::int) stored, check (low <= high))
            """
        ) { revert, connection in
            try connection.run(
                "insert into t values (1, 10, 20, default, 'a'); update t set low = 1, high = 2, doc = '[]', note = 'b'"
            )
            try connection.run("update t set high = 5")
            let outcome = try revert.run([2])
            #expect(
                outcome.warnings.count == 1
                    && outcome.warnings[0].hasPrefix("skipped: activity 2: public.t #1: new row")
            )
            #expect(try connection.rows("select low, high, span, note from t") == ["1 | 5 | 4 | b"])
            try connection.run("update t set high = 50")
            #expect(try revert.run([2]).verdicts.map { $0?.word } == ["partly"])
            #expect(try connection.rows("select low, high, span, doc, note from t") == ["10 | 50 | 40 | null | a"])
        }
    }

    @Test func aRowOfManyColumnsIsLookedAtAsWell() throws {
        let names = (1...1000).map { "c\($0)" }
        try withTables("create table t (id int primary key, \(names.map { $0 + " int" }.joined(separator: ", ")))") {
            revert,
            connection in
            try connection.run("insert into t values (1)")
            try connection.run("update t set \(names.map { $0 + " = 1" }.joined(separator: ", "))")
            try connection.run("update t set c7 = 2")
            let outcome = try revert.run([2])
            #expect(outcome.warnings == ["skipped columns: activity 2: public.t #1: changed since: c7"])
            let nulls = "(select count(*) from jsonb_each(to_jsonb(t)) where value = 'null')"
            #expect(try connection.rows("select c7, \(nulls) from t") == ["2 | 999"])
        }
    }

    /// Another session writes the row when the script is about to.
    @Test func aColumnThatIsBeingChangedIsNotOverwritten() throws {
        try withTables(plain) { revert, connection in
            try connection.run("insert into t values (1, 'a', 'b', 'c'); update t set a = 'A', b = 'B', c = 'C'")
            let script = try revert.script([2])
            #expect(script.statements.map(\.verdict) == [.applies])
            let other = try revert.database.connect()
            try other.run("begin; update t set b = 'since'")
            let runner = try revert.database.connect()
            runner.keepNotices()
            try runner.sendScript(Statement("revert", verbatim: revert.text(script)))
            _ = try runner.flush()
            let waiting =
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            let limit = ContinuousClock.now + .seconds(20)
            while try connection.rows(waiting) == ["0"] {
                try #require(ContinuousClock.now < limit)
            }
            try other.run("commit")
            try drain(runner)
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
            #expect(
                runner.notices.kept.map(\.message) == ["skipped columns: activity 2: public.t #1: changed since: b"]
            )
        }
    }

    private func drain(_ connection: borrowing Connection) throws {
        while true {
            switch try connection.receive(of: "revert") {
            case .finished: return
            case .result: continue
            case .pending:
                var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                try #require(poll(&entry, 1, 20_000) == 1)
            }
        }
    }

    /// The rights to the columns, the table's rules and what is written to a table of another role are as before.
    @Test func aRoleThatMayWriteTheColumnsOnlyTakesThemBack() throws {
        try withTables(plain) { revert, connection in
            let role = try revert.database.makeRole("writer", on: connection)
            try connection.run("grant select, update (a, b) on t to \(quotedIdentifier(role))")
            try connection.run("create rule also as on update to t do also select 1")
            try connection.run(
                "insert into t values (1, 'a', 'b', 'c'); update t set a = 'A', b = 'B'; update t set b = 'since'"
            )
            #expect(try revert.run([2], as: role).warnings.count == 1)
            #expect(try connection.rows("select * from t") == ["1 | a | since | c"])
        }
    }
}
