import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The browser while something is broken: keys are answered, quitting works, and nothing is left on the server.
///
/// What is printed for each fault was measured through tmux and on whatever else runs; a hang takes many seconds.
@Suite(.serialized) struct FaultTests {
    /// Above this a key counts as not answered; the bar of 300 ms is for a machine that does nothing else.
    private static let limit = Duration.seconds(3)

    private func withShop(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            #expect(try shell("\(program) --init orders --yes \(database.options())").status == 0)
            for id in 1...5 { try connection.run("insert into orders values (\(id), 'new')") }
            try body(connection, database)
        }
    }

    /// How long it takes until the window shows a text after a key, or shows it no more.
    private func time(_ window: TerminalWindow, _ key: String, _ text: String, isShown: Bool = true) throws -> Duration
    {
        let start = ContinuousClock.now
        try window.press(key)
        try window.wait("\(text): \(isShown)") { $0.contains(text) == isShown }
        return ContinuousClock.now - start
    }

    /// Presses keys that need no server, quits, and says how long each took.
    private func expectAnswers(_ window: TerminalWindow, _ fault: String) throws {
        var times: [Duration] = []
        let keys = [
            ("?", "next line", true), ("q", "next line", false), ("@", "go to>", true), ("Escape", "go to>", false),
        ]
        for (key, text, isShown) in keys + [("m", "m▶", true)] {
            times.append(try time(window, key, text, isShown: isShown))
        }
        let quit = try time(window, "Q", "status 0")
        let worst = times.max() ?? .zero
        print("fault \(fault): \(times.count) keys, worst \(worst.milliseconds) ms, quit \(quit.milliseconds) ms")
        #expect(worst < Self.limit && quit < Self.limit, "\(fault)")
    }

    /// Waits until no session of the program is left, and says how long that took.
    private func expectNoSession(_ connection: borrowing Connection, _ fault: String) throws {
        let start = ContinuousClock.now
        let sessions = """
            select pid, state, wait_event, query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'
            """
        while case let left = try connection.rows(sessions), !left.isEmpty {
            guard ContinuousClock.now - start < .seconds(10) else {
                throw TestError("\(fault): sessions are left: \(left)")
            }
            usleep(20_000)
        }
        print("fault \(fault): no session left after \((ContinuousClock.now - start).milliseconds) ms")
    }

    /// Waits until a session has the activities locked, and so many sessions wait for it to end, but for the one that counts
    /// activities beside the list: `first 2`.
    private func waitForLocks(_ expected: String, _ connection: borrowing Connection) throws {
        let locks = """
            select (select application_name from pg_stat_activity where pid = holder.pid) || ' '
              || (select count(*) from pg_locks waiting join pg_stat_activity s using (pid)
                  where relation = 'activity'::regclass and not granted and s.query not like '%How many activities%')
            from pg_locks holder
            where relation = 'activity'::regclass and granted and mode = 'AccessExclusiveLock'
            """
        let limit = ContinuousClock.now + .seconds(20)
        while case let found = try connection.rows(locks), found != [expected] {
            guard ContinuousClock.now < limit else { throw TestError("\(found), not \(expected)") }
            usleep(5_000)
        }
    }

    /// A session of a name that waits for the activities to lock them, and has them locked then.
    private func awaitLock(_ database: TestDatabase, _ name: String) throws -> Connection {
        let session = try database.connect()
        try session.run("set application_name = '\(name)'")
        try session.run("begin")
        try session.send(Statement("lock", "lock table activity in access exclusive mode"), [])
        return session
    }

    private func open(_ window: TerminalWindow, _ options: String, environment: String = "") throws {
        try window.run("\(environment) \(program) \(options); echo status $?")
        try window.wait(for: "▶")
    }

    @Test func aLockedTableAndAStoppedBackend() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            try open(window, database.options())
            let other = try database.connect()
            try other.run("set application_name = 'other'")
            try other.run("begin; lock table activity in access exclusive mode")
            try window.press("R")
            try expectAnswers(window, "locked")
            try expectNoSession(connection, "locked")
            try other.run("rollback")

            try open(window, database.options())
            let sessions =
                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'"
            let processes = try connection.rows(sessions).compactMap { Int32($0) }
            for process in processes { #expect(kill(process, SIGSTOP) == 0) }
            defer { for process in processes { kill(process, SIGCONT) } }
            try window.press("R")
            try expectAnswers(window, "stopped")
            for process in processes { #expect(kill(process, SIGCONT) == 0) }
            try expectNoSession(connection, "stopped")
        }
    }

    /// A machine with much else to do may take longer than the browser waits for a lock; then nothing is shown by that.
    @Test func aCancelRequestThatComesLateEndsNothingElse() throws {
        for _ in 0..<5 where try isAskedAgain() { return }
        Issue.record("the browser gave up waiting for locks five times")
    }

    /// Lets a request to cancel one filter's list come while the next one's is read; false when a lock took too long.
    private func isAskedAgain() throws -> Bool {
        var isShown = true
        try withShop { connection, database in
            let settings = try database.settings()
            let proxy = try Proxy(to: "\(settings.host ?? "")/.s.PGSQL.\(settings.port ?? "5432")")
            defer { proxy.end() }
            let window = try TerminalWindow()
            do {
                try sendLate(proxy, window, connection, database)
            } catch {
                guard try !window.screen().contains("cancelled") else { throw error }
                isShown = false
            }
        }
        return isShown
    }

    private func hasEnded(_ screen: String) -> Bool { screen.contains("lock timeout") || screen.contains("cancelled") }

    private func sendLate(
        _ proxy: Proxy,
        _ window: TerminalWindow,
        _ connection: borrowing Connection,
        _ database: TestDatabase
    ) throws {
        try open(window, "-h 127.0.0.1 -p \(proxy.port) -U postgres -d \(database.name)")
        try window.wait(for: "s/bar")
        let first = try awaitLock(database, "first")
        try waitForLocks("first 0", connection)
        try window.press("v")
        try waitForLocks("first 1", connection)
        let second = try awaitLock(database, "second")
        try waitForLocks("first 2", connection)
        try proxy.holdCancelRequests()
        try window.press("v")
        try window.wait(for: "verb:update")
        // Two statements read the first filter's list, late for the request to cancel it; the second filter's first one
        // then waits in its place. To close a session is to end its transaction.
        _ = consume first
        try waitForLocks("second 1", connection)
        let third = try awaitLock(database, "third")
        try waitForLocks("second 2", connection)
        _ = consume second
        try waitForLocks("third 1", connection)
        let latest = """
            select max(query_start) from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database() and application_name = 'audit-tui'
              and query not like '%How many activities%'
            """
        let before = try connection.rows(latest)
        try proxy.passCancelRequests()
        try window.wait("to ask again") { screen in
            if hasEnded(screen) { return true }
            guard let now = try? connection.rows(latest) else { return false }
            return now != before && now != ["∅"]
        }
        _ = consume third
        let screen = try window.wait("to show the list") { $0.contains("0 tx") || hasEnded($0) }
        guard screen.contains("0 tx") else { throw TestError(screen) }
        try window.press("Q")
        try window.wait(for: "status 0")
    }

    @Test func sessionsThatAreEndedComeBack() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            try open(window, database.options())
            try window.press("j", "j", "m")
            try window.wait(for: "m▶")
            let end = """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'
                """
            let pid =
                "select max(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'"
            let before = try connection.rows(pid)
            _ = try connection.rows(end)
            try window.wait("to be connected anew") { _ in
                guard let now = try? connection.rows(pid) else { return false }
                return now != before && now != ["∅"]
            }
            try window.wait(for: "tx 3/5")
            try window.press("m")
            try expectAnswers(window, "killed")
            try expectNoSession(connection, "killed")
        }
    }

    @Test func aNetworkThatIsCutAndAServerThatRestarts() throws {
        try withShop { connection, database in
            let settings = try database.settings()
            let socket = "\(settings.host ?? "")/.s.PGSQL.\(settings.port ?? "5432")"
            var proxy = try Proxy(to: socket)
            let options = "-h 127.0.0.1 -p \(proxy.port) -U postgres -d \(database.name)"
            let window = try TerminalWindow()
            try open(window, options)
            proxy.stop()
            try window.press("R")
            try expectAnswers(window, "cut")
            proxy.end()
            try expectNoSession(connection, "cut")

            proxy = try Proxy(to: socket, port: proxy.port)
            try open(window, options)
            proxy.end()
            try window.wait(for: "connecting again in")
            _ = try time(window, "?", "next line")
            _ = try time(window, "q", "next line", isShown: false)
            proxy = try Proxy(to: socket, port: proxy.port)
            try window.press("R")
            try window.wait("to be connected") { !$0.contains("connecting again") && $0.contains("5 tx") }
            try expectAnswers(window, "restarted")
            proxy.end()
            try expectNoSession(connection, "restarted")
        }
    }

    @Test func aNameThatIsNotResolved() throws {
        try withShop { connection, database in
            let settings = try database.settings()
            let proxy = try Proxy(to: "\(settings.host ?? "")/.s.PGSQL.\(settings.port ?? "5432")")
            let folder = "/tmp/audit-tui-resolver-\(getpid())"
            let made = try shell(
                "mkdir -p \(folder) && clang -shared -fPIC -o \(folder)/resolver.so \(faultsFolder)/resolver.c -ldl"
            )
            #expect(made.status == 0, "\(made.output)")
            defer { _ = try? shell("rm -r \(folder)") }
            let window = try TerminalWindow()
            try open(
                window,
                "-h database.invalid -p \(proxy.port) -U postgres -d \(database.name)",
                environment: "LD_PRELOAD=\(folder)/resolver.so FAULT=\(folder)/fault"
            )
            #expect(try shell("touch \(folder)/fault").status == 0)
            let end = """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and application_name = 'audit-tui'
                """
            _ = try connection.rows(end)
            try window.wait(for: "connecting again ·")
            try expectAnswers(window, "dead name server")
            proxy.end()
            try expectNoSession(connection, "dead name server")
        }
    }

    @Test func aFullDiskAndAClosedOutput() throws {
        try withShop { connection, database in
            let options = try database.options()
            let folder = "/tmp/audit-tui-full-\(getpid())"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            try connection.run("insert into orders select n, repeat('x', 100) from generate_series(100, 1500) n")
            let window = try TerminalWindow()
            try window.run("cd \(folder); ulimit -f 16; \(program) \(options); echo status $?")
            try window.wait(for: "▶")
            try window.press("x", "j")
            let screen = try window.wait(for: "is incomplete, with ")
            #expect(screen.contains(" changes: File too large"))
            try expectAnswers(window, "full disk")
            for (target, reason) in [("/dev/full", "No space left on device"), ("&-", "Bad file descriptor")] {
                for command in ["log --format jsonl", "log", "status --json", "show 1", "--version", "help"] {
                    let outcome = try shell(
                        "\(program) \(command) \(["--version", "help"].contains(command) ? "" : options) >\(target)"
                    )
                    #expect(outcome.status == 1, "\(command) >\(target): \(outcome.output)")
                    #expect(outcome.output == "audit-tui: cannot write to standard output: \(reason)\n")
                }
            }
            let broken = try shell("\(program) log --format jsonl \(options) | head -1")
            #expect(broken.output.split(separator: "\n").count == 1)
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
