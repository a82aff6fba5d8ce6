import CLibpq

/// A session with a PostgreSQL server; owns a `PGconn` and closes it.
///
/// Two ways to use it. Blocking: `open`, `execute`. Never blocking, for a loop that polls `descriptor`: a
/// `ConnectionAttempt`, then `send`, `flush` and `receive`.
public struct Connection: ~Copyable {
    let handle: OpaquePointer
    let pipeline = Pipeline()
    let prepared = PreparedStatements()
    let noticeBox = NoticeBox()

    private init(owning handle: OpaquePointer) {
        self.handle = handle
        // Without a processor libpq writes notices to standard error, which would land on the screen.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// What has arrived for the statement that was sent.
    public enum Arrival: ~Copyable {
        /// Nothing complete yet: wait until the descriptor can be read.
        case pending
        /// One result; there may be more.
        case result(QueryResult)
        /// All results have been received; the next statement may be sent.
        case finished
    }

    /// Connects, waiting as long as libpq's `connect_timeout` says.
    ///
    /// Throws `PostgresError.cannotConnect`.
    public static func open(_ settings: ConnectionSettings) throws(PostgresError) -> Connection {
        let string = try settings.connectionString()
        let parameters = settings.parameters
        let handle = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        // unreached: only a system without memory gives no handle
        guard let handle else { throw .library(message: "out of memory") }
        return try connected(handle, by: string)
    }

    /// The session of a handle that libpq has tried to connect, with what the string says where there was one.
    ///
    /// Throws `PostgresError.cannotConnect`.
    static func connected(
        _ handle: OpaquePointer,
        by string: ConnectionString?
    ) throws(PostgresError) -> Connection {
        let connection = Connection(owning: handle)
        if PQstatus(handle) != CONNECTION_OK { throw connection.connectionFailure(of: string) }
        return connection
    }

    /// Makes `send` and `flush` return rather than wait for the socket (`PQsetnonblocking`).
    public func beNonBlocking() { PQsetnonblocking(handle, 1) }

    /// The socket, for `poll` (`PQsocket`).
    public var descriptor: Int32 { PQsocket(handle) }

    /// The database's name as the server knows it (`PQdb`).
    public var databaseName: String { String(cString: PQdb(handle)) }

    /// The host or socket folder in use (`PQhost`).
    public var host: String { PQhost(handle).map { String(cString: $0) } ?? "" }

    /// The port in use (`PQport`).
    public var port: String { PQport(handle).map { String(cString: $0) } ?? "" }

    /// The process of the server as it was told to the client (`PQbackendPID`); a pooler tells another.
    public var backendPID: Int32 { PQbackendPID(handle) }

    /// The server's version, for instance 150018 (`PQserverVersion`).
    public var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Sends one statement without waiting for the answer (`PQsendQueryParams`, `PQsendQueryPrepared`).
    ///
    /// Parameters are in text format, nil for SQL null. Throws `PostgresError.connectionLost`.
    public func send(_ statement: Statement, _ parameters: [String?] = []) throws(PostgresError) {
        if needsPipeline(statement) { return try sendInPipeline(statement, parameters) }
        guard queue(statement, parameters) else { throw lost(statement.name) }
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
        if pipeline.isOpen { return try receiveInPipeline(of: statement) }
        guard PQisBusy(handle) == 0 else { return .pending }
        guard let pointer = PQgetResult(handle) else { return .finished }
        let result = QueryResult(owning: pointer, of: statement)
        guard let error = result.error else { return .result(result) }
        throw failure(error, of: statement)
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

    /// Asks the server to give up the statement that is running, without waiting for it (`PQcancel`).
    @discardableResult
    public func cancel() -> Cancellation { Cancellation(of: handle) }

    /// Runs one statement and waits for its answer (`PQexecParams`, `PQexecPrepared`).
    ///
    /// Parameters are in text format, nil for SQL null. Throws `PostgresError.refused` and `.connectionLost`.
    @discardableResult
    public func execute(_ statement: Statement, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult {
        if needsPipeline(statement) { return try executeInPipeline(statement, parameters) }
        let pointer = withOptionalCStrings(parameters) { values in
            guard let name = prepared.name(of: statement) else {
                return PQexecParams(handle, statement.text, Int32(parameters.count), nil, values, nil, nil, 0)
            }
            return PQexecPrepared(handle, name, Int32(parameters.count), values, nil, nil, 0)
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
        throw failure(error, of: name)
    }

    private func connectionFailure(of string: ConnectionString?) -> PostgresError {
        let words = withoutCredentials(String(cString: PQerrorMessage(handle)))
        return .cannotConnect(
            message: string?.isDoubtful == true ? ConnectionString.doubt : words,
            needsPassword: PQconnectionNeedsPassword(handle) == 1
        )
    }

    /// What the error in a result means: the last words of a session that has ended are no refusal.
    func failure(_ error: ServerError, of statement: String) -> PostgresError {
        prepared.look(at: error)
        return PQstatus(handle) == CONNECTION_BAD ? lost(statement) : .refused(error)
    }

    func lost(_ statement: String) -> PostgresError {
        .connectionLost(statement: statement, message: String(cString: PQerrorMessage(handle)))
    }
}
