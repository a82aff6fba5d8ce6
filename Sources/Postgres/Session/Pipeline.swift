import CLibpq
import Glibc

/// What goes in front of a statement, within its transaction.
///
/// A preamble is for sessions through a pooler, which may give each transaction another session of the server: what was set
/// for one of them would be missing in the next, and would be left behind in a session that others use. A safeguard looks
/// at what the statement reads.
final class Pipeline {
    /// The statement in front of each other one, with its parameters; nil for a session of one's own.
    var preamble: (Statement, [String?])?
    /// Whether results come behind those of what went in front.
    private(set) var isOpen = false
    /// What they are of, in their order, as far as they have still to come.
    private var inFront: [Step] = []

    enum Step: Equatable {
        case opening
        case preamble
        case lock
        case preparation(of: String, as: String)
        case check
    }

    fileprivate func open(_ steps: [Step]) { (inFront, isOpen) = (steps, true) }

    fileprivate func close() { (inFront, isOpen) = ([], false) }

    /// Whose result has come: nil for the statement itself.
    fileprivate func next() -> Step? { inFront.isEmpty ? nil : inFront.removeFirst() }
}

extension Connection {
    /// Puts a statement in front of each that is sent or executed from now on.
    public func precedeEach(by statement: Statement, _ parameters: [String?]) {
        pipeline.preamble = (statement, parameters)
    }

    /// Whether anything goes in front of a statement.
    func needsPipeline(_ statement: Statement) -> Bool {
        pipeline.preamble != nil || statement.safeguard != nil || !statement.opening.isEmpty
            || prepared.isNew(statement)
    }

    /// Sends all as one pipeline, which is one transaction (`PQenterPipelineMode`).
    func sendInPipeline(_ statement: Statement, _ parameters: [String?]) throws(PostgresError) {
        guard PQenterPipelineMode(handle) == 1 else { throw lost(statement.name) }
        var steps: [Pipeline.Step] = []
        var isQueued = true
        for opening in (pipeline.preamble?.0 ?? statement).opening {
            steps.append(.opening)
            isQueued = isQueued && queue(Statement("opening", opening), [])
        }
        if let (first, values) = pipeline.preamble {
            steps.append(.preamble)
            isQueued = isQueued && queue(first, values)
        }
        if let safeguard = statement.safeguard {
            isQueued = isQueued && PQsendPrepare(handle, "", safeguard.lock.text, 0, nil) == 1
            let check = queueInPipeline(safeguard.check.statement, safeguard.check.parameters)
            steps += [.lock] + (check ?? []) + [.check]
            isQueued = isQueued && check != nil
        }
        let last = queueInPipeline(statement, parameters)
        pipeline.open(steps + (last ?? []))
        guard isQueued, last != nil, PQpipelineSync(handle) == 1 else { throw lost(statement.name) }
    }

    /// The next of the results behind those of what went in front.
    func receiveInPipeline(of statement: String) throws(PostgresError) -> Arrival {
        while PQisBusy(handle) == 0 {
            // Null stands between the results of two statements.
            guard let pointer = PQgetResult(handle) else {
                guard PQpipelineStatus(handle) == PQ_PIPELINE_OFF || PQstatus(handle) == CONNECTION_BAD else {
                    continue
                }
                pipeline.close()
                return .finished
            }
            switch PQresultStatus(pointer) {
            case PGRES_PIPELINE_SYNC:
                PQclear(pointer)
                PQexitPipelineMode(handle)
                pipeline.close()
                return .finished
            case PGRES_PIPELINE_ABORTED: PQclear(pointer)
            default:
                let result = QueryResult(owning: pointer, of: statement)
                let step = pipeline.next()
                if let error = result.error { throw failure(error, of: statement, in: step) }
                if case .preparation(let text, let name) = step { prepared.keep(text, as: name) }
                if step == nil { return .result(result) }
            }
        }
        return .pending
    }

    private func failure(_ error: ServerError, of statement: String, in step: Pipeline.Step?) -> PostgresError {
        guard step == .check, let problem = Safeguard.problem(in: error) else { return failure(error, of: statement) }
        return .refused(ServerError(statement: statement, sqlState: "42501", message: problem))
    }

    /// Runs all and waits for the answer to the statement itself.
    func executeInPipeline(
        _ statement: Statement,
        _ parameters: [String?]
    ) throws(PostgresError) -> QueryResult {
        try sendInPipeline(statement, parameters)
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
        return try receiveInPipeline(of: statement)
    }
}
