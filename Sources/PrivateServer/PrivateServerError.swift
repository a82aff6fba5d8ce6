/// Why a private server did not come up.
public enum PrivateServerError: Error, Equatable, Sendable {
    /// No folder with both `initdb` and `postgres` was found.
    case programsMissing
    /// The process that looks after the server could not be started; `code` is an `errno`.
    case cannotLaunch(code: Int32)
    /// `initdb` or the server gave up; `log` holds the last lines that they wrote.
    case refused(log: String)
    /// Nothing answered within the limit.
    case timedOut(seconds: Int)
}

extension PrivateServerError: CustomStringConvertible {
    /// One line for the person at the keyboard: what failed and what to do next.
    public var description: String {
        switch self {
        case .programsMissing:
            "no PostgreSQL server programs here (initdb, postgres); on Debian: apt-get install postgresql"
        case .cannotLaunch(let code): "cannot launch a private server: error \(code) of the system"
        case .refused(log: ""): "the private server did not start, and nothing says why"
        case .refused(let log):
            "the private server did not start: " + log.split(whereSeparator: \.isNewline).joined(separator: "; ")
        case .timedOut(let seconds): "the private server did not answer within \(seconds) s"
        }
    }
}
