import Glibc
import Postgres
import TestDatabase
import Testing

/// The way in which the event loop uses a connection.
@Suite struct NonBlockingTests {
    private static let limit = ContinuousClock.now + .seconds(60)

    /// Waits until the socket is ready, within a limit.
    private func wait(_ connection: borrowing Connection, toWrite: Bool = false) throws {
        var entry = pollfd(fd: connection.descriptor, events: Int16(toWrite ? POLLOUT : POLLIN), revents: 0)
        try #require(poll(&entry, 1, 20_000) == 1)
    }

    private func open(_ database: TestDatabase) throws -> Connection {
        let attempt = try ConnectionAttempt(try database.settings())
        var entry = pollfd(fd: attempt.descriptor, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 20_000) == 1)
        guard let connection = try attempt.finish() else { throw PostgresError.library(message: "no outcome") }
        return connection
    }

    /// The first column of all results, or the error that came instead; the statement is finished afterwards.
    private func answer(_ connection: borrowing Connection) throws -> (values: [String], error: PostgresError?) {
        var values: [String] = []
        var failure: PostgresError?
        while true {
            do throws(PostgresError) {
                switch try connection.receive(of: "test") {
                case .pending: break
                case .finished: return (values, failure)
                case .result(let result):
                    values += try result.map { row throws(PostgresError) in try row.text(0) }
                    continue
                }
            } catch {
                if case .connectionLost = error { return (values, error) }
                failure = error
                continue
            }
            try wait(connection)
        }
    }

    @Test func aStatementIsSentAndItsAnswerReceivedWithoutWaiting() throws {
        try withDatabase { _, database in
            let connection = try open(database)
            try connection.send(Statement("test", "select n::text from generate_series(1, $1::int) n"), ["3"])
            while try !connection.flush() { try wait(connection, toWrite: true) }
            let answer = try answer(connection)
            #expect(answer.values == ["1", "2", "3"])
            #expect(answer.error == nil)
        }
    }

    @Test func afterAnErrorTheNextStatementMayBeSent() throws {
        try withDatabase { _, database in
            let connection = try open(database)
            try connection.send(Statement("test", "select 1/0"))
            let refusal = try answer(connection)
            #expect(refusal.error?.sqlState == "22012")
            try connection.send(Statement("test", "select 'on'"))
            let next = try answer(connection)
            #expect(next.values == ["on"])
        }
    }

    @Test func cancellingEndsTheRunningStatement() throws {
        try withDatabase { observer, database in
            let connection = try open(database)
            try connection.send(Statement("test", "select pg_sleep(600)"))
            let running =
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
            while try observer.rows(running) != ["1"], ContinuousClock.now < Self.limit {}
            #expect(connection.cancel().isTaken(withinMilliseconds: 10_000))
            let answer = try answer(connection)
            #expect(answer.error?.sqlState == "57014")
        }
    }

    @Test func aLostServerIsToldAndNotMistakenForARefusal() throws {
        try withDatabase { observer, database in
            let connection = try open(database)
            let others =
                "select pg_terminate_backend(pid)::text from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            #expect(try observer.rows(others) == ["true"])
            try wait(connection)
            // An idle session takes the server's last words as a notice, and its end with the next reading.
            var error: PostgresError?
            while error == nil, ContinuousClock.now < Self.limit { error = try answer(connection).error }
            guard case .connectionLost? = error else {
                Issue.record("another answer: \(String(describing: error))")
                return
            }
        }
    }

    @Test func aPreambleIsInTheTransactionOfEachStatementAndNotLeftBehind() throws {
        try withDatabase { _, database in
            let connection = try open(database)
            connection.precedeEach(
                by: Statement(
                    "preamble",
                    "select set_config('application_name', $1, true), set_config('transaction_read_only', 'on', true)"
                ),
                ["here"]
            )
            for _ in 0..<2 {
                try connection.send(
                    Statement("test", "select current_setting('application_name') from generate_series(1, 2)")
                )
                while try !connection.flush() { try wait(connection, toWrite: true) }
                let answer = try answer(connection)
                #expect(answer.values == ["here", "here"] && answer.error == nil)
            }
            try connection.send(Statement("test", "create table x ()"))
            #expect(try answer(connection).error?.sqlState == "25006")
            let read = try connection.execute(Statement("test", "select $1 || 'x'"), ["a"])
            #expect(try read.first { row throws(PostgresError) in try row.text(0) } == "ax")
            let refused = #expect(throws: PostgresError.self) {
                try connection.execute(Statement("test", "select 1/0"))
            }
            #expect(refused?.sqlState == "22012")
            connection.precedeEach(by: Statement("preamble", "select 1/0"), [])
            #expect(throws: PostgresError.self) { try connection.execute(Statement("test", "select 1")) }
            try connection.send(Statement("test", "select 1"))
            let failed = try answer(connection)
            #expect(failed.error?.sqlState == "22012" && failed.values == [])
        }
    }

    @Test func anAttemptThatIsGivenUpLeavesNoSession() throws {
        try withDatabase { observer, database in
            let settings = try database.settings()
            for _ in 0..<20 { _ = try ConnectionAttempt(settings) }
            let others =
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            while try observer.rows(others) != ["0"] { try #require(ContinuousClock.now < Self.limit) }
        }
    }

    @Test func settingsThatAreNoGoodAreRefused() throws {
        let attempt = try ConnectionAttempt(ConnectionSettings(database: "postgresql://%zz"))
        var entry = pollfd(fd: attempt.descriptor, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 20_000) == 1)
        let error = #expect(throws: PostgresError.self) { _ = try attempt.finish() }
        guard case .cannotConnect? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }
}
