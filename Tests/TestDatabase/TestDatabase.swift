import Glibc
import Postgres

/// A database of a test's own on the server that `AUDIT_TUI_TEST_URL` names; gone when the test is over.
public struct TestDatabase: Sendable {
    /// The name, unlike that of any other test's database.
    public let name: String
    private let server: String

    /// The environment variable that names the server, as a URI or as `keyword=value` pairs of a superuser.
    public static let variable = "AUDIT_TUI_TEST_URL"

    /// Opens one more session, as the superuser or as a role that the test has made.
    public func connect(as role: String? = nil) throws(PostgresError) -> Connection {
        try Connection.open(settings(as: role))
    }

    /// The settings of a session with the database.
    public func settings(as role: String? = nil) -> ConnectionSettings {
        ConnectionSettings(database: Self.connectionString(server, naming: name), user: role)
    }

    /// Makes a role that belongs to this test: roles are the cluster's, so its name begins with the database's.
    public func makeRole(_ suffix: String, on connection: borrowing Connection) throws(PostgresError) -> String {
        let role = "\(name)_\(suffix)"
        try connection.execute(Statement("create_role", "create role \(quotedIdentifier(role)) login"))
        return role
    }

    fileprivate init(server: String) {
        self.server = server
        name = "test_" + String(UInt64.random(in: 0 ... .max), radix: 36)
    }

    fileprivate func create() throws(PostgresError) {
        let connection = try Connection.open(ConnectionSettings(database: server))
        try connection.execute(Statement("create_database", "create database \(name) template template0"))
    }

    fileprivate func drop() throws(PostgresError) {
        let connection = try Connection.open(ConnectionSettings(database: server))
        try connection.execute(Statement("drop_database", "drop database if exists \(name) with (force)"))
        let roles = try connection.execute(
            Statement("test_roles", "select rolname::text from pg_roles where starts_with(rolname::text, $1)"),
            [name + "_"]
        ).map { row throws(PostgresError) in try row.text(0) }
        for role in roles {
            try connection.execute(Statement("drop_role", "drop role \(quotedIdentifier(role))"))
        }
    }

    /// The same server, another database: the last `dbname` counts among pairs, the path in a URI.
    private static func connectionString(_ server: String, naming database: String) -> String {
        guard server.hasPrefix("postgres://") || server.hasPrefix("postgresql://") else {
            return "\(server) dbname=\(database)"
        }
        let parts = server.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let sections = parts[0].split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let address = sections.prefix(3).joined(separator: "/") + "/" + database
        return parts.count > 1 ? "\(address)?\(parts[1])" : address
    }

    static func make() throws -> TestDatabase {
        guard let server = getenv(variable).map({ String(cString: $0) }), !server.isEmpty else {
            throw MissingServer()
        }
        let database = TestDatabase(server: server)
        try database.create()
        return database
    }
}

/// No server was named, so nothing that needs one can be tested.
public struct MissingServer: Error, CustomStringConvertible {
    /// What to do about it.
    public var description: String { "set \(TestDatabase.variable) to a server where tests may create databases" }
}

/// Runs a test with a session in a database of its own, which is dropped afterwards.
@discardableResult
public func withDatabase<T>(_ body: (borrowing Connection, TestDatabase) throws -> T) throws -> T {
    let database = try TestDatabase.make()
    let outcome = Result<T, any Error> {
        let connection = try database.connect()
        return try body(connection, database)
    }
    try database.drop()
    return try outcome.get()
}
