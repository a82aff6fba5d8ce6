import Postgres
import TestDatabase
import TestServer
import Testing

@Suite struct TestServerTests {
    @Test func everyTestHasADatabaseOfItsOwnWhichIsDropped() throws {
        let names = try (0..<2).map { _ in
            try withDatabase { connection, _ in
                try connection.run("create table here ()")
                return connection.databaseName
            }
        }
        #expect(Set(names).count == 2)
        let connection = try Connection.open(try TestServer.settings())
        let left = try connection.rows(
            "select datname from pg_database where datname = any ($1::text[])",
            [arrayLiteral(names)]
        )
        #expect(left.isEmpty)
    }
}
