import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// Transactions in two phases on audited tables.
@Suite struct PreparedTests {
    @Test func preparingFailsOnlyWhereListenersAreToldAndThatIsSaid() throws {
        let server = try PrivateServer.start(configuration: [("max_prepared_transactions", "2")])
        let connection = try Connection.open(server.settings())
        let options = "--config /dev/null -h \(quoted(server.folder)) -p 5432 -U postgres -d postgres"
        let note = "note: a transaction that tells sessions of what it wrote cannot be prepared: "
        try connection.run("create table t (id int primary key)")
        #expect(try shell("\(program) init t --always --yes \(options)").status == 0)
        try connection.run("begin; insert into t values (1); prepare transaction 'one'")
        try connection.run("commit prepared 'one'")
        #expect(try shell("\(program) status \(options)").output.contains("note: ") == false)
        let made = try shell("\(program) init --notify --yes \(options)")
        #expect(made.status == 0 && made.output.contains(note), "\(made.output)")
        #expect(throws: PostgresError.self) {
            try connection.run("begin; insert into t values (2); prepare transaction 'two'")
        }
        try connection.run("rollback")
        #expect(try shell("\(program) status \(options)").output.contains(note))
        #expect(try shell("\(program) init --no-notify --yes \(options)").status == 0)
        try connection.run("begin; insert into t values (2); prepare transaction 'two'")
        try connection.run("commit prepared 'two'")
        #expect(try connection.rows("select changed_data from activity order by id") == [#"{"id": 1}"#, #"{"id": 2}"#])
        #expect(try shell("\(program) status \(options)").status == 0)
        server.stop()
    }
}
