import Glibc
import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// The built program without a terminal: what it prints, where, and how it ends.
@Suite struct CommandTests {
    @Test func installingWritingReadingAndRemovingGoTogether() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table users (id int primary key, name text, password text);
                create table orders (id int primary key, status text);
                """
            )
            let options = try database.options()
            let install = "\(program) --init users orders --exclude users.password --actor-table users --yes \(options)"
            #expect(try shell(install).status == 0)
            try connection.run("insert into users values (1, 'Alice', 's3cret')")
            try connection.run("begin; set local audit.actor_id = '1'; insert into orders values (1, 'new'); commit")
            try connection.run("update users set password = 'other', name = 'Alicia'")
            let log = try shell("\(program) log \(options)")
            #expect(log.status == 0)
            #expect(log.output.contains("Alicia (#1)") && log.output.contains("+ status: \"new\""))
            #expect(!log.output.contains("s3cret") && !log.output.contains("password"))
            let again = try shell(install)
            #expect(again == Outcome(status: 0, output: "Nothing to do: everything is as asked for.\n"))
            #expect(try shell("\(program) remove --yes \(options)").status == 0)
            #expect(try shell("\(program) log \(options)").output == log.output)
            try connection.run("insert into orders values (2, 'unrecorded')")
            #expect(try shell("\(program) log \(options)").output == log.output)
        }
    }

    @Test func aPipeGetsTheLogWithoutEscapeSequencesAndMayCloseEarly() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, note text)")
            let options = try database.options()
            #expect(try shell("\(program) init t --yes \(options)").status == 0)
            try connection.run("insert into t values (1, E'\\x1b]52;c;Zm9v\\x07 \\u202e')")
            try connection.run("insert into t select n, 'x' from generate_series(2, 4000) n")
            for command in ["", "log", "log --format jsonl", "browse"] {
                let outcome = try shell("\(program) \(command) \(options)")
                #expect(outcome.status == 0)
                let acting = outcome.output.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" }
                #expect(acting.isEmpty, "\(command)")
            }
            #expect(try shell("\(program) log --format jsonl \(options) | head -n 1 | wc -l").output == "1\n")
            #expect(try shell("\(program) log --format jsonl --limit 3 \(options) | wc -l").output == "3\n")
        }
    }

    /// The one line of each failure, and its exit status.
    @Test func failuresAreOneLineOnStandardErrorWithTheRightStatus() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run("create table t (id int primary key)")
            let missing = database.name
            let cases: [(String, Int32, String)] = [
                (
                    "log \(options)", 3,
                    "database \"\(missing)\" has no audit tables; install them with: audit-tui init TABLE..."
                ),
                (
                    "log --schema nope \(options)", 3,
                    "schema \"nope\" of database \"\(missing)\" has no audit tables in the format of flask-audit-logger"
                ),
                ("status \(options)", 3, "no audit trail in this database; audit-tui init makes one"),
                ("init nosuch \(options)", 2, "no table nosuch"),
                ("init \(options)", 2, "name the tables to audit"),
                ("log --verb jump \(options)", 2, "--verb: jump is no verb; use insert, update, delete or truncate"),
                ("log --since never \(options)", 2, "--since: cannot read the time \"never\""),
                ("log --table 'a.b.c' \(options)", 2, "--table: a.b.c has more parts than a schema and a table"),
                ("log --filter 'table:' \(options)", 2, "--filter: a value is missing after table:, at character 7"),
                ("log --row orders \(options)", 2, "--row: orders is no row; use row:TABLE:KEY"),
                ("log --limit 0 \(options)", 2, "--limit must be 1 or more"),
                ("--bogus", 2, "Unknown option '--bogus'"),
                ("log -h /nowhere", 4, "cannot connect: "),
                ("log \(options) -d no_such_database", 4, "cannot connect: "),
            ]
            for (arguments, status, message) in cases {
                let outcome = try shell("\(program) \(arguments) >/dev/null")
                #expect(outcome.status == status, "\(arguments): \(outcome.output)")
                #expect(outcome.output.hasPrefix("audit-tui: "), "\(arguments): \(outcome.output)")
                #expect(outcome.output.contains(message), "\(arguments): \(outcome.output)")
                let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("see audit-tui") }
                #expect(lines.count == 1, "\(arguments): \(outcome.output)")
            }
        }
    }

    @Test func theLogFollowsUntilItsLimit() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, s text)")
            let options = try database.options()
            #expect(try shell("\(program) init t --schema audit --yes \(options)").status == 0)
            try connection.run("insert into t values (1, 'before')")
            let window = try TerminalWindow()
            try window.run(
                "\(program) log --follow --interval 50ms --limit 2 -f 'verb:i' \(options) | cat; echo status $?"
            )
            try wait(
                until:
                    """
                    select from pg_stat_activity where datname = current_database()
                      and query like '%txid_current_snapshot%' and pid <> pg_backend_pid()
                    """,
                on: connection
            )
            try connection.run("insert into t values (2, 'new')")
            try window.wait(for: "+ s: \"new\"")
            try connection.run("update t set s = 'changed'")
            try connection.run("insert into t values (3, 'last')")
            let screen = try window.wait(for: "status 0")
            #expect(screen.contains("\"last\"") && !screen.contains("before") && !screen.contains("changed"))
        }
    }

    @Test func theLogMayBeginWithTheOldest() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key)")
            let options = try database.options()
            #expect(try shell("\(program) init t --schema audit --yes \(options)").status == 0)
            for id in 1...3 { try connection.run("insert into t values (\(id))") }
            let log = "\(program) log --format jsonl \(options)"
            let newest = try shell(log).output.split(separator: "\n")
            #expect(newest.count == 3)
            let oldest = try shell("\(log) --reverse").output.split(separator: "\n")
            #expect(oldest == newest.reversed())
            #expect(try shell("\(log) --reverse --limit 1").output.split(separator: "\n") == [newest[2]])
            let refused = try shell("\(log) --reverse --follow")
            #expect(refused.status == 2)
            #expect(refused.output.contains("--follow prints the oldest first anyway; leave --reverse out"))
        }
    }

    /// Waits until a query has a row.
    private func wait(until query: String, on connection: borrowing Connection) throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try connection.rows(query).isEmpty {
            if ContinuousClock.now > limit { throw TestError("waited in vain for \(query)") }
            usleep(20_000)
        }
    }

    @Test func severalTrailsAreListedOrAskedFor() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key); create table u (id int primary key)")
            let options = try database.options()
            #expect(try shell("\(program) init t --schema first --yes \(options)").status == 0)
            #expect(try shell("\(program) init u --schema second --yes \(options)").status == 0)
            try connection.run("insert into u values (1)")
            let headless = try shell("\(program) log \(options)")
            #expect(headless.status == 2)
            #expect(headless.output.contains("several schemas hold audit tables (first, second)"))
            let window = try TerminalWindow()
            try window.run("\(program) \(options); echo status $?")
            try window.wait(for: "Which one? [1]")
            try window.enter("2")
            try window.wait(for: "+1 row")
            try window.press("Q")
            try window.wait(for: "status 0")
            try window.run("\(program) \(options); echo status $?")
            try window.wait(for: "Which one? [1]")
            try window.enter("3")
            try window.wait(for: "status 2")
        }
    }

    @Test func aTrailWithoutItsIndexIsReadWithAWarning() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key)")
            let options = try database.options()
            #expect(try shell("\(program) init t --schema audit --yes \(options)").status == 0)
            try connection.run("drop index audit.ix_audit_activity_native_transaction_id")
            let outcome = try shell("\(program) log \(options)")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("warning: audit.activity has no index on native_transaction_id"))
        }
    }

    @Test func aRoleWithoutPrivilegesIsToldWhatItLacks() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key); create table other (id int)")
            #expect(try shell("\(program) init t --schema audit --yes \(try database.options())").status == 0)
            let role = try database.makeRole("reader", on: connection)
            let log = try shell("\(program) log \(try database.options(as: role)) >/dev/null")
            #expect(log.status == 3)
            #expect(log.output.contains("may not read the audit tables in schema \"audit\""))
            let install = try shell(
                "\(program) init other --schema audit2 --yes \(try database.options(as: role)) >/dev/null"
            )
            #expect(install.status == 1)
            #expect(install.output.contains("may not create in schema audit2"))
        }
    }

    @Test func aWrongPasswordEndsWithTheStatusOfAFailedConnection() throws {
        try withGuardedServer { options in
            for (password, status, message) in [
                ("wrong", Int32(4), "password authentication failed"), ("right", 3, "no audit tables"),
            ] {
                let outcome = try shell("PGPASSWORD=\(password) \(program) log \(options) -w >/dev/null")
                #expect(outcome.status == status, "\(outcome.output)")
                #expect(outcome.output.contains(message), "\(outcome.output)")
            }
            let none = try shell("PGPASSFILE=/dev/null \(program) log \(options) -w >/dev/null")
            #expect(none.status == 4)
        }
    }

    @Test func tablesArePickedOnTheTerminalAndThePlanIsAskedFor() throws {
        try withDatabase { connection, database in
            try connection.run("create table users (id int primary key, password text); create table orders (id int)")
            let options = try database.options()
            let window = try TerminalWindow(columns: 80, rows: 24)
            let settings = try window.terminalSettings()
            try window.run("\(program) init --schema audit \(options); echo status $?")
            try window.wait(for: "[ ] public.users")
            try window.press("q")
            try window.wait(for: "nothing was changed")
            try window.wait(for: "status 1")
            #expect(try window.terminalSettings() == settings)

            try window.run("\(program) init --schema audit \(options); echo status $?")
            try window.wait(for: "[ ] public.users")
            try window.press("j", "Space")
            try window.wait(for: "users.password")
            try window.press("Enter")
            try window.wait(for: "audit public.users without password")
            try window.enter("y")
            try window.wait(for: "status 0")
            #expect(
                try connection.rows(
                    "select count(*) from pg_trigger where not tgisinternal and tgrelid = 'orders'::regclass"
                ) == ["0"]
            )
            #expect(try shell("\(program) status \(options)").output.contains("public.users   yes"))
        }
    }

    @Test func versionAndHelpAreData() throws {
        #expect(try shell("\(program) --version 2>/dev/null").output.hasPrefix("audit-tui "))
        #expect(try shell("\(program) -V 2>/dev/null").status == 0)
        for command in ["", "log", "init", "status", "remove"] {
            for option in ["--help", "'-?'"] {
                #expect(
                    try shell("\(program) \(command) \(option) 2>/dev/null").output.contains("USAGE"),
                    "\(command) \(option)"
                )
            }
        }
    }
}
