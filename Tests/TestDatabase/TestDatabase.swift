import Postgres
import TestServer

/// A database of a test's own on the tests' server; gone when the test is over.
public struct TestDatabase: Sendable {
    /// The name, unlike that of any other test's database.
    public let name: String

    /// Opens one more session, as the superuser or as a role that the test has made.
    public func connect(as role: String? = nil) throws -> Connection {
        try Connection.open(settings(as: role))
    }

    /// The settings of a session with the database.
    public func settings(as role: String? = nil) throws -> ConnectionSettings {
        var settings = try TestServer.settings(database: name)
        settings.user = role ?? settings.user
        return settings
    }

    /// The version of the server, for instance 15.
    public static func serverVersion() throws -> Int {
        try Connection.open(TestServer.settings()).serverVersion / 10000
    }

    /// Makes a role that belongs to this test: roles are the cluster's, so its name begins with the database's.
    public func makeRole(_ suffix: String, on connection: borrowing Connection) throws(PostgresError) -> String {
        let role = "\(name)_\(suffix)"
        try connection.execute(Statement("create_role", "create role \(identifier: role) login"))
        return role
    }

    fileprivate init() {
        name = "test_" + String(UInt64.random(in: 0 ... .max), radix: 36)
    }

    fileprivate func create() throws {
        let connection = try Connection.open(TestServer.settings())
        try connection.execute(Statement("create_database", "create database \(identifier: name) template template0"))
    }

    fileprivate func drop() throws {
        let connection = try Connection.open(TestServer.settings())
        try connection.execute(Statement("drop_database", "drop database if exists \(identifier: name) with (force)"))
        let roles = try connection.execute(
            Statement("test_roles", "select rolname::text from pg_roles where starts_with(rolname::text, $1)"),
            [name + "_"]
        ).map { row throws(PostgresError) in try row.text(0) }
        for role in roles {
            try connection.execute(Statement("drop_role", "drop role \(identifier: role)"))
        }
    }

    static func make() throws -> TestDatabase {
        let database = TestDatabase()
        try database.create()
        return database
    }
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
