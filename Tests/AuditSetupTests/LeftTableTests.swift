import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Tables that are left out on purpose, and columns that are by their names.
@Suite struct LeftTableTests {
    private let odd = TableName(schema: "public", name: "o\"d]d, \\t")

    private func status(_ connection: borrowing Connection) throws -> Status {
        try Catalog.read(from: connection, auditSchema: "audit").status(from: connection)
    }

    private func unaudited(_ connection: borrowing Connection) throws -> [String] {
        try status(connection).holes.filter { $0.kind == .unaudited }.map(\.table.name)
    }

    @Test func aTableThatIsLeftIsNoHoleUntilItIsTakenBack() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int primary key); create table logs (id int primary key);
                create table "o""d]d, \\t" (id int primary key)
                """
            )
            try install(
                request("orders") {
                    $0.always = true
                    $0.left = [odd]
                },
                on: connection
            )
            #expect(try unaudited(connection) == ["logs"])
            #expect(try status(connection).tables.filter(\.isLeft).map(\.name) == [odd])
            try install(request { $0.left = [table("logs")] }, on: connection)
            #expect(try status(connection).holes == [])
            #expect(try plan(for: request("orders") { $0.allTables = true }, on: connection).isEmpty)
            // What else is asked for leaves it as it is.
            try install(request { $0.always = false }, on: connection)
            #expect(try unaudited(connection) == [])
            try install(request { $0.notLeft = [odd] }, on: connection)
            #expect(try unaudited(connection) == [odd.name])
            try install(request("logs"), on: connection)
            #expect(try unaudited(connection) == [odd.name])
            try Installer.remove(removal("logs"), auditSchema: "audit", on: connection)
            #expect(try unaudited(connection) == ["logs", odd.name])
        }
    }

    private func removal(_ name: String) -> RemovalRequest {
        var request = RemovalRequest()
        request.tables = [table(name)]
        return request
    }

    @Test func whatIsRecordedOrNoTableCannotBeLeft() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int); create table logs (id int); create view seen as select 1")
            let both = request("orders") { $0.left = [table("orders")] }
            #expect(refusal(of: both, on: connection) == .leftIsAudited(table("orders")))
            try install(request("orders"), on: connection)
            #expect(
                refusal(of: request { $0.left = [table("orders")] }, on: connection) == .leftIsAudited(table("orders"))
            )
            #expect(refusal(of: request { $0.left = [table("seen")] }, on: connection) == .notLeft(table("seen")))
            #expect(refusal(of: request { $0.notLeft = [table("logs")] }, on: connection) == .notLeft(table("logs")))
            #expect(
                SetupError.leftIsAudited(table("orders")).description
                    == "public.orders is recorded, or named to be, and cannot be left out; audit-tui remove ends the recording"
            )
            #expect(
                SetupError.notLeft(table("seen")).description
                    == "public.seen is no table that is, or could be, left out on purpose"
            )
        }
    }

    @Test func theBookkeepingOfMigrationsIsLeftUnlessNamed() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int primary key); create table alembic_version (version_num text primary key);
                create table django_migrations (id int primary key, app text, name text, applied timestamptz);
                create schema other; create table other.alembic_version (id int primary key, version_num text)
                """
            )
            try install(request { $0.allTables = true }, on: connection)
            #expect(
                try status(connection).tables.map { "\($0.name) \($0.isAudited) \($0.isLeft)" } == [
                    "other.alembic_version true false", "public.alembic_version false true",
                    "public.django_migrations false true", "public.orders true false",
                ]
            )
            #expect(try unaudited(connection) == [])
            try install(request("alembic_version"), on: connection)
            #expect(try status(connection).tables.map(\.isAudited) == [true, true, false, true])
        }
    }

    @Test func columnsWhoseNamesSuggestSecretsAreLeftOut() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table users (id int primary key, password_hash text, pin int, name text);
                create table keys (token text primary key, key_hash text, api_key text, note text)
                """
            )
            let plan = try install(
                request {
                    $0.allTables = true
                    $0.includedColumns = [ColumnName(table: table("users"), name: "pin")]
                },
                on: connection
            )
            #expect(
                plan.steps.map(\.description).filter { $0.hasPrefix("audit ") } == [
                    "audit public.keys without key_hash, api_key", "audit public.users without password_hash",
                ]
            )
            #expect(
                plan.notes.filter { $0.contains("names") } == [
                    "not recorded for their names: keys.key_hash, keys.api_key, users.password_hash; "
                        + "--include TABLE.COLUMN records one",
                    "recorded, being keys, though their names suggest secrets: keys.token",
                ]
            )
            try connection.run(
                "insert into users values (1, 'h', 2, 'n'); insert into keys values ('t', 'h', 'a', 'n')"
            )
            #expect(
                try activities(on: connection) == [
                    #"users insert | {} | {"id": 1, "pin": 2, "name": "n"}"#,
                    #"keys insert | {} | {"note": "n", "token": "t"}"#,
                ]
            )
        }
    }

    @Test func aTableThatIsAuditedKeepsWhatItRecords() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int primary key, name text)")
            try install(request("users"), on: connection)
            try connection.run("alter table users add column password text")
            try install(request("users"), on: connection)
            #expect(try status(connection).tables.map(\.excludedColumns) == [[]])
            let both = ColumnName(table: table("users"), name: "name")
            let wanted = request {
                $0.excludedColumns = [both]
                $0.includedColumns = [both]
            }
            #expect(refusal(of: wanted, on: connection) == .includedAndExcluded(both))
            #expect(SetupError.includedAndExcluded(both).description == "users.name is both excluded and included")
        }
    }

    @Test func alembicMakesFlaskTheDefault() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int primary key); create schema bookkeeping;
                create table bookkeeping.alembic_version (version_num text primary key)
                """
            )
            let standard = request("orders") { $0.profile = .standard }
            #expect(try plan(for: standard, on: connection).notes.filter { $0.contains("Alembic") } == [])
            let plan = try install(request("orders"), on: connection)
            #expect(plan.notes.contains { $0.hasPrefix("profile flask since a table alembic_version is there") })
            #expect(try status(connection).profile == .flask)
            #expect(try self.plan(for: request("orders"), on: connection).isEmpty)
        }
    }

    private func plan(for request: InstallRequest, on connection: borrowing Connection) throws -> Plan {
        try Catalog.read(from: connection, auditSchema: "audit").plan(for: request)
    }
}
