import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct StatusTests {
    private func status(_ connection: borrowing Connection) throws -> Status {
        try Catalog.read(from: connection, auditSchema: "audit").status(from: connection)
    }

    @Test func coverageWithoutHolesIsToldAsSuch() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key, token text)")
            try install(
                request("orders") {
                    $0.excludedColumns = [ColumnName(table: table("orders"), name: "token")]
                    $0.always = true
                },
                on: connection
            )
            try connection.run("insert into orders values (1); analyze orders")
            let status = try status(connection)
            #expect(status.isInstalled && status.version == .current && status.profile == .standard)
            #expect(status.holes.isEmpty)
            let orders = try #require(status.tables.first)
            #expect(status.tables.count == 1)
            #expect(orders.name == table("orders") && orders.isAudited && orders.excludedColumns == ["token"])
            #expect(orders.keyColumns == ["id"] && orders.estimatedRows == 1)
            #expect(orders.triggers.map(\.state) == [.always, .always, .always, .always])
            #expect(
                try connection.rows("select max(issued_at)::text from audit.activity") == [orders.lastActivity]
            )
        }
    }

    @Test func whatIsAuditedElsewhereOrNotCompletedIsAHole() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key); create table other (id int primary key)")
            try install(request("orders") { $0.always = true }, on: connection)
            try install(request("other") { $0.always = true }, on: connection, schema: "second")
            try connection.run("drop trigger complete_transaction on audit.transaction")
            let holes = try status(connection).holes.map { "\($0.kind.rawValue) \($0.table): \($0.detail)" }
            #expect(holes.contains("unaudited public.other: audited in schema second"))
            #expect(!holes.contains { $0.hasPrefix("unaudited second.") })
            #expect(
                holes.contains { $0.hasSuffix(": trigger complete_transaction is missing; audit-tui init repairs it") }
            )
        }
    }

    @Test func everyKindOfHoleIsFound() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int primary key); create table logs (line text); create table other (id int primary key);
                create table events (id int primary key) partition by list (id); create table events_1 partition of events default
                """
            )
            try install(request("orders", "logs", "events"), on: connection)
            try connection.run(
                """
                alter table orders disable trigger audit_trigger_update;
                alter table orders enable replica trigger audit_trigger_insert;
                drop trigger audit_trigger_truncate on orders;
                alter table events_1 disable trigger audit_trigger_delete;
                drop index audit.ix_audit_activity_table_name_id;
                grant update on audit.activity to public;
                create or replace function audit.audit_json(given json) returns jsonb language sql as 'select null::jsonb'
                """
            )
            #expect(try Catalog.read(from: connection, auditSchema: "audit").needsRepair)
            #expect(
                try status(connection).holes.map { "\($0.kind.rawValue) \($0.table)" } == [
                    "partition public.events_1",
                    "no_key public.logs",
                    "disabled_trigger public.orders", "disabled_trigger public.orders", "missing_trigger public.orders",
                    "unaudited public.other",
                    "alterable audit.activity",
                    "enable_versioning audit.activity",
                    "missing_index audit.activity",
                    "stale audit.activity",
                ]
            )
        }
    }

    @Test func aRightToChangeOneColumnIsFoundAndRevoked() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            try connection.run("grant update (changed_data) on audit.activity to public")
            #expect(try status(connection).holes.map(\.kind).contains(.alterable))
            try install(request(), on: connection)
            #expect(try !status(connection).holes.map(\.kind).contains(.alterable))
        }
    }

    @Test func removedCaptureIsNoInstallation() throws {
        try withDatabase { connection, _ in
            #expect(!(try status(connection)).isInstalled)
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try Installer.remove(RemovalRequest(), auditSchema: "audit", on: connection)
            #expect(!(try status(connection)).isInstalled)
            #expect(try Catalog.installations(on: connection) == ["audit"])
        }
    }

    @Test func candidatesCarryWhatHelpsToDecide() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table users (id int primary key, password_hash text, "apiKey" text, prefs jsonb, span int);
                create table logs (line text); create view seen as select 1 as x;
                create table events (id int primary key) partition by list (id); create table events_1 partition of events default
                """
            )
            try install(request("logs"), on: connection)
            let candidates = try Catalog.read(from: connection, auditSchema: "audit").candidates
            #expect(candidates.map(\.name.name) == ["events", "logs", "users"])
            #expect(candidates.map(\.notes) == [["partitioned"], ["audited", "no key"], ["jsonb prefs"]])
            #expect(
                candidates.map { $0.columns.filter(\.isSuspicious).map(\.name) } == [
                    [], [], ["password_hash", "apiKey"],
                ]
            )
        }
    }
}
