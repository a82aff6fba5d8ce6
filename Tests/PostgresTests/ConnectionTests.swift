import Postgres
import TestDatabase
import Testing

@Suite struct ConnectionTests {
    @Test func valuesAndNullsAreTold() throws {
        try withDatabase { connection, _ in
            let result = try connection.execute(
                Statement("values", "select $1::text, $2::int, $3::bool, null::text"),
                ["a\u{1F600}'", "-7", "true"]
            )
            let row = try result.first { row throws(PostgresError) in
                try "\(row.text(0)) \(row.integer(1)) \(row.boolean(2)) \(row.optionalText(3) == nil)"
            }
            #expect(row == "a\u{1F600}' -7 true true")
        }
    }

    @Test func anErrorOfTheServerCarriesItsStateAndTheStatementsName() throws {
        try withDatabase { connection, _ in
            do throws(PostgresError) {
                try connection.execute(Statement("missing", "select * from no_such_table"))
                Issue.record("the statement was not refused")
            } catch {
                #expect(error.sqlState == "42P01")
                guard case .refused(let refused) = error else { return }
                #expect(refused.statement == "missing")
            }
        }
    }

    @Test func aServerThatIsNotThereIsToldApart() {
        do {
            _ = try Connection.open(ConnectionSettings(host: "/no/such/folder", port: "1"))
            Issue.record("there was a server")
        } catch {
            guard case .cannotConnect(_, needsPassword: false) = error else {
                Issue.record("another error: \(error)")
                return
            }
        }
    }

    @Test(arguments: ["plain", "Cap", "a\"b", "it's", "back\\slash", "new\nline", ":\"schema\""])
    func identifiersAndStringsSurviveQuoting(name: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table \(quotedIdentifier(name)) (id int)")
            let found = try connection.rows(
                "select relname from pg_class where relkind = 'r' and relname =\(quotedLiteral(name))"
            )
            #expect(found == [name])
        }
    }

    @Test func arrayLiteralsKeepTheirElements() throws {
        let elements = ["a,b", "{\"}", "\\", "NULL", ""]
        try withDatabase { connection, _ in
            let found = try connection.rows("select unnest($1::text[])", [arrayLiteral(elements)])
            #expect(found == elements)
        }
    }
}
