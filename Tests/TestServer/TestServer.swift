import Glibc
import Postgres
import PrivateServer

/// The server that all tests of one run share, each with databases of its own.
///
/// It is the one that `AUDIT_TUI_TEST_URL` names (a URI or `keyword=value` pairs, of a role that may create databases),
/// else a private one that is started when first asked for and goes away with the process. `AUDIT_TUI_TEST_SERVER` is the
/// version that this one must be of.
public enum TestServer {
    /// How to connect to the server's default database.
    ///
    /// Throws when there is no server, so that the test fails.
    public static func settings() throws -> ConnectionSettings {
        if let url { return ConnectionSettings(database: url) }
        return try shared.get().server.settings()
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

    private static let shared = Result {
        let server = try PrivateServer.start()
        let version = try Connection.open(server.settings()).serverVersion / 10000
        if let wanted = getenv("AUDIT_TUI_TEST_SERVER").map({ String(cString: $0) }), wanted != String(version) {
            throw OtherServer(description: "PostgreSQL \(wanted) was asked for, the server is \(version)")
        }
        return Holder(server: server)
    }

    private struct OtherServer: Error, CustomStringConvertible {
        let description: String
    }

    private final class Holder: Sendable {
        let server: PrivateServer

        init(server: consuming PrivateServer) { self.server = server }
    }
}
