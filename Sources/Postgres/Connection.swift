import CLibpq

/// A session with a PostgreSQL server; owns a `PGconn` and closes it.
///
/// Two ways to use it. Blocking: `open`, `execute`. Never blocking, for a loop that polls `descriptor`: `start`,
/// `advance`, then `send`, `flush` and `receive`; name resolution in `start` may still block.
public struct Connection: ~Copyable {
    private let handle: OpaquePointer

    private init(owning handle: OpaquePointer) {
        self.handle = handle
        // Without a processor libpq writes notices to standard error, which would land on the screen.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// How far the making of a connection has come (`PQconnectPoll`).
    public enum Progress: Equatable, Sendable {
        /// Wait until the descriptor can be read.
        case wantsToRead
        /// Wait until the descriptor can be written.
        case wantsToWrite
        /// The session stands.
        case ready
    }

    /// What has arrived for the statement that was sent.
    public enum Arrival: ~Copyable {
        /// Nothing complete yet: wait until the descriptor can be read.
        case pending
        /// One result; there may be more.
        case result(QueryResult)
        /// All results have been received; the next statement may be sent.
        case finished
    }

    /// Begins to connect without waiting for the server (`PQconnectStartParams`).
    ///
    /// Throws `PostgresError.cannotConnect` when the settings are no good.
    public static func start(_ settings: ConnectionSettings) throws(PostgresError) -> Connection {
        let parameters = settings.parameters
        let handle = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in PQconnectStartParams(keywords, values, 1) }
        }
        guard let handle else { throw .library(message: "out of memory") }
        let connection = Connection(owning: handle)
        if PQstatus(handle) == CONNECTION_BAD { throw connection.connectionFailure }
        return connection
    }

    /// Connects, waiting as long as libpq's `connect_timeout` says.
    ///
    /// Throws `PostgresError.cannotConnect`.
    public static func open(_ settings: ConnectionSettings) throws(PostgresError) -> Connection {
        let parameters = settings.parameters
        let handle = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let handle else { throw .library(message: "out of memory") }
        let connection = Connection(owning: handle)
        if PQstatus(handle) != CONNECTION_OK { throw connection.connectionFailure }
        return connection
    }

    /// Takes the making of the connection one step on (`PQconnectPoll`).
    ///
    /// Throws `PostgresError.cannotConnect`.
    public func advance() throws(PostgresError) -> Progress {
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_OK:
            beNonBlocking()
            return .ready
        case PGRES_POLLING_READING: return .wantsToRead
        case PGRES_POLLING_WRITING: return .wantsToWrite
        default: throw connectionFailure
        }
    }

    /// Makes `send` and `flush` return rather than wait for the socket (`PQsetnonblocking`).
    public func beNonBlocking() { PQsetnonblocking(handle, 1) }

    /// The socket, for `poll`; it may change while connecting (`PQsocket`).
    public var descriptor: Int32 { PQsocket(handle) }

    /// The database's name as the server knows it (`PQdb`).
    public var databaseName: String { String(cString: PQdb(handle)) }

    /// The host or socket folder in use (`PQhost`).
    public var host: String { PQhost(handle).map { String(cString: $0) } ?? "" }

    /// The port in use (`PQport`).
    public var port: String { PQport(handle).map { String(cString: $0) } ?? "" }

    /// The server's version, for instance 150018 (`PQserverVersion`).
    public var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Sends one statement without waiting for the answer (`PQsendQueryParams`).
    ///
    /// Parameters are in text format, nil for SQL null. Throws `PostgresError.connectionLost`.
    public func send(_ statement: Statement, _ parameters: [String?] = []) throws(PostgresError) {
        let sent = withOptionalCStrings(parameters) { values in
            PQsendQueryParams(handle, statement.text, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        guard sent == 1 else { throw lost(statement.name) }
    }

    /// Writes what is still unsent; returns true when all of it is sent (`PQflush`).
    public func flush() throws(PostgresError) -> Bool {
        switch PQflush(handle) {
        case 0: return true
        case 1: return false
        default: throw lost("flush")
        }
    }

    /// Reads what the server has sent, without waiting (`PQconsumeInput`, `PQisBusy`, `PQgetResult`).
    ///
    /// Throws `PostgresError.refused` for an error of the statement, after which `receive` goes on until `finished`,
    /// and `PostgresError.connectionLost`.
    public func receive(of statement: String) throws(PostgresError) -> Arrival {
        guard PQconsumeInput(handle) == 1 else { throw lost(statement) }
        guard PQisBusy(handle) == 0 else { return .pending }
        guard let pointer = PQgetResult(handle) else { return .finished }
        let result = QueryResult(owning: pointer, of: statement)
        guard let error = result.error else { return .result(result) }
        if PQstatus(handle) == CONNECTION_BAD { throw lost(statement) }
        throw .refused(error)
    }

    /// Whether notifications have come since the last time; they are dropped (`PQnotifies`).
    public func takeNotifications() -> Bool {
        var hasAny = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            hasAny = true
        }
        return hasAny
    }

    /// Asks the server to give up the statement that is running (`PQcancel`).
    ///
    /// Blocks for a short connect.
    public func cancel() {
        guard let cancellation = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(cancellation) }
        var buffer = [CChar](repeating: 0, count: 256)
        _ = PQcancel(cancellation, &buffer, Int32(buffer.count))
    }

    /// Runs one statement and waits for its answer (`PQexecParams`).
    ///
    /// Parameters are in text format, nil for SQL null. Throws `PostgresError.refused` and `.connectionLost`.
    @discardableResult
    public func execute(_ statement: Statement, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult {
        let pointer = withOptionalCStrings(parameters) { values in
            PQexecParams(handle, statement.text, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        return try checked(pointer, statement.name)
    }

    /// Runs a script of several statements and waits for it; the answer is that of the last one (`PQexec`).
    ///
    /// Outside a transaction block the script is one transaction. Throws like `execute`.
    @discardableResult
    public func executeScript(_ script: Statement) throws(PostgresError) -> QueryResult {
        try checked(PQexec(handle, script.text), script.name)
    }

    private func checked(_ pointer: OpaquePointer?, _ name: String) throws(PostgresError) -> QueryResult {
        guard let pointer else { throw lost(name) }
        let result = QueryResult(owning: pointer, of: name)
        guard let error = result.error else { return result }
        if PQstatus(handle) == CONNECTION_BAD { throw lost(name) }
        throw .refused(error)
    }

    private var connectionFailure: PostgresError {
        .cannotConnect(
            message: String(cString: PQerrorMessage(handle)),
            needsPassword: PQconnectionNeedsPassword(handle) == 1
        )
    }

    private func lost(_ statement: String) -> PostgresError {
        .connectionLost(statement: statement, message: String(cString: PQerrorMessage(handle)))
    }
}
