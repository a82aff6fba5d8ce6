import Postgres

extension Channel {
    /// The socket, or -1 while there is none.
    var descriptor: Int32 {
        switch attempt {
        case .some(let attempt): return attempt.descriptor
        case .none: break
        }
        switch connection {
        case .some(let connection): return connection.descriptor
        case .none: return -1
        }
    }

    /// The database and the server, as they are named on screen; empty while there is no session.
    var place: (database: String, host: String) {
        switch connection {
        case .some(let connection): (connection.databaseName, connection.host)
        case .none: ("", "")
        }
    }

    /// Asks the server to give up what runs on it; the request is on its way then.
    func cancelStatement() -> Cancellation? {
        guard isBusy else { return nil }
        switch connection {
        case .some(let connection): return connection.cancel()
        case .none: return nil
        }
    }
}
