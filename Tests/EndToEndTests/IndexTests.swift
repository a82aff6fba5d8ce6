import Glibc
import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// `audit-tui index` as a process: what it prints, and what is left when it is stopped or killed.
@Suite struct IndexTests {
    private func installTrail(_ options: String, on connection: borrowing Connection) throws {
        try connection.run("create table t (id int primary key, note text)")
        #expect(try shell("\(program) init t --profile flask --yes \(options)").status == 0)
        try connection.run("insert into t select n, 'x' from generate_series(1, 100) n")
    }

    /// Starts the program, waits until it says that it waits, sends it a signal, and returns how it ended.
    ///
    /// Without job control the shell would let the program ignore `SIGINT`.
    private func interrupted(by signal: String, _ options: String, after text: String = "waiting for pid") throws
        -> Outcome
    {
        try shell(
            """
            set -m; out=$(mktemp); \(program) index --yes \(options) >$out 2>&1 & pid=$!
            timeout 60 sh -c "until grep -q '\(text)' $out; do sleep 0.02; done"
            kill -\(signal) $pid; wait $pid; status=$?; cat $out; rm $out; exit $status
            """
        )
    }

    private func unfinished(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows("select indexrelid::regclass from pg_index where not indisvalid")
    }

    /// Waits until a query has a row.
    private func wait(until query: String, on connection: borrowing Connection) throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try connection.rows(query).isEmpty {
            if ContinuousClock.now > limit { throw TestError("waited in vain for \(query)") }
            usleep(20_000)
        }
    }

    @Test func buildingDroppingAndBuildingAgain() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try installTrail(options, on: connection)
            let built = try shell("\(program) index --yes \(options)")
            #expect(built.status == 0)
            #expect(
                built.output == """
                    audit-tui index \(database.name)
                      build index ix_activity_table_name_id
                      build index ix_activity_row_id
                      build index ix_activity_moved_id
                      build index ix_activity_without_transaction
                      build index ix_transaction_actor_id_id
                    Done: 5 steps.

                    """
            )
            let again = try shell("\(program) index \(options)")
            #expect(again == Outcome(status: 0, output: "Nothing to do: every browsing index is there.\n"))
            let dropped = try shell("\(program) index --drop \(options)")
            #expect(dropped.status == 0 && dropped.output.contains("  drop index ix_activity_row_id\n"))
            #expect(try shell("\(program) index --drop \(options)").output == "Nothing to drop.\n")
        }
    }

    @Test func thePrintedScriptIsTheOneThatRuns() throws {
        try withDatabase { connection, database in
            try connection.run(
                #"create table "T" ("a'b""\c" int, "é\#u{202E}" text, primary key ("a'b""\c", "é\#u{202E}"))"#
            )
            let options = try database.options()
            #expect(try shell("\(program) init '\"T\"' --schema 'O''dd' --profile flask --yes \(options)").status == 0)
            let before = try connection.rows("select count(*) from pg_index")
            let run = try shell(
                "\(program) index --dry-run \(options) | psql -X -q -v ON_ERROR_STOP=1 \(options) >/dev/null"
            )
            #expect(run == Outcome(status: 0, output: ""))
            #expect(try connection.rows("select count(*) - 5 from pg_index") == before)
            #expect(try shell("\(program) index --yes \(options)").output.hasPrefix("Nothing to do"))
            let drop = try shell("\(program) index --drop --dry-run \(options) | psql -X -q \(options) >/dev/null")
            #expect(drop == Outcome(status: 0, output: ""))
            #expect(try connection.rows("select count(*) from pg_index") == before)
        }
    }

    @Test func anInterruptedBuildLeavesNoUnfinishedIndex() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try installTrail(options, on: connection)
            let other = try database.connect()
            try other.run("set application_name = E'report\\x1b[2J'; begin isolation level repeatable read; select 1")
            let pid = try other.rows("select pg_backend_pid()")[0]
            for signal in ["INT", "TERM"] {
                let outcome = try interrupted(by: signal, options)
                #expect(outcome.status == 130, "\(outcome.output)")
                #expect(outcome.output.contains("\nwaiting for pid \(pid) (report"))
                #expect(outcome.output.contains("idle in transaction"))
                #expect(outcome.output.hasSuffix("audit-tui: interrupted, audit-tui index goes on from here\n"))
                #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
                #expect(try unfinished(connection) == [])
            }
        }
    }

    @Test func aKilledBuildIsPutRightByTheNextRun() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try installTrail(options, on: connection)
            let other = try database.connect()
            try other.run("begin isolation level repeatable read; select 1")
            #expect(try interrupted(by: "KILL", options).status == 137)
            // The server goes on without its client until it has something to say to it.
            let second = try shell("\(program) index --yes \(options)")
            #expect(second.status == 1)
            #expect(second.output.contains("audit-tui: another audit-tui index is at work in this database, pid "))
            try connection.run(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                    + "where datname = current_database() and query like 'create index%'"
            )
            let lock =
                "select from pg_locks where locktype = 'advisory' and database = "
                + "(select oid from pg_database where datname = current_database())"
            try wait(until: "select where not exists (\(lock))", on: connection)
            #expect(try unfinished(connection) == ["ix_activity_table_name_id"])
            try other.run("rollback")
            let third = try shell("\(program) index --yes \(options)")
            #expect(third.status == 0)
            #expect(third.output.contains("  drop unfinished index ix_activity_table_name_id\n"))
            #expect(third.output.hasSuffix("Done: 6 steps.\n"))
            #expect(try unfinished(connection) == [])
        }
    }

    @Test func aTerminalShowsHowFarItIsAndControlCStopsIt() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try installTrail(options, on: connection)
            let other = try database.connect()
            try other.run("begin isolation level repeatable read; select 1")
            let window = try TerminalWindow()
            try window.run("\(program) index \(options); echo status $?")
            try window.wait(for: "Apply? [y/N]")
            try window.enter("y")
            try window.wait(for: "build index ix_activity_table_name_id, waiting for old snapshots (1/5)")
            try window.wait(for: "waiting for pid ")
            try window.press("C-c")
            let screen = try window.wait(for: "status 130")
            #expect(screen.contains("audit-tui: interrupted, audit-tui index goes on from here"))
            #expect(try unfinished(connection) == [])
        }
    }

    @Test func aPreparedTransactionInTheWayIsTold() throws {
        let server = try PrivateServer.start(configuration: [("max_prepared_transactions", "2")])
        let connection = try Connection.open(server.settings())
        let options = "-h \(quoted(server.folder)) -p 5432 -U postgres -d postgres"
        try installTrail(options, on: connection)
        try connection.run("begin; insert into t values (1000); prepare transaction 'for''gotten'")
        let outcome = try shell("\(program) index --yes --lock-timeout 2s \(options)")
        #expect(outcome.status == 1)
        let waiting = "waiting for prepared transaction 'for''gotten' (user postgres, transaction "
        #expect(outcome.output.contains(waiting), "\(outcome.output)")
        #expect(outcome.output.contains("within 2000 ms: waited for prepared transaction 'for''gotten'"))
        server.stop()
    }

    @Test func whatAlembicWouldDropIsTold() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try installTrail(options, on: connection)
            try connection.run("create table alembic_version (version_num text)")
            let dry = try shell("\(program) index --dry-run \(options) 2>&1 >/dev/null")
            let outcome = try shell("\(program) index --yes \(options)")
            #expect(outcome.status == 0 && outcome.output.hasSuffix(dry.output))
            #expect(
                dry.output.hasPrefix(
                    """
                    Alembic is in use here; alembic revision --autogenerate would propose to drop
                      ix_activity_moved_id
                      ix_activity_row_id
                      ix_activity_table_name_id
                      ix_activity_without_transaction
                      ix_transaction_actor_id_id
                    this in env.py prevents that:

                    def include_object(
                    """
                )
            )
        }
    }

    @Test func whatCannotBeIndexedIsRefusedWithTheRightStatus() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            let none = try shell("\(program) index \(options)")
            #expect(none.status == 3 && none.output.hasPrefix("audit-tui: no audit trail in this database"))
            #expect(try shell("\(program) index --schema nope \(options)").status == 3)
            #expect(try shell("\(program) index -h /nowhere").status == 4)
            #expect(try shell("\(program) index --lock-timeout never \(options)").status == 2)
            try installTrail(options, on: connection)
            let role = try database.makeRole("guest", on: connection)
            let guest = try shell("\(program) index \(try database.options(as: role))")
            #expect(guest.status == 1)
            #expect(
                guest.output == "audit-tui: role \(role) does not own the audit tables in schema public; "
                    + "connect as their owner\n"
            )
            try connection.run(
                """
                create schema kept; alter table activity set schema kept; alter table transaction set schema kept;
                create view activity as select * from kept.activity;
                create view transaction as select * from kept.transaction;
                """
            )
            #expect(try shell("\(program) index --yes \(options)").status == 0)
            try connection.run("alter table kept.activity rename to log")
            let view = try shell("\(program) index \(options)")
            #expect(view.status == 1 && view.output.hasPrefix("audit-tui: public.activity is a view, which has no"))
        }
    }
}
