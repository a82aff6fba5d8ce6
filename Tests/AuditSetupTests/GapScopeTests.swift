import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditSetup

/// Which tables are checked, and what is said of the others.
@Suite struct GapScopeTests {
    private func refusal(in database: TestDatabase, _ table: String?, as role: String? = nil) throws -> SetupError? {
        do {
            _ = try findGaps(in: database, table: table, as: role)
            return nil
        } catch let error as SetupError {
            return error
        }
    }

    @Test func tablesThatCannotBeCheckedAreNamed() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table orders (id int primary key, n int); create table logs (line text);
                create table users (id int primary key, name text); create table plain (id int primary key)
                """
            )
            try install(
                request("orders", "logs", "users") {
                    $0.excludedColumns = [ColumnName(table: table("users"), name: "id")]
                },
                on: connection
            )
            try connection.run(
                "insert into orders values (1, 1); insert into logs values ('x'); insert into users values (1, 'a')"
            )
            let summary = try findGaps(in: database).summary
            #expect(
                summary
                    == GapSummary(
                        tables: 1,
                        activities: 1,
                        gaps: 0,
                        unchecked: [
                            GapSummary.Unchecked(table: table("logs"), obstacle: .noKey),
                            GapSummary.Unchecked(table: table("users"), obstacle: .keyNotRecorded(column: "id")),
                        ]
                    )
            )
            #expect(try findGaps(in: database, table: "Orders").summary.tables == 1)
            #expect(
                try refusal(in: database, "logs")?.description == "public.logs cannot be checked: it has no primary key"
            )
            #expect(
                try refusal(in: database, "users")?.description
                    == "public.users cannot be checked: column id of its primary key is not recorded"
            )
            #expect(
                try refusal(in: database, "plain")?.description
                    == "public.plain is not audited; audit-tui init records its changes"
            )
            #expect(try refusal(in: database, "order") == .unknownTable("order", suggestions: [table("orders")]))
        }
    }

    @Test func rowsThatTheRoleMayNotSeeAreNoGaps() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table orders (id int primary key, n int); create table lines (id int primary key)"
            )
            try install(request("orders", "lines"), on: connection)
            try connection.run("insert into orders values (1, 1); insert into lines values (1)")
            let role = try database.makeRole("reader", on: connection)
            try connection.run(
                """
                grant usage on schema audit to \(role); grant select on audit.activity, orders to \(role);
                alter table orders enable row level security
                """
            )
            let summary = try findGaps(in: database, as: role).summary
            #expect(
                summary.unchecked == [
                    GapSummary.Unchecked(table: table("lines"), obstacle: .notReadable(role: role)),
                    GapSummary.Unchecked(table: table("orders"), obstacle: .restricted(role: role)),
                ]
            )
            #expect(
                try refusal(in: database, "lines", as: role)?.description
                    == "public.lines cannot be checked: role \(role) may not read it"
            )
            #expect(
                try refusal(in: database, "orders", as: role)?.description
                    == "public.orders cannot be checked: row security keeps rows from role \(role)"
            )
            try connection.run("alter table orders disable row level security; grant select on lines to \(role)")
            #expect(try findGaps(in: database, as: role).summary.tables == 2)
        }
    }

    @Test func aTrailThatIsNotReadableIsAnError() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            let role = try database.makeRole("outsider", on: connection)
            try connection.run("grant select on orders to \(role)")
            guard case .server(let error) = try refusal(in: database, nil, as: role) else {
                Issue.record("not refused")
                return
            }
            #expect(error.sqlState == "42501")
        }
    }

    @Test func withoutCaptureThereIsNothingToCheck() throws {
        try withDatabase { connection, database in
            #expect(try refusal(in: database, nil) == .notInstalled(schema: "audit"))
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            try Installer.remove(RemovalRequest(), auditSchema: "audit", on: connection)
            #expect(try refusal(in: database, nil) == .capturesNothing(schema: "audit"))
        }
    }

    @Test func aPartitionedTableIsCheckedAsAWhole() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table t (id int, region int, note text, primary key (id, region)) partition by list (region);
                create table t_0 partition of t for values in (0);
                create table t_1 (note text, gone int, region int not null, id int not null); alter table t_1 drop column gone;
                alter table t attach partition t_1 for values in (1)
                """
            )
            try install(request("t"), on: connection)
            try connection.run(
                """
                insert into t select i, i % 2, 'a' from generate_series(1, 8) as i; update t set region = 1 - region where id < 4;
                update t_1 set note = 'b'; delete from t_0 where id = 1; insert into t_1 values ('c', 1, 1)
                """
            )
            #expect(try gapTexts(in: database) == [])
            #expect(try refusal(in: database, "t_1") == .coveredByParent(table("t_1"), parent: table("t")))
            try connection.run("alter table t_1 disable trigger all; update t set note = 'd'; truncate t_0")
            #expect(
                try gapTexts(in: database, table: "t") == [
                    #"t {"id":1,"region":1} update note"#, #"t {"id":2,"region":1} update note"#,
                    #"t {"id":3,"region":0} delete"#, #"t {"id":4,"region":0} delete"#,
                    #"t {"id":5,"region":1} update note"#, #"t {"id":6,"region":0} delete"#,
                    #"t {"id":7,"region":1} update note"#, #"t {"id":8,"region":0} delete"#,
                ]
            )
        }
    }

    @Test func childrenByInheritanceAreCheckedForThemselves() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table p (id int primary key, n int); create table c (primary key (id)) inherits (p)"
            )
            try install(request("p", "c"), on: connection)
            try connection.run(
                "insert into p values (1, 1); insert into c values (1, 5), (2, 6); update p set n = n + 1"
            )
            #expect(try gapTexts(in: database) == [])
            try connection.run("set flask_audit_logger.enable_versioning = 'false'; update c set n = 0 where id = 1")
            #expect(try gapTexts(in: database) == [#"c {"id":1} update n"#])
        }
    }

    @Test func aTrailOfPartitionsIsReadToo() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, n int)")
            try install(request("t"), on: connection)
            try connection.run(
                """
                create table audit.whole (like audit.activity including defaults, primary key (issued_at, id)) partition by range (issued_at);
                alter table audit.whole drop column relid;
                create table audit.old partition of audit.whole for values from (minvalue) to ('2026-01-01');
                create table audit.new partition of audit.whole for values from ('2026-01-01') to (maxvalue);
                insert into t select i, i from generate_series(1, 9) as i; update t set n = 0 where id < 5;
                insert into audit.whole (id, schema, table_name, issued_at, native_transaction_id, verb, old_data, changed_data)
                select id, schema, table_name, case when verb = 'insert' then '2025-05-05' else issued_at end,
                    native_transaction_id, verb, old_data, changed_data from audit.activity;
                alter table audit.activity rename to before; alter table audit.whole rename to activity;
                set session_replication_role = replica; update t set n = 7 where id in (1, 9); reset session_replication_role
                """
            )
            #expect(try gapTexts(in: database) == [#"t {"id":1} update n"#, #"t {"id":9} update n"#])
        }
    }

    @Test func largeTablesAreGoneThroughInParts() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, n int)")
            try install(request("t"), on: connection)
            try connection.run("insert into t select i, i from generate_series(1, 4000) as i")
            try connection.run(
                "set flask_audit_logger.enable_versioning = 'false'; update t set n = 0 where id % 1000 = 1"
            )
            var percents: [Int?] = []
            let (gaps, summary) = try findGaps(in: database, rowsAtOnce: 1000) { report in
                if case .progress(let progress) = report { percents.append(progress.percent) }
            }
            let keys = [1, 1001, 2001, 3001]
            #expect(Set(gaps.map(\.text)) == Set(keys.map { "t {\"id\":\($0)} update n" }))
            #expect(summary == GapSummary(tables: 1, activities: 4000, gaps: 4, unchecked: []))
            #expect(percents == [nil, 0, 25, 50, 75])
        }
    }
}
