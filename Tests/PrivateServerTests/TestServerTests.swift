import Postgres
import TestServer
import Testing

@Suite struct TestServerTests {
    @Test func eachCallHasADatabaseOfItsOwn() throws {
        let first = try TestServer.withDatabase(name)
        let second = try TestServer.withDatabase(name)
        #expect(first != second)
        let connection = try Connection.open(try TestServer.settings())
        let left = try connection.execute(
            Statement("databases", "select count(*) from pg_database where datname = any ($1::text[])"),
            [arrayLiteral([first, second])]
        ).first { row throws(PostgresError) in try row.integer(0) }
        #expect(left == 0)
    }

    private func name(_ settings: ConnectionSettings) throws -> String {
        let connection = try Connection.open(settings)
        try connection.execute(Statement("table", "create table here ()"))
        return connection.databaseName
    }
}
