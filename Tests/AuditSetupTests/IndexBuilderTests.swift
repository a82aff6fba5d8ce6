import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// The browsing indexes, built and dropped beside others.
@Suite struct IndexBuilderTests {
    static let fixed = [
        "ix_audit_activity_native_transaction_id", "ix_audit_activity_table_name_id",
        "ix_audit_activity_without_transaction", "ix_audit_transaction_actor_id_id",
    ]

    static func plan(
        on connection: borrowing Connection,
        schema: String = "audit",
        change: (inout IndexRequest) -> Void = { _ in }
    ) throws(SetupError) -> IndexPlan {
        var request = IndexRequest()
        change(&request)
        return try Catalog.read(from: connection, auditSchema: schema).plan(for: request)
    }

    @discardableResult
    static func apply(
        in database: TestDatabase,
        schema: String = "audit",
        as role: String? = nil,
        change: (inout IndexRequest) -> Void = { _ in }
    ) throws -> IndexPlan {
        try apply(in: database, schema: schema, as: role, isStopped: { false }, report: { _ in }, change: change)
    }

    @discardableResult
    static func apply(
        in database: TestDatabase,
        schema: String = "audit",
        as role: String? = nil,
        isStopped: @escaping () -> Bool,
        report: @escaping (IndexReport) -> Void,
        change: (inout IndexRequest) -> Void = { _ in }
    ) throws -> IndexPlan {
        var request = IndexRequest()
        change(&request)
        let settings = try database.settings(as: role)
        let builder = IndexBuilder(
            on: try Connection.open(settings),
            settings,
            auditSchema: schema,
            isStopped: isStopped,
            report: report
        )
        return try builder.apply(request)
    }

    private func names(_ connection: borrowing Connection, valid: Bool = true) throws -> [String] {
        try connection.rows(
            "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname like 'ix%' "
                + "and c.relnamespace = 'audit'::regnamespace and i.indisvalid = $1 order by 1",
            ["\(valid)"]
        )
    }

