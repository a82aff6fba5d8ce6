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
        let connection = try Connection.start(try database.settings())
        var progress = Connection.Progress.wantsToWrite
        while progress != .ready {
            try wait(connection, toWrite: progress == .wantsToWrite)
            progress = try connection.advance()
        }
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
            connection.cancel()
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

    @Test func settingsThatAreNoGoodAreRefusedAtOnce() {
        let error = #expect(throws: PostgresError.self) {
            _ = try Connection.start(ConnectionSettings(database: "postgresql://%zz"))
        }
        guard case .cannotConnect? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }
}
