import CLibpq
import CPostgres
import Glibc

/// A session on its way: names are resolved and the server is connected to without anybody waiting.
///
/// libpq resolves names and sends its cancel requests by waiting, so that both run on threads of their own, which share
/// nothing with this one but a pipe. Whoever gives up lets the value go; a session that comes after that is closed.
public struct ConnectionAttempt: ~Copyable {
    /// Becomes readable when the outcome is there.
    public let descriptor: Int32
    private let string: ConnectionString?
    /// Why the connection string cannot be read; nil when it can.
    private let refusal: PostgresError?

    /// Begins to connect (`PQconnectdbParams`).
    ///
    /// Throws `PostgresError.library` when the system has no thread or no pipe left.
    public init(_ settings: ConnectionSettings) throws(PostgresError) {
        do throws(PostgresError) {
            (string, refusal) = (try settings.connectionString(), nil)
        } catch {
            (string, refusal) = (nil, error)
        }
        // What cannot be read is not handed on: libpq would look a part of the password up as a host. This it refuses at once.
        let parameters = refusal == nil ? settings.parameters : [("dbname", "postgresql://%")]
        descriptor = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in cp_connect(keywords, values) }
        }
        // unreached: only a system without threads or pipes refuses
        guard descriptor >= 0 else { throw .library(message: "cannot begin to connect: " + systemMessage(errno)) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        if let handle = cp_take_connection(descriptor) { PQfinish(OpaquePointer(handle)) }
        close(descriptor)
    }

    /// The session, which never waits from now on; nil as long as there is no outcome.
    ///
    /// Throws `PostgresError.cannotConnect`.
    public func finish() throws(PostgresError) -> Connection? {
        guard let handle = cp_take_connection(descriptor) else { return nil }
        if let refusal {
            PQfinish(OpaquePointer(handle))
            throw refusal
        }
        let connection = try Connection.connected(OpaquePointer(handle), by: string)
        connection.beNonBlocking()
        return consume connection
    }
}

/// A request to cancel on its way to the server.
public final class Cancellation: Sendable {
    private let descriptor: Int32

    init(of handle: OpaquePointer) { descriptor = cp_cancel(UnsafeMutableRawPointer(handle)) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether the server has taken the request, waiting for that no longer than so many milliseconds.
    @discardableResult public func isTaken(withinMilliseconds limit: Int32 = 0) -> Bool {
        guard descriptor >= 0 else { return true }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, limit) > 0
    }

    /// Waits, ten seconds at most, until what is sent next cannot be meant by the request.
    ///
    /// A server before 17 sends its process two signals, and the second may come when the statement has ended by the first.
    public func waitUntilTaken() { isTaken(withinMilliseconds: 10_000) }
}

private func systemMessage(_ number: Int32) -> String { String(cString: strerror(number)) }
