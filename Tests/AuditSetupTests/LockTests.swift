import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Who kept a setup from its lock.
@Suite struct LockTests {
    /// What the error says of those who block; nil when it is no lock timeout.
    private func blockers(_ attempt: () throws -> Void) -> (table: TableName?, blockers: [LockBlocker])? {
        do {
            try attempt()
        } catch SetupError.lockTimeout(let table, 50, let blockers) {
            return (table, blockers)
        } catch {}
        return nil
    }

    private func pid(_ connection: borrowing Connection) throws -> Int64? {
        try Int64(connection.rows("select pg_backend_pid()")[0])
    }

    @Test func theSessionThatHoldsATableIsNamed() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int); create table b (id int); insert into b values (1)")
            let other = try database.connect()
            try other.run("set application_name = 'nightly'; begin; update b set id = 2")
            let reader = try database.connect()
            try reader.run("begin; select from b")
            let found = try #require(
                blockers { try install(request("a", "b") { $0.lockTimeoutMilliseconds = 50 }, on: connection) }
            )
            #expect(found.table == table("b"))
            let blocker = try #require(found.blockers.first)
            #expect(try found.blockers.map(\.processID) == [pid(other)])
            #expect(blocker.application == "nightly" && blocker.state == "idle in transaction")
            #expect(blocker.user == (try other.rows("select current_user")[0]))
            #expect(blocker.transactionSeconds.map { $0 < 60 } == true && blocker.waitsFor == [])
        }
    }

    @Test func readersAreInTheWayOfARemovalAndOfPartitionsToo() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table a (id int);
                create table parts (id int) partition by list (id); create table part partition of parts default
                """
            )
            let reader = try database.connect()
            try reader.run("begin; select from a")
            let wanted = request("a") { $0.lockTimeoutMilliseconds = 50 }
            #expect(!(try install(wanted, on: connection)).isEmpty)
            var removal = RemovalRequest()
            removal.lockTimeoutMilliseconds = 50
            let found = try #require(
                blockers { try Installer.remove(removal, auditSchema: "audit", on: connection) }
            )
            #expect(try found.table == table("a") && found.blockers.map(\.processID) == [pid(reader)])
            try reader.run("rollback; begin; insert into part values (1)")
            let parts = try #require(
                blockers { try install(request("parts") { $0.lockTimeoutMilliseconds = 50 }, on: connection) }
            )
            #expect(try parts.table == table("parts") && parts.blockers.map(\.processID) == [pid(reader)])
        }
    }

    @Test func anotherSetupIsNamed() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int)")
            let other = try database.connect()
            try other.run("begin; select pg_advisory_xact_lock(4705209123517)")
            let wanted = request("a") { $0.lockTimeoutMilliseconds = 50 }
            let found = try #require(blockers { try install(wanted, on: connection) })
            #expect(try found.table == nil && found.blockers.map(\.processID) == [pid(other)])
        }
    }

    @Test func whoWaitsAheadIsNamedWithWhomItWaitsFor() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int)")
            let reader = try database.connect()
            let waiter = try database.connect()
            try reader.run("begin; select from a")
            let waiterPID = try #require(try pid(waiter))
            try waiter.send(Statement("wait", "truncate a"))
            let isWaiting = "select count(*) from pg_locks where not granted and pid = \(waiterPID)"
            let limit = ContinuousClock.now + .seconds(60)
            while try connection.rows(isWaiting) != ["1"] { try #require(ContinuousClock.now < limit) }
            let found = try #require(
                blockers { try install(request("a") { $0.lockTimeoutMilliseconds = 50 }, on: connection) }
            )
            #expect(found.blockers.map(\.processID) == [waiterPID])
            #expect(try found.blockers.first?.waitsFor == [#require(try pid(reader))])
            #expect(found.blockers.first?.description.contains("itself waiting for pid ") == true)
        }
    }

    @Test func whatTheRoleMayNotSeeIsSaid() throws {
        try withDatabase { connection, database in
            let role = try database.makeRole("owner", on: connection)
            try connection.run("create table a (id int); alter table a owner to \(role)")
            try connection.run("grant create on database \(database.name) to \(role)")
            let other = try database.connect()
            try other.run("begin; lock table a")
            let session = try database.connect(as: role)
            let found = try #require(
                blockers { try install(request("a") { $0.lockTimeoutMilliseconds = 50 }, on: session) }
            )
            #expect(try found.blockers.map(\.processID) == [pid(other)])
            let blocker = try #require(found.blockers.first)
            let user = try other.rows("select current_user")[0]
            #expect(blocker.user == user && blocker.state == nil)
            #expect(blocker.statementSeconds == nil && blocker.transactionSeconds == nil)
            #expect(blocker.description.hasSuffix(", no right to see more)"))
        }
    }

    @Test func aBlockerIsToldInOneLine() {
        var blocker = LockBlocker(processID: 4711)
        blocker.application = "psql"
        blocker.user = "app"
        blocker.state = "active"
        blocker.statementSeconds = 5
        blocker.transactionSeconds = 7_500
        #expect(blocker.description == "pid 4711 (psql, user app, active, statement 5 s old, transaction 2 h old)")
        blocker.waitsFor = [7, 0]
        #expect(blocker.description.contains("itself waiting for pid 7 and a prepared transaction, statement"))
        blocker.waitsFor = []
        blocker.state = "idle in transaction"
        blocker.transactionSeconds = 180
        let error = SetupError.lockTimeout(table: table("orders"), milliseconds: 3000, blockers: [blocker])
        #expect(
            error.description == "public.orders is busy: no lock within 3000 ms, nothing was changed; "
                + "held by pid 4711 (psql, user app, idle in transaction, transaction 3 min old); "
                + "try again or raise --lock-timeout"
        )
        let four = (1...4).map { LockBlocker(processID: $0) }
        let setup = SetupError.lockTimeout(table: nil, milliseconds: 50, blockers: four)
        #expect(setup.description.hasSuffix("pid 3 (no right to see more) and 1 more; try again"))
        let gone = SetupError.lockTimeout(table: nil, milliseconds: 50, blockers: [])
        #expect(
            gone.description == "another setup is running: no lock within 50 ms, nothing was changed; "
                + "who held it is no longer to be seen; try again"
        )
        #expect(LockBlocker(processID: nil, preparedTransaction: "t'1").description == "prepared transaction 't''1'")
    }
}
