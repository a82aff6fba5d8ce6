import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The built program in a real terminal on a real database.
@Suite struct BrowserInTerminalTests {
    func withShop(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table users (id int primary key, name text, password text);
                create table orders (id int primary key, status text, total numeric);
                insert into users values (1, 'Alice', 'secret'), (2, 'Bob', 'secret');
                """
            )
            let outcome = try shell(
                "\(program) --init users orders --exclude users.password --actor-table users --yes \(database.options())"
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            for (actor, statement) in [
                (1, "insert into orders values (1, 'pending', 1.10), (2, 'pending', 2.5)"),
                (2, "update orders set status = 'paid' where id = 1"),
                (1, "update users set name = 'Robert' where id = 2"),
                (2, "delete from orders where id = 2"),
            ] {
                try connection.run("begin; set local audit.actor_id = '\(actor)'; \(statement); commit")
            }
            try body(connection, database)
        }
    }

    /// Opens the browser in a window whose terminal settings are known.
    func open(_ window: TerminalWindow, _ database: TestDatabase, _ arguments: String = "") throws -> String {
        let settings = try window.terminalSettings()
        try window.run("\(program) \(database.options()) \(arguments); echo status $?")
        try window.wait(for: "WHAT CHANGED")
        try window.wait(for: "▶")
        return settings
    }

    private func expectRestored(_ window: TerminalWindow, _ settings: String, status: Int32) throws {
        try window.wait(for: "status \(status)")
        #expect(try window.modes() == "0 1 0\n")
        #expect(try window.terminalSettings() == settings, "\(settings)")
    }

    @Test func aRowIsFollowedBlamedAndARevertIsWrittenToAFile() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            let folder = "/tmp/audit-tui-revert-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            try window.run("cd \(folder); clear")
            _ = try open(window, database, "--row orders:1")
            try window.press("Enter")
            try window.wait(for: "+ status")
            try window.press("H")
            let history = try window.wait(for: "live ✔")
            #expect(history.contains("History › orders #1") && history.contains("2 versions"))
            try window.press("b")
            try window.wait(for: "blame: last writer of each value")
            try window.press("q", "r")
            try window.wait(for: "1 statement: 1 applies")
            try window.press("w")
            let written = try window.wait(for: "written to ./revert-activity")
            #expect(written.contains("NOT EXECUTED"))
            try window.press("q", "q", "q")
            try window.wait(for: "status 0")
            #expect(try connection.rows("select status from orders where id = 1") == ["paid"])
            let outcome = try shell(
                "psql -Xq -v ON_ERROR_STOP=1 -f \(folder)/revert-activity*.sql \(database.options())"
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(try connection.rows("select status from orders where id = 1") == ["pending"])
        }
    }

    @Test func whatTheFilterSelectsIsExportedToAFile() throws {
        try withShop { connection, database in
            try connection.run("insert into orders select n, 'bulk' from generate_series(1001, 2200) n")
            let window = try TerminalWindow()
            let folder = "/tmp/audit-tui-export-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            try window.run("cd \(folder); clear")
            _ = try open(window, database, "--table orders")
            try window.press("x")
            try window.wait(for: "all that the filter selects to ./changes-")
            try window.press("j")
            try window.wait(for: " changes written to ./changes-")
            let printed = try shell("\(program) log --table orders --format jsonl \(database.options())").output
            #expect(printed.split(separator: "\n").count > 1200)
            #expect(try shell("cat \(folder)/changes-*.jsonl").output == printed)
            try window.press("m", "M")
            try window.wait(for: "xid:")
            try window.press("x", "c")
            try window.wait(for: " 1,200 changes written to ./changes-")
            #expect(try shell("cat \(folder)/changes-*.csv | wc -l").output == "1201\n")
        }
    }

    @Test func aPagerHasTheTerminalForAWhile() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            try window.run("export PAGER='less -S'; clear")
            let settings = try open(window, database, "--row orders:1")
            try window.press("Enter")
            try window.wait(for: "+ status")
            try window.press("e")
            let page = try window.wait(for: "(END)")
            #expect(page.contains("Robert  update public.orders #1") && page.contains("  + status: \"paid\""))
            try window.press("q")
            try window.wait(for: "Tx ")
            try window.press("q", "q")
            try expectRestored(window, settings, status: 0)
            try window.run("export PAGER=/nowhere/pager; clear")
            _ = try open(window, database, "--row orders:1")
            try window.press("Enter")
            try window.wait(for: "+ status")
            try window.press("e")
            try window.wait(for: "cannot run /nowhere/pager")
            try window.press("q", "q")
            try expectRestored(window, settings, status: 0)
        }
    }

    @Test func theListIsMovedInDrilledAndLeft() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            let settings = try open(window, database)
            let list = try window.wait(for: "DELETE 1 row")
            #expect(list.contains("Bob") && list.contains("status pending→paid") && list.contains("name Bob→Robert"))
            try window.press("j", "j", "Enter")
            let changes = try window.wait(for: "+ status       \"paid\"")
            #expect(changes.contains("- status       \"pending\"") && changes.contains("UPDATE 1/1"))
            try window.press("J")
            try window.wait(for: "INSERT 1/2")
            try window.press("}")
            try window.wait(for: "INSERT 2/2")
            try window.press("q", "Q")
            try expectRestored(window, settings, status: 0)
        }
    }

    @Test func pastedTextIsNoKeysAndTheMouseIsTakenAndGivenBack() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            let settings = try open(window, database)
            try window.paste("Q\n:quit\nQ")
            try window.wait(for: "pasted text is not run as keys")
            try window.press("f", "C-u")
            try window.paste("table:orders\nverb:u\n")
            try window.wait(for: "filter> table:orders verb:u")
            try window.press("Enter")
            try window.wait(for: "1 tx")
            try window.press("BSpace", "BSpace")
            try window.wait(for: "4 tx")
            #expect(try window.mouseModes() == "0 0\n")
            try window.press("%")
            try window.wait(for: "the mouse scrolls")
            #expect(try window.mouseModes() == "1 1\n")
            // A click on the third transaction, and another at once.
            let list = try window.screen().split(separator: "\n", omittingEmptySubsequences: false)
            let row = try #require(list.firstIndex { $0.contains("status pending→paid") })
            try window.type("\u{1B}[<0;9;\(row + 1)M\u{1B}[<0;9;\(row + 1)m\u{1B}[<0;9;\(row + 1)M")
            try window.wait(for: "Tx ")
            try window.wait(for: "+ status       \"paid\"")
            try window.press("C-z")
            try window.wait(for: "Stopped")
            #expect(try window.mouseModes() == "0 0\n")
            try window.run("fg")
            try window.wait(for: "+ status       \"paid\"")
            try window.wait("to have the mouse again") { _ in (try? window.mouseModes()) == "1 1\n" }
            try window.press("Q")
            try window.wait(for: "ready>")
            #expect(try window.mouseModes() == "0 0\n")
            #expect(try window.terminalSettings() == settings, "\(settings)")
        }
    }

    @Test func filtersByTableAndActorAreChosenByKeys() throws {
        try withShop { _, database in
            let window = try TerminalWindow(columns: 80, rows: 24)
            let settings = try open(window, database)
            try window.press("t")
            try window.wait(for: "Space mark")
            try window.wait(for: "orders")
            try window.type("users")
            try window.press("Enter")
            try window.wait(for: "table:public.users")
            try window.wait("for one transaction") { $0.contains("1 tx") && $0.contains("name Bob→Robert") }
            try window.press("BSpace")
            try window.wait(for: "4 tx")
            try window.press("a")
            try window.wait(for: "2 recent tx")
            try window.type("robert")
            try window.press("Enter")
            try window.wait(for: "actor:Robert")
            let list = try window.wait(for: "2 tx")
            #expect(!list.contains("Alice "))
            try window.press("v")
            try window.wait(for: "verb:insert")
            try window.wait(for: "no transaction matches the filter")
            try window.press("q")
            try expectRestored(window, settings, status: 0)
        }
    }

    @Test func theScreenFollowsTheSizeOfTheTerminal() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            _ = try open(window, database)
            try window.wait(for: "CLIENT")
            try window.tmux("resize-window -x 80 -y 24")
            try window.wait("to drop columns") { $0.contains("WHAT CHANGED") && !$0.contains("CLIENT") }
            try window.tmux("resize-window -x 20 -y 5")
            try window.wait(for: "too small")
            try window.tmux("resize-window -x 120 -y 35")
            try window.wait(for: "CLIENT")
        }
    }

    @Test func suspendingGivesTheTerminalBackAndContinuingTakesItAgain() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            let settings = try open(window, database)
            try window.press("C-z")
            try window.wait(for: "Stopped")
            #expect(try window.modes() == "0 1 0\n")
            #expect(try window.terminalSettings() == settings, "\(settings)")
            try window.enter("fg")
            try window.wait(for: "WHAT CHANGED")
            try window.press("j", "Q")
            try window.wait(for: "ready>")
            #expect(try window.terminalSettings() == settings, "\(settings)")
        }
    }

    @Test(arguments: [("TERM", 143), ("HUP", 129), ("INT", 130), ("SEGV", 139), ("ABRT", 134)] as [(String, Int32)])
    func aSignalEndsTheProgramAndTheTerminalIsRestored(_ signal: String, _ status: Int32) throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            let settings = try window.terminalSettings()
            // The shell in between tells the process id; exec makes it the program's.
            let command = "exec \(program) \(try database.options())"
            try window.run(
                "sh -c \(quoted("echo $$ > /tmp/\(database.name).pid; \(command)")); echo status $?"
            )
            try window.wait(for: "▶")
            #expect(
                try shell("kill -\(signal) $(cat /tmp/\(database.name).pid); rm /tmp/\(database.name).pid").status == 0
            )
            try expectRestored(window, settings, status: status)
        }
    }

    @Test func newTransactionsAppearWhileFollowing() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            _ = try open(window, database)
            try window.press("F")
            try window.wait(for: "FOLLOW")
            try connection.run("insert into orders values (77, 'followed', 1)")
            try window.wait(for: "5 tx")
            try window.press("j")
            try window.wait(for: "paused")
            try connection.run("insert into orders values (78, 'followed', 1)")
            try window.wait(for: "▲1 new")
        }
    }

    @Test func aTrailThatTellsWakesWhoeverFollows() throws {
        try withShop { connection, database in
            let outcome = try shell("\(program) --init --notify --yes \(database.options())")
            #expect(outcome.status == 0, "\(outcome.output)")
            let window = try TerminalWindow()
            // Without being woken it would look again in half an hour.
            _ = try open(window, database, "--interval 30min")
            try window.press("F")
            try window.wait(for: "● FOLLOW")
            try connection.run("update orders set status = 'shipped' where id = 1")
            try window.wait(for: "status paid→shipped")
        }
    }

    @Test func theSearchAndTheHelpWork() throws {
        try withShop { _, database in
            let window = try TerminalWindow(columns: 80, rows: 24)
            _ = try open(window, database)
            try window.press("/")
            try window.type("pending→paid")
            try window.press("Enter")
            try window.wait(for: "tx 3/4")
            try window.press("?")
            try window.wait(for: "filter by tables")
            try window.press("q")
            try window.wait("to close the help") { !$0.contains("filter by tables") }
        }
    }

    @Test func timeIsGoneToAndTheOtherViewsAreRead() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            _ = try open(window, database)
            try window.press("@")
            try window.type("orders:1")
            try window.press("Enter")
            try window.wait("to go to the row") { $0.contains { $0 == "▶" } && !$0.contains("go to>") }
            try window.press("Enter")
            try window.wait(for: "+ status       \"paid\"")
            try window.press("q", "2")
            try window.wait("to show the tables") { $0.contains("CAPTURE") && $0.contains("recording") }
            try window.press("3")
            try window.wait("to show the actors") { $0.contains("CLIENT") && $0.contains("Alice") }
            try window.press("4")
            try window.wait(for: "a line")
            try window.press("5")
            try window.wait(for: "every capture trigger fires")
            try window.press("S")
            try window.wait(for: "all 5 changes")
            try window.press("q", ":")
            try window.type("sql")
            try window.press("Enter")
            try window.wait(for: "-- transactions")
            try window.press("q")
            try window.wait(for: "DELETE 1 row")
        }
    }

    @Test func standardInputMayBeClosedAndAnUnknownTerminalIsDrawnOnAllTheSame() throws {
        try withShop { _, database in
            let window = try TerminalWindow(environment: "TERM=unheard-of")
            _ = try open(window, database, "<&-")
            try window.press("j")
            try window.wait(for: "tx 2/4")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func withoutColoursTheScreenHasNone() throws {
        try withShop { _, database in
            let window = try TerminalWindow(environment: "TERM=tmux-256color NO_COLOR=1")
            _ = try open(window, database)
            try window.wait(for: "DELETE 1 row")
            let screen = try window.tmux("capture-pane -p -e")
            let colours = (30...37).flatMap { ["\u{1B}[\($0)m", ";\($0)m"] }
            #expect(!colours.contains { screen.contains($0) })
            let coloured = try TerminalWindow()
            _ = try open(coloured, database)
            try coloured.wait(for: "DELETE 1 row")
            let colouredScreen = try coloured.tmux("capture-pane -p -e")
            #expect(colours.contains { colouredScreen.contains($0) })
        }
    }

    @Test func aDumbTerminalIsRefusedInOneLine() throws {
        try withShop { _, database in
            let window = try TerminalWindow(environment: "TERM=dumb")
            try window.enter("\(program) \(database.options()); echo status $?")
            let screen = try window.wait(for: "status 1")
            #expect(screen.contains("terminal type \"dumb\" cannot place text"))
        }
    }
}
