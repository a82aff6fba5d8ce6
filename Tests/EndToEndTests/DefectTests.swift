import Postgres
import TestDatabase
import TestProgram
import Testing

/// Each known defect of flask-audit-logger 2.0.0, shown on what the package installs, and that it is not ours.
@Suite struct DefectTests {
    @Test func theWorkOfAStatementIsLinearInItsRows() throws {
        let schema =
            "create table t (id int primary key, n int); insert into t select g, 0 from generate_series(1, 400) g"
        try onBoth(schema, audited: ["t"]) { connection, database, isOurs in
            // Plans are kept from the sixth run on, made for one row; the 400 rows of the last statement meet them.
            let warm = (1...8).map { "update t set n = n + 1 where id = \($0);" }.joined(separator: "\n")
            let script = """
                \(warm)
                load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
                set auto_explain.log_analyze = on; set auto_explain.log_timing = off; set auto_explain.log_level = notice;
                update t set n = n + 1;
                """
            let plans = try shell("psql -X -q \(try database.options()) <<'EOF'\n\(script)\nEOF")
            let discarded = plans.output.split(separator: "\n").filter { $0.contains("Rows Removed by Join Filter: ") }
                .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
            #expect(discarded.contains(400 * 399) != isOurs)
            #expect(try activities(on: connection).count == 408)
        }
    }

    @Test func oldAndNewAreOneRow() throws {
        let schema = """
            create table t (id int, region int) partition by list (region);
            create table t_1 partition of t for values in (1); create table t_2 partition of t for values in (2);
            create function skip() returns trigger language plpgsql as $$ begin return null; end $$;
            create trigger skip before insert on t_2 for each row when (new.id = 2) execute function skip();
            insert into t values (1, 1), (2, 1), (3, 1)
            """
        try onBoth(schema, audited: ["t"]) { connection, _, isOurs in
            try connection.run("update t set region = 2")
            let mixed = try connection.rows("select id from activity where verb = 'update' and changed_data ? 'id'")
            #expect(mixed.isEmpty == isOurs)
        }
    }

    @Test func writesAtAPartitionAreRecorded() throws {
        let schema = "create table t (id int) partition by list (id); create table t_1 partition of t default"
        try onBoth(schema, audited: ["t"]) { connection, _, isOurs in
            try connection.run("insert into t_1 values (1); update t_1 set id = 2; delete from t_1")
            let count = try activities(on: connection).count
            #expect(count == (isOurs ? 3 : 0))
        }
    }

    @Test func writesAtAnInheritingTableAreRecordedOnce() throws {
        let schema = "create table t (id int); create table child (more int) inherits (t)"
        try onBoth(schema, audited: ["t", "child"]) { connection, _, isOurs in
            try connection.run("insert into child values (1, 2); update t set id = 2")
            let verbs = try connection.rows("select table_name, verb from activity order by 1, 2")
            #expect((verbs == ["child | insert", "child | update"]) == isOurs)
        }
    }

    @Test func aCastOfTheApplicationDoesNotRunWithTheOwnersRights() throws {
        let schema = "create type mood as enum ('sad'); create table t (id int, m mood); create table ran_as (who text)"
        try onBoth(schema, audited: ["t"]) { connection, database, isOurs in
            try connection.run(
                """
                create function steal(mood) returns json language plpgsql as
                    $$ begin insert into ran_as values (current_user); return '1'::json; end $$;
                create cast (mood as json) with function steal(mood); grant all on t to public
                """
            )
            let writer = try database.makeRole("writer", on: connection)
            let session = try database.connect(as: writer)
            try session.run("insert into t values (1, 'sad')")
            let ran = try connection.rows("select who from ran_as")
            #expect(ran.isEmpty == isOurs)
            #expect(try activities(on: connection).count == 1)
        }
    }

