import AuditTrail
import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// Setting up beside others who use the tables, and over many tables.
@Suite struct SetupTests {
    @Test func whoHoldsATableIsTold() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key)")
            let other = try database.connect()
            try other.run("set application_name = E'nightly\\x1b[2J'; begin; insert into t values (1)")
            let pid = try other.rows("select pg_backend_pid()")[0]
            let user = try other.rows("select current_user")[0]
            let outcome = try shell("\(program) init t --yes --lock-timeout 50ms \(try database.options()) >/dev/null")
            #expect(outcome.status == 1)
            let line = try #require(outcome.output.split(separator: "\n").last)
            #expect(
                line.hasPrefix(
                    "audit-tui: public.t is busy: no lock within 50 ms, nothing was changed; "
                        + "held by pid \(pid) (nightly"
                )
            )
            #expect(line.contains("user \(user), idle in transaction, transaction "))
            #expect(line.hasSuffix(" s old); try again or raise --lock-timeout"))
            #expect(!line.contains("\u{1B}"))
        }
    }

    /// A writer holds his table and needs the trail; a setup that held the trail and waited for the table would close the
    /// circle, and the server would fail one of the two.
    @Test func whoWaitsForAWriterHoldsNothingThatHeNeeds() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            let options = try database.options()
            #expect(try shell("\(program) init orders --always --yes \(options)").status == 0)
            // Something to be done to both.
            try connection.run("alter table orders add column n int; alter table transaction drop column context")
            let writer = try database.connect()
            try writer.run("begin; lock table orders in row exclusive mode")
            let window = try TerminalWindow(columns: 80, rows: 24)
            try window.run("\(program) init --yes --lock-timeout 60s \(options); echo status $?")
            try window.wait(for: "renew the capture of public.orders (")
            try writer.run("insert into orders values (1, 1); insert into orders values (2, 2); commit")
            try window.wait(for: "status 0")
            try writer.run("insert into orders values (3, 3)")
            #expect(try connection.rows("select count(*) from activity") == ["3"])
            #expect(try shell("\(program) status \(options)").status == 0)
        }
    }

    @Test func aPreparedTransactionThatHoldsATableIsTold() throws {
        let server = try PrivateServer.start(configuration: [("max_prepared_transactions", "2")])
        let connection = try Connection.open(server.settings())
        try connection.run("create table t (id int primary key)")
        try connection.run("begin; insert into t values (1); prepare transaction 'for''gotten'")
        let options = "-h \(quoted(server.folder)) -p 5432 -U postgres -d postgres"
        let outcome = try shell("\(program) init t --yes --lock-timeout 50ms \(options) >/dev/null")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("held by prepared transaction 'for''gotten' (user postgres, transaction "))
        server.stop()
    }

    @Test func theStepsOfALongSetupAreShownOnATerminalOnly() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                do $$ begin
                    for n in 1..500 loop execute format('create table %I (id int primary key, note text)', 't' || n); end loop;
                end $$
                """
            )
            let options = try database.options()
            let holder = try database.connect()
            try holder.run("begin; insert into t400 values (1)")
            let window = try TerminalWindow(columns: 60, rows: 24)
            try window.run("\(program) init --all-tables --yes --lock-timeout 60s \(options); echo status $?")
            // The table that is held stops it in the middle of its line.
            let screen = try window.wait("to wait for t400") { $0.contains("audit public.t400 (") }
            let line = try #require(screen.split(separator: "\n").last { !$0.allSatisfy { $0 == " " } })
            #expect(line.contains(try Regex(#"^audit public\.t400 \([0-9]+/5[0-9]{2}\)$"#)))
            try holder.run("rollback")
            let end = try window.wait(for: "status 0")
            #expect(end.contains("\nDone: 5") && !end.contains("/5"))

            let piped = try shell("\(program) remove --yes \(options) 2>&1 | cat")
            #expect(piped.status == 0)
            #expect(!piped.output.contains("\r") && !piped.output.contains("/50"))
            #expect(piped.output.hasSuffix("Done: the history stays.\n"))
        }
    }

    @Test func aColumnExcludedInThePickerIsNotStored() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table logs (id int primary key); create table notes (id int primary key, a text, b text)"
            )
            let options = try database.options()
            let window = try TerminalWindow(columns: 80, rows: 24)
            try window.run("\(program) init --schema audit \(options); echo status $?")
            try window.walk([
                (["G", "Space"], "[x] public.notes"), (["c"], "Columns of public.notes"),
                (["Space"], "the key stays"), (["Space"], "[ ] a"),
                (["q"], "Excluded columns  notes.a"), (["Enter"], "audit public.notes without a"),
            ])
            try window.enter("y")
            try window.wait(for: "status 0")
            try connection.run(
                "insert into notes values (1, 'x', 'y'); update notes set a = 'z', b = 'w'; update notes set a = ''"
            )
            #expect(
                try connection.rows("select verb, old_data, changed_data from audit.activity order by id") == [
                    #"insert | {} | {"b": "y", "id": 1}"#, #"update | {"b": "y", "id": 1} | {"b": "w"}"#,
                ]
            )
            let again = "\(program) init notes --exclude notes.a --schema audit --yes \(options)"
            #expect(try shell(again).output == "Nothing to do: everything is as asked for.\n")
        }
    }

    /// What `--dry-run` prints, run by psql, leaves nothing to do for the setup that it foretold.
    @Test func thePrintedScriptIsTheOneThatRuns() throws {
        try withDatabase { connection, database in
            let (odd, other) = ("a\n\u{1B}[2J\u{202E}\"b\\", "e\u{301}\u{200D}x")
            try connection.run(
                """
                create table \(quotedIdentifier(odd)) (id int primary key, \(quotedIdentifier(other)) varchar(80), "c,\u{7F}" text);
                create table users (\(quotedIdentifier(other)) int primary key);
                """
            )
            let options = try database.options()
            let column = (sqlIdentifier(odd) + ".\"c,\u{7F}\"")
            let install =
                "\(program) init --all-tables --exclude \(quoted(column)) --actor-table users"
                + " --schema \(quoted(odd)) \(options)"
            let script = try shell("\(install) --dry-run")
            #expect(script.status == 0)
            #expect(
                script.output.unicodeScalars.allSatisfy { $0 == "\n" || 0x20...0x7E ~= $0.value || $0.value > 0x9F }
            )
            let run = try shell("\(install) --dry-run | psql -X -q -v ON_ERROR_STOP=1 \(options) >/dev/null")
            #expect(run == Outcome(status: 0, output: ""))
            #expect(try shell("\(install) --yes").output == "Nothing to do: everything is as asked for.\n")
            try connection.run("insert into \(quotedIdentifier(odd)) values (1, 'kept', 'left out')")
            #expect(
                try connection.rows(
                    "select table_name, changed_data ->> $1 from \(quotedIdentifier(odd)).activity",
                    [other]
                )
                    == ["\(odd) | kept"]
            )
            #expect(
                try connection.rows("select changed_data ? $1 from \(quotedIdentifier(odd)).activity", ["c,\u{7F}"])
                    == ["f"]
            )
        }
    }
}
