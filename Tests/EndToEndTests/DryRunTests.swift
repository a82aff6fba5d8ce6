import Glibc
import Postgres
import TestDatabase
import TestProgram
import TestServer
import Testing

/// Reverts that are run on the server and rolled back, from the preview.
@Suite struct DryRunTests {
    /// The dry runs that wait for somebody's lock.
    private let waiting = """
        select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%revert%'
        """

    /// Row 1 was changed from `old` to `new` last; the browser shows the revert of that.
    private func withPreview(
        _ options: String = "--allow-dry-run",
        _ body: (borrowing Connection, TerminalWindow) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text, note text)")
            let outcome = try shell("\(program) init orders --schema audit --yes \(database.options())")
            #expect(outcome.status == 0, "\(outcome.output)")
            try connection.run("insert into orders values (1, 'old')")
            try connection.run("update orders set status = 'new'")
            let window = try TerminalWindow()
            try window.run("\(program) \(database.options()) \(options); echo status $?")
            try window.wait(for: "▶")
            try window.press("r")
            try window.wait(for: "1 statement: 1 applies")
            try body(connection, window)
            try window.press("Q")
            try window.wait(for: "status 0")
            let others =
                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            try window.wait("for the sessions to end") { _ in try connection.rows(others).isEmpty }
            #expect(try connection.rows("select status from orders where id = 1") == ["new"])
        }
    }

    @Test func whatTheServerWouldDoIsSaidAndTakenBack() throws {
        try withPreview { connection, window in
            let rows = "select count(*)::text from audit.activity"
            #expect(try connection.rows(rows) == ["2"])
            try window.press("d")
            try window.wait(for: "✔ dry run: the statement was run, and rolled back after ")
            #expect(try connection.rows(rows) == ["2"])
            // What no check beforehand sees: constraints and triggers.
            try connection.run("alter table orders add constraint fresh check (status <> 'old') not valid")
            try window.press("d")
            try window.wait(for: "✘ dry run: failed at statement 1 of 1, and rolled back after ")
            try window.wait(for: "violates check constraint \"fresh\"")
            try window.press("c")
            try window.wait(for: "skips what changed since")
            try window.wait(for: "1 statement: 1 applies")
            try window.press("d")
            try window.wait(for: "warning: skipped: activity ")
            try window.wait(for: "✔ dry run: the statement was run")
        }
    }

    /// A constraint that waits for the commit is checked as well.
    @Test func whatIsDeferredIsChecked() throws {
        try withPreview { connection, window in
            try connection.run(
                """
                create function refuse() returns trigger language plpgsql as
                    $$ begin raise exception 'refused at the end'; end $$;
                create constraint trigger late after update on orders deferrable initially deferred
                    for each row execute function refuse();
                """
            )
            try window.press("d")
            try window.wait(for: "✘ dry run: failed, and rolled back after ")
            try window.wait(for: "refused at the end")
        }
    }

    @Test func oneThatWaitsIsCancelledAndOneThatIsLeftEnds() throws {
        try withPreview { connection, window in
            let name = try connection.rows("select current_database()")[0]
            let holder = try Connection.open(TestServer.settings(database: name))
            try holder.run("begin; update orders set note = 'locked'")
            try window.press("d")
            try window.wait("for the lock") { _ in try !connection.rows(waiting).isEmpty }
            try window.wait(for: "dry run: running; the rows are locked until it is rolled back")
            try window.press("C-c")
            try window.wait(for: "cancelled, or stopped by the time limit")
            try window.press("d")
            try window.wait("for the lock") { _ in try !connection.rows(waiting).isEmpty }
            try window.press("q")
            try window.wait("for the session to end") { _ in try connection.rows(waiting).isEmpty }
            try window.press("r")
            try window.wait(for: "1 statement: 1 applies")
            try window.press("d")
            try window.wait("for the lock") { _ in try !connection.rows(waiting).isEmpty }
            // Leaving the program leaves nothing behind either.
            try window.press("Q")
            try window.wait("for the session to end") { _ in try connection.rows(waiting).isEmpty }
            try holder.run("rollback")
        }
    }

    @Test func withoutTheOptionNothingIsRun() throws {
        try withPreview("") { _, window in
            try window.press("d")
            try window.wait(for: "--allow-dry-run allows it")
        }
    }

    @Test func theCommandSaysTheSame() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            #expect(try shell("\(program) init orders --schema audit --yes \(database.options())").status == 0)
            try connection.run("insert into orders values (1, 'old'); insert into orders values (2, 'old')")
            try connection.run("update orders set status = 'new'; update orders set status = 'newer' where id = 2")
            let command = try "\(program) revert --filter 'verb:i' --dry-run \(database.options())"
            let refused = try shell(command)
            #expect(refused.status == 1)
            #expect(refused.output.hasPrefix("audit-tui: dry run: failed at statement 1 of 2, and rolled back after "))
            #expect(refused.output.hasSuffix("public.orders #2 does not hold what was written\n"))
            let partial = try shell(command + " --partial")
            #expect(partial.status == 0)
            let lines = partial.output.split(separator: "\n")
            #expect(lines.count == 3 && lines[0].hasPrefix("warning: skipped: activity 2: public.orders #2"))
            #expect(lines.last?.hasPrefix("dry run: all 2 statements were run, and rolled back after ") == true)
            let both = try shell(command + " --check")
            #expect(both.status == 2 && both.output.contains("--check and --dry-run answer different questions"))
            let holder = try database.connect()
            try holder.run("begin; lock table orders")
            let window = try TerminalWindow()
            try window.run("\(program) revert --filter 'verb:u' --dry-run \(database.options()); echo status $?")
            try window.wait("for the lock") { _ in try !connection.rows(waiting).isEmpty }
            try window.press("C-c")
            try window.wait(for: "audit-tui: interrupted")
            try window.wait(for: "status 130")
            try holder.run("rollback")
            #expect(try connection.rows("select count(*)::text from audit.activity") == ["5"])
        }
    }

    @Test func theColumnsThatAreSkippedAreNamedByTheCommandAndInThePreview() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text, note text)")
            #expect(try shell("\(program) init orders --schema audit --yes \(database.options())").status == 0)
            try connection.run("insert into orders values (1, 'old', 'a')")
            try connection.run("update orders set status = 'new', note = 'b'")
            try connection.run("update orders set note = 'since'")
            let command = try "\(program) revert --activity 2 --partial \(database.options())"
            let check = try shell(command + " --check")
            #expect(
                check.output
                    == #"{"activity_id":2,"verdict":"partly","reason":"changed since: note; last written in tx 3"}"#
                    + "\n"
            )
            let dryRun = try shell(command + " --dry-run")
            let warning = "warning: skipped columns: activity 2: public.orders #1: changed since: note"
            #expect(dryRun.status == 0 && dryRun.output.hasPrefix(warning + "\n"), "\(dryRun.output)")
            #expect(try connection.rows("select status, note from orders") == ["new | since"])
            let window = try TerminalWindow()
            try window.run("\(program) --filter 'tx:2' --allow-dry-run \(database.options()); echo status $?")
            try window.wait(for: "▶")
            try window.press("r")
            try window.wait(for: "1 statement: 1 conflict")
            try window.press("c")
            try window.wait(for: "1 statement: 1 partly")
            try window.wait(for: "~ update public.orders #1: note, status: changed since: note")
            try window.press("d")
            try window.wait(for: "✔ dry run: the statement was run")
            try window.wait(for: "warning: skipped columns: activity 2")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func aServerThatTakesNoSessionIsSaidTo() throws {
        try withPreview { connection, window in
            let name = try connection.rows("select quote_ident(current_database())")[0]
            let other = try Connection.open(TestServer.settings())
            try other.run("alter database \(name) allow_connections false")
            defer { try? other.run("alter database \(name) allow_connections true") }
            try window.press("d")
            try window.wait(for: "✘ dry run: failed")
            // Wherever its lines are cut, which depends on the names in it.
            try window.wait("for the reason") { screen in
                screen.filter { !$0.isWhitespace }.contains("isnotcurrentlyacceptingconnections")
            }
        }
    }

    /// Who may not read the rows is not told of them by the server either.
    @Test func theWordsOfTheServerAreNotShownWhereTheyMayHoldMaskedValues() throws {
        try withPreview("--allow-dry-run --mask orders.status") { connection, window in
            try connection.run("create unique index on orders (status); insert into orders values (2, 'old')")
            try window.press("d")
            try window.wait(for: "SQLSTATE 23505; the rest may hold masked values")
        }
    }
}
