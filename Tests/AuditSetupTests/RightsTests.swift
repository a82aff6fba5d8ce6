import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Rights that recording needs and lost: every write fails until `init` grants them again.
@Suite struct RightsTests {
    private func holes(_ connection: borrowing Connection) throws -> [Hole] {
        try Catalog.read(from: connection, auditSchema: "audit").status(from: connection).holes
            .filter { $0.kind == .writeFails }
    }

    /// `orders` and the partitioned `events` of role `app`, recorded by a superuser; the trail belongs to `keeper`, who is
    /// none, where that is asked for.
    private func withTables(
        keptByAnother: Bool = false,
        _ body: (borrowing Connection, TestDatabase, (app: String, dba: String, keeper: String)) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            let app = try database.makeRole("app", on: connection)
            let dba = try database.makeRole("dba", on: connection)
            let keeper = try database.makeRole("keeper", on: connection)
            try connection.run(
                """
                create table orders (id int primary key, n int); alter table orders owner to \(app);
                create table events (id int primary key, n int) partition by list (id);
                create table events_1 partition of events for values in (1); create table events_2 partition of events default;
                alter table events owner to \(app); alter table events_1 owner to \(app); alter table events_2 owner to \(app)
                """
            )
            try install(request("orders", "events") { $0.always = true }, on: connection)
            if keptByAnother {
                try connection.run(
                    "alter table audit.activity owner to \(keeper); alter table audit.transaction owner to \(keeper)"
                )
                try install(request { $0.trustOwner = true }, on: connection)
            }
            try body(connection, database, (app, dba, keeper))
        }
    }

    private func write(_ id: Int, as role: String, _ database: TestDatabase) throws {
        try database.connect(as: role).run("insert into orders values (\(id), 1); update orders set n = 2")
        try database.connect(as: role).run("insert into events values (1, \(id)); update events set id = 2")
        try database.connect(as: role).run("delete from events; delete from orders")
    }

    @Test(arguments: [
        "reassign owned by APP to DBA", "revoke all on audit.activity from APP",
        "revoke usage on schema audit from APP",
        "revoke all on function audit.audit_transaction() from APP",
        "revoke all on function audit.audit_move(integer, jsonb) from APP",
        "revoke all on sequence audit.activity_id_seq from APP",
        "revoke select (ctid) on audit.transaction from APP", "revoke all on all functions in schema audit from public",
    ])
    func whatTheOwnersOfTablesLackIsNamedAndGranted(loss: String) throws {
        try withTables { connection, database, roles in
            try write(1, as: roles.app, database)
            #expect(try holes(connection).isEmpty)
            try connection.run(loss.replacing("APP", with: roles.app).replacing("DBA", with: roles.dba))
            let writer = loss.contains("DBA") ? roles.dba : roles.app
            #expect(throws: PostgresError.self) { try write(2, as: writer, database) }
            let holes = try holes(connection)
            #expect(holes.map { $0.table.name } == ["activity"])
            #expect(holes.allSatisfy { $0.detail.contains("recorded as role \(writer), which lacks ") })
            #expect(try Catalog.read(from: connection, auditSchema: "audit").needsRepair)
            try install(request(), on: connection)
            #expect(try self.holes(connection).isEmpty)
            #expect(try plan(for: request(), on: connection).isEmpty)
            try write(3, as: writer, database)
        }
    }

    @Test(arguments: [
        "alter schema audit owner to DBA; revoke all on schema audit from KEEPER",
        "revoke all on audit.transaction from KEEPER",
        "revoke update on audit.activity from KEEPER", "revoke all on sequence audit.transaction_id_seq from KEEPER",
    ])
    func whatTheOwnerOfTheTrailLacksIsNamedAndGranted(loss: String) throws {
        try withTables(keptByAnother: true) { connection, database, roles in
            try connection.run("grant usage on schema audit to \(roles.keeper)")
            try write(1, as: roles.app, database)
            try connection.run(loss.replacing("KEEPER", with: roles.keeper).replacing("DBA", with: roles.dba))
            #expect(throws: PostgresError.self) { try write(2, as: roles.app, database) }
            #expect(!(try holes(connection)).isEmpty)
            try install(request { $0.trustOwner = true }, on: connection)
            #expect(try holes(connection).isEmpty)
            try write(3, as: roles.app, database)
        }
    }

    @Test func aTrailHandedOverIsMendedInOneGo() throws {
        try withTables { connection, database, roles in
            try connection.run(
                "alter table audit.activity owner to \(roles.keeper); alter table audit.transaction owner to \(roles.keeper)"
            )
            try install(request { $0.trustOwner = true }, on: connection)
            #expect(try holes(connection).isEmpty)
            try write(1, as: roles.app, database)
        }
    }

    @Test(arguments: ["audit_transaction()", "audit_move(integer, jsonb)"])
    func aFunctionThatIsGoneComesBackWithItsGrants(function: String) throws {
        try withTables { connection, database, roles in
            try connection.run("drop function audit.\(function)")
            #expect(throws: PostgresError.self) { try write(1, as: roles.app, database) }
            #expect(try Catalog.read(from: connection, auditSchema: "audit").needsRepair)
            try install(request("orders"), on: connection)
            try connection.run("delete from orders; delete from events")
            try write(2, as: roles.app, database)
        }
    }

    @Test func whatEverybodyMayCallSinceARestoreIsRevoked() throws {
        try withTables { connection, _, _ in
            try connection.run("grant execute on function audit.audit_transaction() to public")
            let holes = try Catalog.read(from: connection, auditSchema: "audit").status(from: connection).holes
            #expect(holes.map(\.kind) == [.stale])
            try install(request(), on: connection)
            let mayCall = "select has_function_privilege('public', 'audit.audit_transaction()', 'execute')"
            #expect(try connection.rows(mayCall) == ["f"])
        }
    }
}
