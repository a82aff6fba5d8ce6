import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The browser on a trail that takes a minute to read.
@Suite struct SlowServerTests {
    private func withSlowTrail(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            let outcome = try shell("\(program) --init orders --schema audit --yes \(database.options())")
            #expect(outcome.status == 0, "\(outcome.output)")
            try connection.run(
                """
                insert into orders select generate_series(1, 5);
                create schema slow;
                create view slow.transaction as select * from audit.transaction;
                create view slow.activity as select a.* from pg_sleep(60), audit.activity a;
                """
            )
            try body(connection, database)
        }
    }

    private func waitForStatements(_ count: Int, on connection: borrowing Connection) throws {
        let limit = ContinuousClock.now + .seconds(30)
        let running = """
            select left(query, 40) from pg_stat_activity
            where state = 'active' and datname = current_database() and pid <> pg_backend_pid()
            """
        while case let found = try connection.rows(running), found.count != count {
            guard ContinuousClock.now < limit else {
                throw TestError("never \(count) statements at once: \(found)")
            }
            usleep(20_000)
        }
    }

    @Test func keysAreAnsweredCancelEndsAndQuittingLeavesNothing() throws {
        try withSlowTrail { connection, database in
            let window = try TerminalWindow()
            try window.run("\(program) --schema slow \(database.options()); echo status $?")
            try window.wait(for: "loading…")
            // The page and the histogram, each in a session of its own.
            try waitForStatements(2, on: connection)
            try window.press("?")
            try window.wait(for: "next line")
            try window.press("q", "C-c")
            try window.wait(for: "✘ cancelled")
            try waitForStatements(1, on: connection)
            try window.press("R")
            try waitForStatements(2, on: connection)
            try window.press("Q")
            try window.wait(for: "status 0")
            try waitForStatements(0, on: connection)
        }
    }
}
