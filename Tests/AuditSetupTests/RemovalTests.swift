import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct RemovalTests {
    private func remove(
        _ connection: borrowing Connection,
        schema: String = "audit",
        change: (inout RemovalRequest) -> Void = { _ in }
    ) throws -> Plan {
        var request = RemovalRequest()
        change(&request)
        return try Installer.remove(request, auditSchema: schema, on: connection)
    }

    @Test func historyStaysAndCaptureResumes() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1)")
            #expect(!(try remove(connection)).isEmpty)
            try connection.run("insert into orders values (2)")
            #expect(try activities(on: connection).count == 1)
            #expect(
                try connection.rows("select proname from pg_proc where pronamespace = 'audit'::regnamespace").isEmpty
            )
            #expect((try remove(connection)).isEmpty)
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (3)")
            #expect(
                try activities(on: connection)
                    == [#"orders insert | {} | {"id": 1}"#, #"orders insert | {} | {"id": 3}"#]
            )
        }
    }

    @Test func namedTablesAreReleasedAloneAndTheRestGoesOn() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int); create table b (id int)")
            try install(request("a", "b"), on: connection)
            let plan = try remove(connection) { $0.tables = [table("a")] }
            #expect(plan.steps.map(\.description) == ["stop auditing public.a"])
            try connection.run("insert into a values (1); insert into b values (2)")
            #expect(try activities(on: connection) == [#"b insert | {} | {"id": 2}"#])
        }
    }

    @Test(arguments: ["audit", "public", "Odd \"schema"])
    func purgingLeavesNothing(schema: String) throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table users (id int primary key); create table orders (id int);
                create table events (id int) partition by list (id); create table events_1 partition of events default
                """
            )
            let before = try catalogContents(on: connection)
            try install(
                request("orders", "events") { $0.actorTable = table("users") },
                on: connection,
                schema: schema
            )
            try connection.run("insert into orders values (1)")
            _ = try remove(connection, schema: schema) { $0.purge = true }
            #expect(try catalogContents(on: connection) == before)
        }
    }

    @Test func aSchemaThatHoldsMoreThanTheTrailIsKept() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run("create function audit.mine() returns int language sql as 'select 1'")
            _ = try remove(connection) { $0.purge = true }
            #expect(try connection.rows("select audit.mine()") == ["1"])
        }
    }

    @Test func withoutAnInstallationThereIsNothingToRemove() throws {
        try withDatabase { connection, _ in
            #expect(throws: SetupError.notInstalled(schema: "audit")) { try remove(connection) }
        }
    }
}
