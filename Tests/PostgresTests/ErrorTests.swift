import Glibc
import Postgres
import TestDatabase
import Testing

/// What is thrown when the server, its answer or the session is not as it should be.
@Suite struct ErrorTests {
    private enum Mood: String { case happy = "h" }

    /// What decoding the first row of a query throws.
    private func error(
        of query: String,
        _ connection: borrowing Postgres.Connection,
        _ decode: (borrowing Row) throws(PostgresError) -> Void
    ) -> PostgresError? {
        do {
            try connection.execute(Statement("odd", verbatim: query)).only(decode)
            return nil
        } catch {
            return error
        }
    }

    @Test func aValueOfAnotherTypeNamesItsStatementAndColumn() throws {
        try withDatabase { connection, _ in
            let undecodable = PostgresError.undecodable(statement: "odd", column: 1)
            let query = "select 1, 'x', null"
            let null = PostgresError.undecodable(statement: "odd", column: 2)
            #expect(error(of: query, connection) { row throws(PostgresError) in _ = try row.text(2) } == null)
            #expect(error(of: query, connection) { row throws(PostgresError) in _ = try row.integer(2) } == null)
            #expect(error(of: query, connection) { row throws(PostgresError) in _ = try row.integer(1) } == undecodable)
            #expect(error(of: query, connection) { row throws(PostgresError) in _ = try row.boolean(1) } == undecodable)
            #expect(
                error(of: query, connection) { row throws(PostgresError) in _ = try row.value(1, of: Mood.self) }
                    == undecodable
            )
            let none = error(of: "select 1 where false", connection) { _ throws(PostgresError) in }
            #expect(none?.description == "statement odd: column 1 has a value of an unexpected type")
        }
    }

    @Test func copyIsNotSupported() throws {
        try withDatabase { connection, _ in
            do throws(PostgresError) {
                try connection.execute(Statement("copy", "copy (select 1) to stdout"))
                Issue.record("copied")
            } catch {
                #expect(error.sqlState == "0A000" && error.description == "copy is not supported here")
            }
        }
    }

    /// A session whose server process has been ended by another.
    private func ended(
        _ database: TestDatabase,
        by other: borrowing Postgres.Connection
    ) throws -> Postgres.Connection {
        let session = try database.connect()
        let pid = session.backendPID
        try other.run("select pg_terminate_backend(\(pid), 10000)")
        return session
    }

    private func isLost(_ statement: String, _ error: PostgresError?) -> Bool {
        if case .connectionLost(statement, _) = error { true } else { false }
    }

    @Test func aSessionThatHasEndedIsLostForEachStatement() throws {
        try withDatabase { connection, database in
            let session = try ended(database, by: connection)
            for name in ["first", "second"] {
                do throws(PostgresError) {
                    try session.execute(Statement(name, "select 1"))
                    Issue.record("answered")
                } catch {
                    #expect(isLost(name, error) && error.description.hasPrefix("connection lost: "), "\(error)")
                }
            }
        }
    }

    @Test func aStatementBehindAnotherThatIsNotOverIsLost() throws {
        try withDatabase { connection, _ in
            try connection.send(Statement("first", "select pg_sleep(0)"))
            do throws(PostgresError) {
                try connection.send(Statement("second", "select 1"))
                Issue.record("sent")
            } catch {
                #expect(isLost("second", error))
            }
        }
    }

    /// What cannot be written libpq takes for sent, to tell it with what it reads next.
    @Test func whatIsStillUnsentWhenTheWayBackIsCutIsLost() throws {
        try withDatabase { _, database in
            let session = try database.connect()
            session.beNonBlocking()
            let text = String(repeating: "x", count: 20_000_000)
            try session.send(Statement("large", "select length($1::text)"), [text])
            shutdown(session.descriptor, Int32(SHUT_RD))
            do throws(PostgresError) {
                while try !session.flush() {}
                Issue.record("sent")
            } catch {
                #expect(isLost("flush", error), "\(error)")
            }
        }
    }

    @Test func aSessionWithAPreambleIsLostInTheMiddleAndAfterwards() throws {
        try withDatabase { connection, database in
            let session = try database.connect()
            session.precedeEach(by: Statement("preamble", "select 1"), [])
            for query in ["select pg_terminate_backend(pg_backend_pid())", "select 1"] {
                do throws(PostgresError) {
                    try session.execute(Statement("own", verbatim: query))
                    Issue.record("answered")
                } catch {
                    #expect(isLost("own", error), "\(error)")
                }
            }
        }
    }
}