    @Test func anInstallationOfProfileFlaskGetsAllButTheIndexItHas() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table a (id int primary key); create table b (k text, n int, primary key (k, n))"
            )
            try install(request("a", "b") { $0.profile = .flask }, on: connection)
            try connection.run("insert into a values (1); insert into b values ('x', 2); update a set id = 3")
            let before = try RowIndexTests.definitions(on: connection)
            #expect(
                try Self.apply(in: database).steps.map(\.description) == [
                    "build index ix_audit_activity_table_name_id",
                    "build index ix_audit_activity_row_id", "build index ix_audit_activity_row_k__n",
                    "build index ix_audit_activity_moved_id", "build index ix_audit_activity_moved_k__n",
                    "build index ix_audit_activity_without_transaction", "build index ix_audit_transaction_actor_id_id",
                ]
            )
            #expect(try Self.plan(on: connection).isEmpty)
            #expect(try names(connection, valid: false) == [])
            #expect(try Self.apply(in: database) { $0.drop = true }.steps.count == 7)
            #expect(try RowIndexTests.definitions(on: connection) == before)
            #expect(try Self.plan(on: connection) { $0.drop = true }.isEmpty)
        }
    }

    /// What `index` builds is what `init` of profile standard makes.
    @Test func whatIsDroppedFromAStandardInstallationIsBuiltAgain() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key); create table b (uid uuid primary key)")
            try install(request("a", "b"), on: connection)
            let before = try RowIndexTests.definitions(on: connection)
            #expect(try Self.plan(on: connection).isEmpty)
            let dropped = try Self.apply(in: database) { $0.drop = true }
            #expect(
                dropped.notes == [
                    "index ix_audit_activity_native_transaction_id stays: every list of transactions is read by it"
                ]
            )
            #expect(try names(connection) == ["ix_audit_activity_native_transaction_id"])
            try Self.apply(in: database)
            #expect(try RowIndexTests.definitions(on: connection) == before)
            try connection.run("drop index audit.ix_audit_activity_native_transaction_id")
            #expect(
                try Self.apply(in: database).steps.map(\.sql) == [
                    "create index concurrently \"ix_audit_activity_native_transaction_id\" on \"audit\".\"activity\" "
                        + "(native_transaction_id, id);\n"
                ]
            )
            #expect(try RowIndexTests.definitions(on: connection) == before)
        }
    }

    @Test func theScriptDoesWhatApplyingDoes() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key)")
            try install(request("a") { $0.profile = .flask }, on: connection)
            let plan = try Self.plan(on: connection)
            #expect(plan.script.hasPrefix("set search_path = pg_catalog, pg_temp;\n"))
            for statement in plan.script.split(separator: "\n") where !statement.hasPrefix("--") {
                try connection.run(String(statement))
            }
            #expect(try Self.plan(on: connection).isEmpty)
        }
    }

    @Test func anUnfinishedIndexIsDroppedAndBuiltAnew() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run(
                "update pg_index set indisvalid = false where indexrelid = 'audit.ix_audit_activity_row_id'::regclass"
            )
            let status = try Catalog.read(from: connection, auditSchema: "audit").statusWithoutActivity()
            #expect(
                status.holes.map(\.detail).contains(
                    "index ix_audit_activity_row_id was not finished, browsing is slow; audit-tui index builds it"
                )
            )
            #expect(
                try AuditSetupTests.plan(for: request(), on: connection).notes == [
                    "index ix_audit_activity_row_id is left out: its building was broken off; "
                        + "audit-tui index builds it anew"
                ]
            )
            #expect(
                try Self.apply(in: database).steps.map(\.description) == [
                    "drop unfinished index ix_audit_activity_row_id", "build index ix_audit_activity_row_id",
                ]
            )
            #expect(try names(connection, valid: false) == [])
            #expect(try Self.plan(on: connection).isEmpty)
        }
    }

    @Test func anIndexOfAnotherDefinitionKeepsItsName() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run(
                """
                drop index audit.ix_audit_activity_table_name_id;
                create index ix_audit_activity_table_name_id on audit.activity (table_name collate "C", id)
                """
            )
            let note = "index ix_audit_activity_table_name_id is left out: another index has this name; "
            #expect(try Self.plan(on: connection).isEmpty)
            #expect(try Self.plan(on: connection).notes == [note + "drop or rename that one"])
            let dropped = try Self.apply(in: database) { $0.drop = true }
            #expect(!dropped.steps.map(\.description).contains("drop index ix_audit_activity_table_name_id"))
        }
    }

    @Test func whoDoesNotOwnTheTrailIsRefused() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            #expect(throws: SetupError.notInstalled(schema: "audit")) { try Self.plan(on: connection) }
            try install(request("a"), on: connection)
            let role = try database.makeRole("reader", on: connection)
            try connection.run(
                "grant usage on schema audit to \(role); grant select on all tables in schema audit to \(role)"
            )
            #expect(throws: SetupError.auditTablesOfAnother(schema: "audit", role: role)) {
                try Self.apply(in: database, as: role)
            }
            try connection.run(
                "alter table audit.activity owner to \(role); alter table audit.transaction owner to \(role)"
            )
            #expect(throws: SetupError.cannotCreate(schema: "audit", role: role)) {
                try Self.apply(in: database, as: role)
            }
        }
    }

    @Test func viewsAndForeignTablesHaveNoIndexes() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run(
                """
                create schema seen; create view seen.activity as select * from audit.activity;
                create view seen.transaction as select * from audit.transaction;
                create schema far; create foreign data wrapper none; create server other foreign data wrapper none;
                create foreign table far.activity (id bigint, native_transaction_id bigint) server other
                """
            )
            let seen = TableName(schema: "seen", name: "activity")
            let error = SetupError.notIndexable(seen, kind: "a view")
            #expect(throws: error) { try Self.plan(on: connection, schema: "seen") }
            #expect(
                error.description == "seen.activity is a view, which has no browsing indexes; "
                    + "run audit-tui index where the tables behind it are"
            )
            let far = TableName(schema: "far", name: "activity")
            #expect(throws: SetupError.notIndexable(far, kind: "a foreign table")) {
                try Self.plan(on: connection, schema: "far")
            }
            try connection.run(
                """
                drop view seen.activity; create materialized view seen.activity as select * from audit.activity;
                """
            )
            #expect(throws: SetupError.notIndexable(seen, kind: "a materialized view")) {
                try Self.plan(on: connection, schema: "seen")
            }
            #expect(try Catalog.read(from: connection, auditSchema: "public").trailsWithoutTables == ["seen"])
        }
    }
}
