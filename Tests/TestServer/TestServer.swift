import Glibc
import Postgres
import PrivateServer

/// The server that all tests of one run share, each with databases of its own.
///
/// It is the one that `AUDIT_TUI_TEST_URL` names (a URI or `keyword=value` pairs, of a role that may create databases),
/// else a private one that is started when first asked for and goes away with the process.
public enum TestServer {
    /// How to connect to the server's default database.
    ///
    /// Throws when there is no server, so that the test fails.
    public static func settings() throws -> ConnectionSettings {
        if let url { return ConnectionSettings(database: url) }
        return try shared.get().server.settings()
    }

    /// Calls `body` with a fresh empty database, which is dropped afterwards, whoever is still connected to it.
    public static func withDatabase<T>(_ body: (ConnectionSettings) throws -> T) throws -> T {
        let name = "test_\(getpid())_\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        let connection = try Connection.open(try settings())
        try connection.execute(Statement("create_database", "create database \(name) template template0"))
        let outcome = Result { try body(try settings(database: name)) }
        let dropped = Result {
            _ = try connection.execute(Statement("drop_database", "drop database if exists \(name) with (force)"))
        }
        let value = try outcome.get()
        try dropped.get()
        return value
    }

    /// How to connect to a database of the server.
    public static func settings(database: String) throws -> ConnectionSettings {
        if let url { return ConnectionSettings(database: naming(database, in: url)) }
        return try shared.get().server.settings(database: database)
    }

    /// Of a keyword given twice libpq takes the last, in both forms of a connection string.
    private static func naming(_ database: String, in url: String) -> String {
        guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") else { return "\(url) dbname=\(database)" }
        return url + (url.contains("?") ? "&" : "?") + "dbname=\(database)"
    }

    private static let url = getenv("AUDIT_TUI_TEST_URL").map { String(cString: $0) }

    private static let shared = Result { () throws(PrivateServerError) in
        Holder(server: try PrivateServer.start())
    }

    private final class Holder: Sendable {
        let server: PrivateServer

        init(server: consuming PrivateServer) { self.server = server }
    }
}
