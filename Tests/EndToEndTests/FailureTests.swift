import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// What the browser says when something outside of it fails.
@Suite struct FailureTests {
    private func withOrders(_ body: (borrowing Connection, TestDatabase, _ folder: String) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            #expect(try shell("\(program) init orders --schema audit --yes \(database.options())").status == 0)
            try connection.run("insert into orders values (1, 'new')")
            let folder = "/tmp/audit-tui-failure-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o755) == 0)
            defer { _ = try? shell("rm -rf \(folder)") }
            try body(connection, database, folder)
        }
    }

    private func open(_ window: TerminalWindow, _ database: TestDatabase, _ before: String = ":") throws {
        try window.run("(\(before); \(program) \(database.options()); echo status $?)")
        try window.wait(for: "WHAT CHANGED")
        try window.wait(for: "▶")
    }

    private func quit(_ window: TerminalWindow) throws {
        try window.press("Q")
        try window.wait(for: "status 0")
    }

    /// Opens the script that reverts the newest transaction.
    private func openRevert(_ window: TerminalWindow, of statements: String = "1 statement:") throws {
        try window.press("r")
        try window.wait(for: statements)
    }

    @Test func aFileThatCannotBeWrittenIsNamedWithTheReason() throws {
        try withOrders { connection, database, folder in
            let window = try TerminalWindow()
            try open(window, database, "mkdir \(folder)/gone; cd \(folder)/gone; rmdir \(folder)/gone")
            try openRevert(window)
            try window.press("w")
            try window.wait(for: "cannot write ./revert-")
            try window.wait(for: "No such file or directory")
            try quit(window)

            try open(window, database, "cd \(folder); ulimit -f 0")
            try openRevert(window)
            try window.press("w")
            try window.wait(for: "File too large")
            try quit(window)
            let name = try shell("basename \(folder)/revert-*.sql .sql").output.filter { $0 != "\n" }
            #expect(try shell("cd \(folder) && for n in $(seq 2 1000); do : >\(name)-$n.sql; done").status == 0)
            try open(window, database, "cd \(folder)")
            try openRevert(window)
            try window.press("w")
            try window.wait(for: "there are too many files like \(name).sql")
            try window.press("e")
            try window.wait(for: "there are too many files like \(name).sql")
            try quit(window)
        }
    }

    @Test func aPagerThatIsNotThereOrHasNothingToReadIsNamed() throws {
        try withOrders { connection, database, folder in
            #expect(
                try shell("printf '#!/bin/sh\\nexit 127\\n' >\(folder)/pager; chmod 755 \(folder)/pager").status == 0
            )
            let window = try TerminalWindow()
            for (setting, words) in [
                ("PAGER=\(folder)/pager", "cannot run \(folder)/pager; set PAGER"),
                ("TMPDIR=/nowhere", "cannot write a temporary file: No such file or directory"),
            ] {
                try open(window, database, "export \(setting)")
                try window.press("Enter")
                try window.wait(for: "+ status")
                try window.press("e")
                try window.wait(for: words)
                try quit(window)
            }
        }
    }

    @Test func whatIsTooLongForTheClipboardIsNotSent() throws {
        try withOrders { connection, database, _ in
            let window = try TerminalWindow()
            try open(window, database)
            try openRevert(window)
            try window.press("y")
            try window.wait(for: "bytes to the clipboard of the terminal")
            try quit(window)
            try connection.run("insert into orders select key, repeat('x', 90) from generate_series(2, 100) as key")
            try open(window, database)
            try openRevert(window, of: "99 statements:")
            try window.press("y")
            try window.wait(for: "too long for the clipboard (")
            try quit(window)
        }
    }

    @Test func aThemeWithAMistakeIsTakenAndTheMistakeTold() throws {
        try withOrders { connection, database, folder in
            let themes = "\(folder)/audit-tui/themes"
            #expect(
                try shell("mkdir -p \(themes); printf '[roles]\\nnosuch = { fg = \"red\" }\\n' >\(themes)/odd.toml")
                    .status
                    == 0
            )
            let window = try TerminalWindow()
            try open(window, database, "export XDG_CONFIG_HOME=\(folder)")
            try window.press(":")
            try window.enter("theme odd")
            try window.wait(for: "odd.toml:2: there is no role nosuch")
            #expect(try shell("rm \(themes)/odd.toml").status == 0)
            try window.press(":")
            try window.enter("theme odd")
            try window.wait(for: "theme odd is gone")
            try quit(window)
        }
    }

    /// The changes of another transaction give way to word that others are loading, and these to the changes.
    @Test func changesThatDoNotComeAreSaidToBeLoading() throws {
        try withOrders { connection, database, _ in
            try connection.run("insert into orders values (2, 'second')")
            let window = try TerminalWindow()
            try open(window, database)
            try window.wait(for: "\"second\"")
            try connection.run("begin; lock table audit.activity in access exclusive mode")
            try window.press("j")
            try window.wait("for the changes to be loading") { $0.contains("loading…") && !$0.contains("\"second\"") }
            try connection.run("rollback")
            try window.wait("for the changes") { $0.contains("\"new\"") && !$0.contains("loading…") }
            try quit(window)
        }
    }

    /// What waits behind a statement is given up with it.
    @Test func aQuestionThatWaitsForAnotherIsCancelledWithIt() throws {
        try withOrders { connection, database, _ in
            let window = try TerminalWindow(columns: 80, rows: 24)
            try window.run("(\(program) \(database.options()); echo status $?)")
            try window.wait(for: "▶")
            try connection.run("begin; lock table audit.activity in access exclusive mode")
            try window.press("R")
            let waiting = "select from pg_locks where relation = 'audit.activity'::regclass and not granted"
            try window.wait("to wait for the lock") { _ in try !connection.rows(waiting).isEmpty }
            try window.press("Enter")
            try window.wait(for: "loading…")
            try window.press("C-c")
            try window.wait(for: "✘ cancelled")
            try connection.run("rollback")
            try quit(window)
        }
    }

    @Test func aTrailThatIsGoneAfterASessionIsSaidToBe() throws {
        try withOrders { connection, database, _ in
            let window = try TerminalWindow()
            try open(window, database)
            try connection.run("alter schema audit rename to elsewhere; drop table elsewhere.activity cascade")
            try connection.run(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'
                """
            )
            try window.wait(for: "has no audit tables")
            try quit(window)
        }
    }

    @Test func withoutATerminalOfItsOwnTheBrowserSaysSo() throws {
        try withOrders { connection, database, _ in
            let window = try TerminalWindow()
            try window.run("setsid -w \(program) \(database.options()); echo status $?")
            try window.wait(for: "audit-tui: no terminal to draw on; run it in a terminal")
            try window.wait(for: "status 1")
            // The demonstration needs a server, which a limit keeps from starting.
            try window.run("(ulimit -f 16; \(program) demo; echo status $?)")
            try window.wait(for: "audit-tui: the private server did not start: ")
            try window.wait(for: "status 1")
        }
    }
}
