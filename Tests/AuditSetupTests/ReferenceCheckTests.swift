import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// The reference of an activity to its transaction: checked by the server when a transaction is deleted; for each new
/// activity only where nobody could turn that off.
@Suite struct ReferenceCheckTests {
    private func checks(on connection: borrowing Connection) throws -> [String] {
        try connection.rows(
            """
            select concat_ws(' ', tgrelid::regclass, tgenabled) from pg_trigger
            where tgisinternal and tgconstraint in
                (select oid from pg_constraint where contype = 'f' and conrelid = 'audit.activity'::regclass)
            order by tgrelid::regclass::text, tgfoid
            """
        )
    }

    @Test func aSuperusersInstallationLeavesItToCapture() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            #expect(
                try checks(on: connection) == [
                    "audit.activity D", "audit.activity D", "audit.transaction O", "audit.transaction O",
                ]
            )
            try connection.run("insert into orders values (1)")
            #expect(
                try connection.rows("select from audit.activity join audit.transaction as t on t.id = transaction_id")
                    .count == 1
            )
            #expect(throws: PostgresError.self) { try connection.run("delete from audit.transaction") }
            #expect(try plan(for: request("orders"), on: connection).isEmpty)
        }
    }

    @Test func whatARestoreTurnsOnAgainIsRepaired() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run("alter table audit.activity enable trigger all")
            let repair = try plan(for: request(), on: connection)
            #expect(repair.steps.map(\.description) == ["leave it to capture that each activity has a transaction"])
            try install(request(), on: connection)
            #expect(try checks(on: connection).filter { $0.hasSuffix("D") }.count == 2)
        }
    }

    @Test func removingTurnsItOnAgain() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try Installer.remove(RemovalRequest(), auditSchema: "audit", on: connection)
            #expect(try checks(on: connection).allSatisfy { $0.hasSuffix("O") })
        }
    }

    @Test func anOwnersInstallationIsCheckedAsEver() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("grant create on schema public to \(owner); create schema audit authorization \(owner)")
            let session = try database.connect(as: owner)
            try session.run("create table orders (id int)")
            try install(request("orders"), on: session)
            #expect(try checks(on: connection).allSatisfy { $0.hasSuffix("O") })
            try session.run("insert into orders values (1)")
            #expect(try activities(on: connection).count == 1)
            #expect(try plan(for: request("orders"), on: session).isEmpty)
        }
    }
}
