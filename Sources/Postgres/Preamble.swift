import CLibpq
import Glibc

/// A statement that goes in front of each other one, within its transaction.
///
/// For sessions through a pooler, which may give each transaction another session of the server: what was set for one of them
/// would be missing in the next, and would be left behind in a session that others use.
final class Preamble {
    /// The statement with its parameters; nil for a session of one's own.
    var statement: (Statement, [String?])?
    /// Whether its own result has still to come.
    var isAwaited = false
}

extension Connection {
    /// Puts a statement in front of each that is sent or executed from now on.
    public func precedeEach(by statement: Statement, _ parameters: [String?]) {
        preamble.statement = (statement, parameters)
    }

    /// Sends both as one pipeline, which is one transaction (`PQenterPipelineMode`).
    func sendWithPreamble(_ statement: Statement, _ parameters: [String?]) throws(PostgresError) {
        guard let (first, values) = preamble.statement else { return }
        preamble.isAwaited = true
        guard PQenterPipelineMode(handle) == 1, queue(first, values), queue(statement, parameters),
            PQpipelineSync(handle) == 1
        else { throw lost(statement.name) }
    }

    /// The next of the results behind that of the preamble.
    func receiveBehindPreamble(of statement: String) throws(PostgresError) -> Arrival {
        while PQisBusy(handle) == 0 {
            // Null stands between the results of two statements.
            guard let pointer = PQgetResult(handle) else {
                guard PQpipelineStatus(handle) == PQ_PIPELINE_OFF || PQstatus(handle) == CONNECTION_BAD else {
                    continue
                }
                return .finished
            }
            switch PQresultStatus(pointer) {
            case PGRES_PIPELINE_SYNC:
                PQclear(pointer)
                PQexitPipelineMode(handle)
                return .finished
            case PGRES_PIPELINE_ABORTED: PQclear(pointer)
            default:
                let result = QueryResult(owning: pointer, of: statement)
                if let error = result.error { throw failure(error, of: statement) }
                guard preamble.isAwaited else { return .result(result) }
                preamble.isAwaited = false
            }
        }
        return .pending
    }

    /// Runs both and waits for the answer to the second.
    func executeWithPreamble(
        _ statement: Statement,
        _ parameters: [String?]
    ) throws(PostgresError) -> QueryResult {
        try sendWithPreamble(statement, parameters)
        var failure: PostgresError?
        var answer: QueryResult?
        var isFinished = false
        while !isFinished {
            do throws(PostgresError) {
                switch try receiveWaiting(of: statement.name) {
                case .pending: continue
                case .finished: isFinished = true
                case .result(let result): answer = consume result
                }
            } catch {
                // The rest of the results ends with the pipeline's, behind which the session can be used again.
                guard case .refused = error, failure == nil else { throw error }
                failure = error
            }
        }
        if let failure { throw failure }
        // unreached: the server answers each statement that it does not refuse
        guard let answer else { throw lost(statement.name) }
        return answer
    }

    /// The next result, as soon as it is there.
    private func receiveWaiting(of statement: String) throws(PostgresError) -> Arrival {
        while PQisBusy(handle) == 1 {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, -1) >= 0 || errno == EINTR, PQconsumeInput(handle) == 1 else { throw lost(statement) }
        }
        return try receiveBehindPreamble(of: statement)
    }
}
