import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Trails whose activities are partitioned, which the server cannot index concurrently as a whole.
@Suite struct PartitionedIndexTests {
    /// A trail by hand: two partitions, one of them partitioned again; with a foreign one on demand.
    private func makeTrail(on connection: borrowing Connection, foreign: Bool) throws {
        try connection.run(
            """
            create table a (id int primary key);
            create schema audit;
            create table audit.transaction (
                id bigserial primary key, native_transaction_id bigint, issued_at timestamp, client_addr inet, actor_id text
            );
            create table audit.activity (
                id bigserial, schema text, table_name text, relid integer, issued_at timestamp,
                native_transaction_id bigint, verb text, old_data jsonb default '{}', changed_data jsonb default '{}',
                transaction_id bigint, primary key (id, issued_at)
            ) partition by range (issued_at);
            create schema parts;
            create table parts.y25 partition of audit.activity for values from ('2025-01-01') to ('2026-01-01');
            create table parts.y26 partition of audit.activity for values from ('2026-01-01') to ('2027-01-01')
                partition by range (issued_at);
            create table parts.y26a partition of parts.y26 for values from ('2026-01-01') to ('2026-07-01');
            create table parts.y26b partition of parts.y26 for values from ('2026-07-01') to ('2027-01-01');
            create function audit.create_activity() returns trigger language plpgsql as 'begin return null; end';
            create trigger audit_trigger_update after update on a for each statement
                execute function audit.create_activity('{}');
            """
        )
        guard foreign else { return }
        // Without its primary key, which no foreign table can have a part of.
        try connection.run(
            """
            alter table audit.activity drop constraint activity_pkey;
            create foreign data wrapper none; create server other foreign data wrapper none;
            create foreign table parts.y24 partition of audit.activity
                for values from ('2024-01-01') to ('2025-01-01') server other;
            """
        )
    }

    /// Indexes on the table and its partitions: `table name valid`.
    private func indexes(on connection: borrowing Connection, like pattern: String) throws -> [String] {
        try connection.rows(
            """
            select i.indrelid::regclass || ' ' || c.relname || case when i.indisvalid then '' else ' invalid' end
            from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname like $1 order by 1
            """,
            [pattern]
        )
    }

    @Test func eachPartitionIsIndexedAndAttached() throws {
        try withDatabase { connection, database in
            try makeTrail(on: connection, foreign: false)
            let plan = try IndexBuilderTests.apply(in: database)
            #expect(
                plan.steps.prefix(8).map(\.description) == [
                    "prepare index ix_audit_activity_table_name_id",
                    "build index ix_y25_table_name_id",
                    "attach index ix_y25_table_name_id to ix_audit_activity_table_name_id",
                    "prepare index ix_y26_table_name_id",
                    "attach index ix_y26_table_name_id to ix_audit_activity_table_name_id",
                    "build index ix_y26a_table_name_id",
                    "attach index ix_y26a_table_name_id to ix_y26_table_name_id",
                    "build index ix_y26b_table_name_id",
                ]
            )
            #expect(plan.steps.count == 5 * 9 + 1)
            #expect(
                try indexes(on: connection, like: "ix%row_id") == [
                    "audit.activity ix_audit_activity_row_id", "parts.y25 ix_y25_row_id", "parts.y26 ix_y26_row_id",
                    "parts.y26a ix_y26a_row_id", "parts.y26b ix_y26b_row_id",
                ]
            )
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
            try connection.run(
                "create table parts.y27 partition of audit.activity for values from ('2027-01-01') to ('2028-01-01')"
            )
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
            try IndexBuilderTests.apply(in: database) { $0.drop = true }
            #expect(
                try indexes(on: connection, like: "ix%").filter { !$0.contains("native") } == []
            )
        }
    }

    @Test func whatIsThereInPartIsCompleted() throws {
        try withDatabase { connection, database in
            try makeTrail(on: connection, foreign: false)
            try connection.run(
                """
                create index ix_audit_activity_table_name_id on only audit.activity (table_name, id);
                create index mine on parts.y25 (table_name, id);
                create index ix_y26_table_name_id on only parts.y26 (table_name, id);
                create index ix_y26a_table_name_id on parts.y26a (table_name, id);
                update pg_index set indisvalid = false where indexrelid = 'parts.ix_y26a_table_name_id'::regclass;
                """
            )
            let plan = try IndexBuilderTests.apply(in: database)
            #expect(
                plan.steps.prefix(7).map(\.description) == [
                    "attach index mine to ix_audit_activity_table_name_id",
                    "attach index ix_y26_table_name_id to ix_audit_activity_table_name_id",
                    "drop unfinished index ix_y26a_table_name_id", "build index ix_y26a_table_name_id",
                    "attach index ix_y26a_table_name_id to ix_y26_table_name_id",
                    "build index ix_y26b_table_name_id",
                    "attach index ix_y26b_table_name_id to ix_y26_table_name_id",
                ]
            )
            #expect(try indexes(on: connection, like: "%").filter { $0.hasSuffix("invalid") } == [])
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
        }
    }

    @Test func aForeignPartitionIsLeftOutWithANote() throws {
        try withDatabase { connection, database in
            try makeTrail(on: connection, foreign: true)
            let plan = try IndexBuilderTests.apply(in: database)
            #expect(plan.notes == ["parts.y24 is a foreign table and left out; index it on its own server"])
            #expect(
                try indexes(on: connection, like: "ix%table_name_id") == [
                    "audit.activity ix_audit_activity_table_name_id invalid", "parts.y25 ix_y25_table_name_id",
                    "parts.y26 ix_y26_table_name_id", "parts.y26a ix_y26a_table_name_id",
                    "parts.y26b ix_y26b_table_name_id",
                ]
            )
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
        }
    }

    @Test func aPartitionsIndexOfAnotherDefinitionKeepsItsName() throws {
        try withDatabase { connection, database in
            try makeTrail(on: connection, foreign: false)
            try connection.run("create index ix_y25_table_name_id on parts.y25 (table_name)")
            let plan = try IndexBuilderTests.apply(in: database)
            #expect(
                plan.notes == [
                    "index ix_y25_table_name_id is left out: another index has this name; drop or rename that one"
                ]
            )
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
        }
    }

    /// What takes a moment must not keep others out while it waits.
    @Test func theLockOfABriefStepIsNotWaitedForLong() throws {
        try withDatabase { connection, database in
            try makeTrail(on: connection, foreign: false)
            let plan = try IndexBuilderTests.plan(on: connection)
            #expect(
                plan.script.contains(
                    "set lock_timeout = 3000;\ncreate index \"ix_audit_activity_table_name_id\" on only"
                )
            )
            #expect(
                plan.script.contains("set lock_timeout = 0;\ncreate index concurrently \"ix_y25_table_name_id\" on")
            )
            let other = try database.connect()
            try other.run("begin; lock table audit.activity in row exclusive mode")
            let error = #expect(throws: SetupError.self) {
                try IndexBuilderTests.apply(in: database) { $0.lockTimeoutMilliseconds = 50 }
            }
            let text = try #require(error).description
            #expect(
                text.hasPrefix("cannot prepare index ix_audit_activity_table_name_id within 50 ms: waited for pid ")
            )
        }
    }
}
