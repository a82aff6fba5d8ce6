import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Audit tables, or columns of them, that are gone while their triggers are there.
@Suite struct LossTests {
    private func holes(_ connection: borrowing Connection) throws -> [String] {
        try Catalog.read(from: connection, auditSchema: "audit").status(from: connection).holes
            .filter { $0.kind != .unaudited }.map { "\($0.kind.rawValue) \($0.table)" }
    }

    private func withOrders(
        _ profile: Profile = .standard,
        _ body: (borrowing Connection, TestDatabase) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run("create table users (id int primary key); insert into users values (7)")
            try connection.run("create table orders (id int primary key, n int)")
            try install(
                request("orders") {
                    $0.always = true
                    $0.profile = profile
                    $0.actorTable = table("users")
                },
                on: connection
            )
            try body(connection, database)
        }
    }

    private static let row =
        "begin; insert into orders values (1, 1); insert into audit.transaction (native_transaction_id, issued_at) "
        + "values (txid_current(), now() at time zone 'UTC') on conflict do nothing; commit"

    @Test(arguments: ["context", "client_addr", "actor_id"], Profile.allCases)
    func writesGoOnWithoutAColumnOfTransaction(column: String, profile: Profile) throws {
        guard column != "context" || profile == .standard else { return }
        try withOrders(profile) { connection, database in
            // Once in a session that has its plans, once in a new one.
            try connection.run("insert into orders values (0, 0); alter table audit.transaction drop column \(column)")
            try connection.run("begin; set local audit.actor_id = '7'; update orders set n = 5; commit")
            try database.connect().run(Self.row)
            #expect(try activities(on: connection).count == 3)
            #expect(
                try connection.rows("select count(distinct transaction_id), count(*) from audit.activity") == ["3 | 3"]
            )
            #expect(try holes(connection).contains("stale audit.transaction"))
            #expect(try !holes(connection).contains { $0.hasPrefix("write_fails") })
            try install(request(), on: connection)
            #expect(try holes(connection) == [])
            #expect(try plan(for: request(), on: connection).isEmpty)
            try connection.run("begin; set local audit.actor_id = '7'; update orders set n = 6 where id = 1; commit")
            #expect(
                try connection.rows("select actor_id from audit.transaction order by id desc limit 1") == ["7"]
            )
        }
    }

    @Test func aContextOfAnotherTypeFailsNoWrite() throws {
        try withOrders { connection, _ in
            try connection.run("alter table audit.transaction alter context type text")
            try connection.run(Self.row)
            #expect(try activities(on: connection).count == 1)
        }
    }

    @Test(arguments: ["verb", "relid", "transaction_id", "old_data", "issued_at"])
    func aColumnOfActivityThatIsGoneIsNamedAndPutBack(column: String) throws {
        try withOrders { connection, _ in
            try connection.run("alter table audit.activity drop column \(column)")
            #expect(throws: PostgresError.self) {
                try connection.run("insert into orders values (1, 1); update orders set n = 2")
            }
            #expect(try holes(connection).contains("write_fails audit.activity"))
            try install(request(), on: connection)
            #expect(try holes(connection) == [])
            try connection.run("insert into orders values (1, 1)")
            #expect(try activities(on: connection).count == 1)
        }
    }

    @Test func withoutItsTablesAnInstallationIsSetUpAgain() throws {
        try withDatabase { connection, database in
            let app = try database.makeRole("app", on: connection)
            try connection.run(
                "create table orders (id int primary key, token text); alter table orders owner to \(app)"
            )
            try install(
                request("orders") {
                    $0.always = true
                    $0.profile = .flask
                },
                on: connection
            )
            try connection.run("drop table audit.activity, audit.transaction")
            let session = try database.connect(as: app)
            #expect(throws: PostgresError.self) { try session.run("insert into orders values (1, 'x')") }
            let status = try Catalog.read(from: connection, auditSchema: "audit").status(from: connection)
            #expect(status.isInstalled && status.version == .current && status.profile == .flask)
            #expect(status.holes.map(\.kind) == [.writeFails] && status.holes[0].table == table("orders"))
            #expect(try Catalog.remnants(on: connection) == ["audit"])
            try install(request(), on: connection)
            #expect(try holes(connection) == [])
            try session.run("insert into orders values (1, 'x')")
            #expect(try activities(on: connection) == [#"orders insert | {} | {"id": 1}"#])
        }
    }

    @Test(arguments: ["audit.activity, audit.transaction", "audit.activity", "audit.transaction cascade"])
    func whatIsLeftIsTakenAway(tables: String) throws {
        try withOrders { connection, _ in
            try connection.run("drop table \(tables)")
            #expect(try holes(connection) == ["write_fails public.orders"])
            if !tables.contains(",") {
                guard case .foreignSchema = refusal(of: request(), on: connection) else {
                    Issue.record("half a trail was made whole")
                    return
                }
            }
            try Installer.remove(RemovalRequest(), auditSchema: "audit", on: connection)
            try connection.run("insert into orders values (1, 1)")
            #expect(
                try connection.rows("select proname from pg_proc where pronamespace = 'audit'::regnamespace") == []
            )
            #expect(try Catalog.remnants(on: connection) == [])
        }
    }

    @Test func aRemnantOfAnotherIsNotTakenOver() throws {
        try withDatabase { connection, database in
            let other = try database.makeRole("other", on: connection)
            try connection.run("create schema audit authorization \(other); grant create on schema public to \(other)")
            let session = try database.connect(as: other)
            try session.run("create table theirs (id int primary key)")
            try install(request("theirs"), on: session)
            try session.run("drop table audit.activity, audit.transaction")
            try connection.run("create table orders (id int primary key)")
            guard case .foreignObjects = refusal(of: request("orders"), on: connection) else {
                Issue.record("functions of another role were taken over")
                return
            }
        }
    }
}