    @Test func theTransactionRowIsThisTransactions() throws {
        try onBoth("create table t (id int)", audited: ["t"]) { connection, _, isOurs in
            // As if the numbers of transactions had started again after a restore.
            try connection.run(
                """
                begin; insert into transaction (native_transaction_id, issued_at, client_addr)
                values (txid_current(), now() at time zone 'UTC' - interval '1 minute', '10.9.9.9');
                insert into t values (1); commit
                """
            )
            let query = "select t.client_addr from activity join transaction t on t.id = transaction_id"
            let addresses = try connection.rows(query)
            #expect((addresses == ["10.9.9.9"]) != isOurs)
        }
    }

    @Test func truncateRawWritesAndMalformedSettingsAreCaptured() throws {
        try onBoth("create table t (id int)", audited: ["t"]) { connection, _, isOurs in
            try connection.run("begin; set local audit.client_addr = '10.1.1.1'; insert into t values (1); commit")
            let query = "select t.client_addr from activity join transaction t on t.id = transaction_id"
            let addresses = try connection.rows(query)
            #expect((addresses == ["10.1.1.1"]) == isOurs)
            try connection.run("truncate t")
            let count = try activities(on: connection).count
            #expect(count == (isOurs ? 2 : 1))
            var isWritten = true
            do {
                try connection.run(
                    "begin; set local flask_audit_logger.enable_versioning = 'maybe'; insert into t values (2); commit"
                )
            } catch {
                isWritten = false
                try connection.run("rollback")
            }
            #expect(isWritten == isOurs)
        }
    }

    @Test func jsonThatJsonbCannotHoldDoesNotFailTheWrite() throws {
        try onBoth("create table t (id int, j json)", audited: ["t"]) { connection, _, isOurs in
            var isWritten = true
            do {
                try connection.run(#"insert into t values (1, '"\u0000"')"#)
            } catch {
                isWritten = false
            }
            #expect(isWritten == isOurs)
            let count = try activities(on: connection).count
            #expect(count == (isOurs ? 1 : 0))
        }
    }

    @Test func excludedNamesAreOnlyNames() throws {
        let schema = #"create table t (id int, "od}d" int)"#
        try onBoth(schema, audited: ["t:od}d"], options: "--exclude 't.\"od}d\"'") { connection, _, isOurs in
            var isWritten = true
            do {
                try connection.run("insert into t values (1, 2)")
            } catch {
                isWritten = false
            }
            #expect(isWritten == isOurs)
            let stored = try activities(on: connection)
            #expect(stored == (isOurs ? [#"t insert {} {"id": 1}"#] : []))
        }
    }

    @Test func aTableOutsidePublicIsCaptured() throws {
        try withDatabase { connection, database in
            try connection.run("create schema shop; create table shop.t (id int)")
            let original = "create table users (id int primary key); \(try Original.sql(for: ["t"]))"
            #expect(throws: PostgresError.self) { try connection.run("begin; \(original)") }
            try connection.run("rollback")
            let outcome = try shell("\(program) init --yes shop.t \(try database.options())")
            try #require(outcome.status == 0, "\(outcome.output)")
            try connection.run("insert into shop.t values (1)")
            #expect(try activities(on: connection).count == 1)
        }
    }
}

extension DefectTests {
    /// Makes the tables, sets up capture, and runs the test, once with the package's SQL and once with ours.
    private func onBoth(
        _ schema: String,
        audited: [String],
        options: String = "",
        _ body: (borrowing Connection, TestDatabase, Bool) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run("\(schema); create table users (id int primary key); \(try Original.sql(for: audited))")
            try body(connection, database, false)
        }
        try withDatabase { connection, database in
            try connection.run(schema)
            let names = audited.map { quoted(String($0.prefix { $0 != ":" })) }.joined(separator: " ")
            let outcome = try shell("\(program) init --yes \(names) \(options) \(try database.options())")
            try #require(outcome.status == 0, "\(outcome.output)")
            try body(connection, database, true)
        }
    }

    private func activities(on connection: borrowing Connection) throws -> [String] {
        try connection.rows("select concat_ws(' ', table_name, verb, old_data, changed_data) from activity order by id")
    }
}
