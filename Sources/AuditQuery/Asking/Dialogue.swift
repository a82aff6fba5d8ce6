import AuditTrail
import Postgres

/// A question that takes several statements, each of which depends on what the ones before it have found.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
protocol Dialogue: Sendable {
    /// The statement to run next; nil when all has been read.
    mutating func next() -> Request?

    /// Takes in the result of that statement, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError)

    /// Whether it goes on although the server has refused the statement.
    mutating func recover(from error: PostgresError) -> Bool

    /// What it has come to, once there is no statement to run.
    var finished: Answer { get }
}

extension Dialogue {
    mutating func recover(from error: PostgresError) -> Bool { false }
}
