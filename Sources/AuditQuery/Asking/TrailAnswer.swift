import AuditTrail
import Postgres

extension Trail {
    /// The answer to a question, waiting for the server.
    ///
    /// For what has no loop: reports, benchmarks, tests. Throws `PostgresError`, without values where some are masked.
    public func answer(
        to question: Question,
        on connection: borrowing Connection
    ) throws(PostgresError) -> Answer {
        do throws(PostgresError) {
            return try read(question, on: connection)
        } catch {
            throw masks.isEmpty ? error : error.withoutValues
        }
    }

    private func read(_ question: Question, on connection: borrowing Connection) throws(PostgresError) -> Answer {
        var inquiry = Inquiry(question, of: self)
        var step = inquiry.start()
        while true {
            switch step {
            case .answered(let answer): return answer
            case .run(let statement, let parameters):
                let start = ContinuousClock.now
                do throws(PostgresError) {
                    let result = try connection.execute(statement, parameters)
                    step = try inquiry.advance(with: result, milliseconds: milliseconds(since: start))
                } catch {
                    guard let next = inquiry.recover(from: error) else { throw error }
                    step = next
                }
            }
        }
    }
}

/// How many milliseconds have passed.
func milliseconds(since start: ContinuousClock.Instant) -> Int {
    Int((ContinuousClock.now - start) / .milliseconds(1))
}
