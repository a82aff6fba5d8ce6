import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// The indexes by the keys of rows, as `init` makes them and `status` misses them.
@Suite struct RowIndexTests {
    /// The indexes of the audit tables by name: `name keys predicate`.
    static func definitions(on connection: borrowing Connection, schema: String = "audit") throws -> [String] {
        try connection.rows(
            "select regexp_replace(indexdef, '^CREATE INDEX (.*) ON .* USING btree', '\\1') from pg_indexes "
                + "where schemaname = $1 and indexname like 'ix%' order by indexname",
            [schema]
        )
    }

    private func missing(_ connection: borrowing Connection) throws -> [String] {
        try Catalog.read(from: connection, auditSchema: "audit").statusWithoutActivity().holes
            .filter { $0.kind == .missingIndex }.map(\.detail)
    }

    @Test func eachListOfKeyColumnsHasTwoIndexes() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table a (id int primary key); create table b (id uuid primary key); create table keyless (x int);
                create table lines (order_id int, no int, primary key (no, order_id))
                """
            )
            try install(request("a", "b", "keyless", "lines"), on: connection)
            let id = "COALESCE((old_data ->> 'id'::text), (changed_data ->> 'id'::text))"
            let no = "COALESCE((old_data ->> 'no'::text), (changed_data ->> 'no'::text))"
            let order = "COALESCE((old_data ->> 'order_id'::text), (changed_data ->> 'order_id'::text))"
            #expect(
                try Self.definitions(on: connection).filter { $0.contains("_row_") } == [
                    "ix_audit_activity_row_id (table_name, \(id), id) WHERE (\(id) IS NOT NULL)",
                    "ix_audit_activity_row_no__order_id (table_name, \(no), \(order), id) "
                        + "WHERE ((\(no) IS NOT NULL) AND (\(order) IS NOT NULL))",
                ]
            )
            let moved = ["id", "no", "order_id"].map {
                "COALESCE((changed_data ->> '\($0)'::text), (old_data ->> '\($0)'::text))"
            }
            #expect(
                try Self.definitions(on: connection).filter { $0.contains("_moved_") } == [
                    "ix_audit_activity_moved_id (table_name, \(moved[0]), id) "
                        + "WHERE ((verb = 'update'::text) AND (changed_data ?| ARRAY['id'::text]))",
                    "ix_audit_activity_moved_no__order_id (table_name, \(moved[1]), \(moved[2]), id) "
                        + "WHERE ((verb = 'update'::text) AND (changed_data ?| ARRAY['no'::text, 'order_id'::text]))",
                ]
            )
            #expect(try missing(connection).isEmpty)
        }
    }

    @Test func aTableWithANewKindOfKeyBringsItsIndexes() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key); create table b (code text primary key)")
            try install(request("a"), on: connection)
            #expect(
                try plan(for: request("b"), on: connection).steps.map(\.description) == [
                    "create index ix_audit_activity_row_code", "create index ix_audit_activity_moved_code",
                    "audit public.b",
                ]
            )
        }
    }

    @Test func profileFlaskHasNoneAndMissesNone() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key)")
            try install(request("a") { $0.profile = .flask }, on: connection)
            #expect(
                try Self.definitions(on: connection) == [
                    "ix_audit_activity_native_transaction_id (native_transaction_id)"
                ]
            )
            #expect(try missing(connection).isEmpty)
        }
    }

    @Test func indexesAreKnownByWhatTheyAreAndNotByTheirNames() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run(
                """
                alter index audit.ix_audit_activity_row_id rename to another;
                drop index audit.ix_audit_activity_table_name_id;
                create index ix_audit_activity_table_name_id on audit.activity (table_name, id desc);
                drop index audit.ix_audit_activity_without_transaction
                """
            )
            #expect(
                try missing(connection) == [
                    "index ix_audit_activity_table_name_id is missing, browsing is slow; audit-tui index builds it",
                    "index ix_audit_activity_without_transaction is missing, browsing is slow; audit-tui index builds it",
                ]
            )
            let plan = try plan(for: request(), on: connection)
            #expect(plan.steps.map(\.description) == ["create index ix_audit_activity_without_transaction"])
            #expect(
                plan.notes == [
                    "index ix_audit_activity_table_name_id is left out: another index has this name; "
                        + "drop or rename that one"
                ]
            )
        }
    }

    @Test func aLargeTrailIsLeftToTheCommandThatDoesNotKeepWritersOut() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run(
                """
                drop index audit.ix_audit_activity_row_id;
                update pg_class set reltuples = 300000 where oid = 'audit.activity'::regclass
                """
            )
            let plan = try plan(for: request(), on: connection)
            #expect(plan.isEmpty)
            #expect(
                plan.notes == [
                    "index ix_audit_activity_row_id is left out: activity holds about 300000 rows, and writers would "
                        + "wait while it is built; audit-tui index builds it beside them"
                ]
            )
        }
    }

    @Test func theKeysThatMostTablesHaveAreIndexedByInit() throws {
        try withDatabase { connection, _ in
            for number in 1...9 { try connection.run("create table t\(number) (key\(number) int primary key)") }
            try connection.run("create table u (key9 int primary key)")
            let plan = try install(request { $0.allTables = true }, on: connection)
            #expect(
                plan.notes == [
                    "rows are not indexed by (key8): each kind of key costs every write; audit-tui index builds them"
                ]
            )
            #expect(try Self.definitions(on: connection).filter { $0.contains("_row_key") }.count == 8)
            #expect(try missing(connection).isEmpty)
        }
    }

    /// An index cannot hold values of any length, and the statement of the person who writes one would fail.
    @Test func aColumnThatMayHoldLongValuesElsewhereIsNoKeyToIndex() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table tags (name text primary key); create table docs (id int primary key, name text);
                create table files (id int primary key, name varchar(80));
                """
            )
            try install(request("tags", "files"), on: connection)
            #expect(try Self.definitions(on: connection).contains { $0.hasPrefix("ix_audit_activity_row_name ") })
        }
        try withDatabase { connection, _ in
            try connection.run("create table tags (name text primary key); create table docs (id int, name text)")
            let name = ColumnName(table: table("docs"), name: "name")
            #expect(try plan(for: request("tags", "docs") { $0.excludedColumns = [name] }, on: connection).notes == [])
            let plan = try install(request("tags", "docs"), on: connection)
            #expect(
                plan.notes == [
                    "rows are not indexed by name: docs.name may hold values that are too long for an index, "
                        + "and writing them would fail"
                ]
            )
            try connection.run(
                "insert into docs select 1, string_agg(md5(random()::text), '') from generate_series(1, 200)"
            )
            #expect(try activities(on: connection).count == 1)
            #expect(try missing(connection).isEmpty)
        }
    }
}
