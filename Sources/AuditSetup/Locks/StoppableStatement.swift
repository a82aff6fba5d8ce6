import Glibc
import Postgres

extension GapChecker {
    /// Runs a statement without an answer, and ends it when the person asks to stop.
    func run(_ statement: Statement, _ parameters: [String] = []) throws(SetupError) {
        _ = try rows(statement, parameters) { _ throws(PostgresError) in () }
    }

    /// The rows of a statement, which ends when the person asks to stop.
    ///
    /// Throws `SetupError.gapCheckStopped` and `.server`.
    func rows<T>(
        _ statement: Statement,
        _ parameters: [String] = [],
        _ decode: (borrowing Row) throws(PostgresError) -> T
    ) throws(SetupError) -> [T] {
        try answering { () throws(PostgresError) in try connection.send(statement, parameters) }
        var rows: [T] = []
        var cancellations: [Cancellation] = []
        var failure: PostgresError?
        var isFinished = false
        while !isFinished {
            do throws(PostgresError) {
                switch try connection.receive(of: statement.name) {
                case .pending:
                    // Again and again: a request that comes before the server has begun is lost.
                    if !cancellations.isEmpty || isStopped() { cancellations.append(connection.cancel()) }
                    var source = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                    _ = poll(&source, 1, 100)
                case .result(let result): rows += try result.map(decode)
                case .finished: isFinished = true
                }
            } catch {
                guard case .refused = error else { throw .server(error) }
                failure = error
            }
        }
        for cancellation in cancellations { cancellation.waitUntilTaken() }
        if !cancellations.isEmpty { throw .gapCheckStopped }
        if let failure { throw .server(failure) }
        return rows
    }

    func answering<T>(_ body: () throws(PostgresError) -> T) throws(SetupError) -> T {
        do {
            return try body()
        } catch {
            // unreached: that a session has ended is noticed when it is read from
            throw .server(error)
        }
    }
}
