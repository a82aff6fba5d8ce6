import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That the row of a transaction is found by its place, whatever becomes of the setting that holds it.
@Suite struct TransactionPlaceTests {
    private func prepare(_ connection: borrowing Connection, _ profile: Profile = .standard) throws {
        try connection.run(
            "create table orders (id int primary key, n int); insert into orders values (-1, 0), (-2, 0)"
        )
        try install(request("orders") { $0.profile = profile }, on: connection)
    }

    /// Statements that may stand between two writes of a transaction.
    private static let between = [
        "select 1", "set local audit.transaction_ctid = ''", "reset audit.transaction_ctid", "reset all",
        "set local audit.transaction_ctid = '(0,1)'", "set local audit.transaction_ctid = '(4000000000,1)'",
        "savepoint s; insert into orders values (9); rollback to s",
        "insert into audit.transaction (native_transaction_id, issued_at) values (txid_current(), now() at time zone 'UTC') "
            + "on conflict do nothing",
        "update audit.transaction set client_addr = '10.0.0.1'",
    ]

    @Test(arguments: between, Profile.allCases)
    func allOfATransactionHasOneRow(statement: String, profile: Profile) throws {
        try withDatabase { connection, _ in
            try prepare(connection, profile)
            // The first place of the table is another transaction's.
            try connection.run("insert into orders values (0)")
            try connection.run(
                "begin; insert into orders values (1); \(statement); update orders set n = 1 where id = 1; "
                    + "delete from orders where id = 1; commit"
            )
            #expect(
                try connection.rows(
                    "select transaction_id, count(*), count(distinct native_transaction_id) from audit.activity group by 1 order by 1"
                ) == ["1 | 1 | 1", "2 | 3 | 1"]
            )
            #expect(try connection.rows("select count(*) from audit.transaction") == ["2"])
        }
    }

    @Test func aRowThatIsUndoneWithItsSavepointIsMadeAgain() throws {
        try withDatabase { connection, _ in
            try prepare(connection)
            try connection.run(
                "begin; savepoint s; insert into orders values (1); rollback to s; insert into orders values (2); "
                    + "update orders set n = 1 where id = 2; commit"
            )
            #expect(
                try connection.rows(
                    "select verb, t.id = a.transaction_id from audit.activity as a, audit.transaction as t"
                )
                    == ["insert | t", "update | t"]
            )
        }
    }

    private static let ownRow =
        "insert into audit.transaction (native_transaction_id, issued_at, client_addr) "
        + "values (txid_current(), now() at time zone 'UTC', '10.0.0.1') on conflict do nothing"

    @Test(arguments: Profile.allCases)
    func thePlaceOfTheApplicationsRowIsLeftWhereItIs(profile: Profile) throws {
        try withDatabase { connection, _ in
            try prepare(connection, profile)
            let placed =
                "select count(*) from audit.transaction where ctid = current_setting('audit.transaction_ctid')::tid"
            try connection.run("begin; \(Self.ownRow)")
            #expect(try connection.rows(placed) == ["1"])
            try connection.run("rollback; begin; insert into orders values (1)")
            #expect(try connection.rows(placed) == ["1"])
            // What it says is put into the row that is there, which moves.
            try connection.run(Self.ownRow)
            #expect(try connection.rows(placed + " and client_addr = '10.0.0.1'") == ["1"])
            try connection.run("\(Self.ownRow); update orders set n = 1 where id = 1; commit")
            #expect(
                try connection.rows("select distinct transaction_id = t.id from audit.activity, audit.transaction as t")
                    == ["t"]
            )
        }
    }

    /// Two that have not seen each other and write to the trail at the same moment.
    @Test(arguments: Profile.allCases, ["", ownRow + "; "])
    func serializableTransactionsAreInNobodysWay(profile: Profile, ownRow: String) throws {
        try withDatabase { connection, database in
            try prepare(connection, profile)
            let holder = try database.connect()
            try holder.run("begin; lock table audit.transaction in share mode")
            let one = try begin(ownRow, -1, in: database)
            let other = try begin(ownRow, -2, in: database)
            let waiting = "select count(*) from pg_locks where not granted and relation = 'audit.transaction'::regclass"
            let limit = ContinuousClock.now + .seconds(20)
            while try connection.rows(waiting) != ["2"] { try #require(ContinuousClock.now < limit) }
            try holder.run("commit")
            try end(one)
            try end(other)
            #expect(try connection.rows("select count(*) from audit.activity") == ["2"])
        }
    }

    /// A session that waits in a write of a serializable transaction.
    private func begin(_ ownRow: String, _ id: Int, in database: TestDatabase) throws -> Connection {
        let session = try database.connect()
        try session.run("begin isolation level serializable")
        _ = try session.rows("select 1")
        try session.sendScript(Statement("test", verbatim: "\(ownRow)update orders set n = 1 where id = \(id)"))
        return session
    }

    private func end(_ session: borrowing Connection) throws {
        let limit = ContinuousClock.now + .seconds(20)
        while true {
            if case .finished = try session.receive(of: "test") { break }
            try #require(ContinuousClock.now < limit)
        }
        try session.run("commit")
    }
}
