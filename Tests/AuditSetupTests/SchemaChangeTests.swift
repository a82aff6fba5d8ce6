import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Tables that change after they were set up, in sessions that have run their capture function already.
@Suite struct SchemaChangeTests {
    /// Each change with the update after it, and what must be stored for that update.
    static let changes: [(change: String, update: String, stored: String)] = [
        (
            "alter table orders add column more int", "update orders set more = 1, status = 'b'",
            #"orders update | {"id": 1, "more": null, "status": "a"} | {"more": 1, "status": "b"}"#
        ),
        (
            "alter table orders drop column status", "update orders set id = 2",
            #"orders update | {"id": 1} | {"id": 2}"#
        ),
        (
            "alter table orders rename column status to state", "update orders set state = 'b'",
            #"orders update | {"id": 1, "state": "a"} | {"state": "b"}"#
        ),
        (
            "alter table orders alter column status type int using 5", "update orders set status = 6",
            #"orders update | {"id": 1, "status": 5} | {"status": 6}"#
        ),
        (
            "alter table orders alter column status type json using '[1]'", "update orders set status = '[2]'",
            #"orders update | {"id": 1, "status": [1]} | {"status": [2]}"#
        ),
        (
            "alter table orders rename to purchases; alter table purchases set schema other",
            "update other.purchases set status = 'b'",
            #"purchases update | {"id": 1, "status": "a"} | {"status": "b"}"#
        ),
    ]

    @Test(arguments: changes)
    func whatIsRecordedAfterwardsIsRight(change: String, update: String, stored: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create schema other; create table orders (id int primary key, status text)")
            try install(request("orders") { $0.always = true }, on: connection)
            try connection.run("insert into orders values (1, 'b'); update orders set status = 'a'")
            try connection.run(change)
            try connection.run(update)
            #expect(try activities(on: connection).last == stored)
            let catalog = try Catalog.read(from: connection, auditSchema: "audit")
            #expect(Set(try catalog.status(from: connection).holes.map(\.kind)) == [.stale])
            try install(request(), on: connection)
            #expect(try Catalog.read(from: connection, auditSchema: "audit").status(from: connection).holes.isEmpty)
            try connection.run(
                update.replacing("'b'", with: "'c'").replacing("= 6", with: "= 7").replacing("= 2", with: "= 3")
            )
            #expect(try connection.rows("select count(*) from pg_proc where proname like '%_create_activity'") == ["1"])
        }
    }

    /// Statements of many rows name the columns, which must be those that there are.
    @Test(
        arguments: changes.map(\.change) + ["alter table orders drop column status, add column note text default 'x'"]
    )
    func manyRowsAreCapturedWithTheColumnsThatThereAre(change: String) throws {
        try withDatabase { connection, _ in
            let columns =
                #"id int primary key, status text, "a ""b" int default 2, "by" int[] default '{1}', secret int"#
            try connection.run("create schema other; create table orders (\(columns))")
            try install(
                request("orders") { $0.excludedColumns = [ColumnName(table: table("orders"), name: "secret")] },
                on: connection
            )
            try connection.run("insert into orders (id, status) select g, 'a' || g from generate_series(1, 40) as g")
            try connection.run("create table held as table orders; delete from orders")
            try connection.run("insert into orders table held; drop table held; \(change)")
            let changed = change.contains("set schema") ? "other.purchases" : "orders"
            try connection.run("create table held as table \(changed); truncate audit.activity")
            try connection.run("delete from \(changed); insert into \(changed) table held")
            let kept = """
                select verb, count(distinct a.id), count(distinct h.id)
                from audit.activity as a
                join held as h on a.old_data || a.changed_data = to_jsonb(h.*) - 'secret'
                group by verb
                order by verb
                """
            #expect(try connection.rows(kept) == ["delete | 40 | 40", "insert | 40 | 40"])
            #expect(try connection.rows("select count(*) from audit.activity") == ["80"])
        }
    }

    @Test func aTableMadeAgainIsFoundWithoutTriggers() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders") { $0.always = true }, on: connection)
            try connection.run("drop table orders; create table orders (id int primary key)")
            let catalog = try Catalog.read(from: connection, auditSchema: "audit")
            #expect(try catalog.status(from: connection).holes.map(\.kind) == [.unaudited])
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1)")
            #expect(try activities(on: connection) == [#"orders insert | {} | {"id": 1}"#])
        }
    }

    @Test func aRowThatMovesToAnotherPartitionIsOneUpdate() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table events (id int, region int, note text) partition by list (region);
                create table events_1 partition of events for values in (1);
                create table events_2 partition of events for values in (2);
                create function skip() returns trigger language plpgsql as $$ begin return null; end $$;
                insert into events values (1, 1, 'a'), (2, 1, 'b'), (3, 1, 'c')
                """
            )
            try install(request("events"), on: connection)
            try connection.run("update events set region = 2 where id = 1")
            try connection.run(
                "create trigger skip before insert on events_2 for each row when (new.id = 2) execute function skip()"
            )
            try connection.run("update events set region = 2, note = 'd'")
            try connection.run(
                "do $$ begin delete from events where id = 1; insert into events values (4, 2, 'e'); end $$"
            )
            #expect(
                try activities(on: connection) == [
                    #"events update | {"id": 1, "note": "a", "region": 1} | {"region": 2}"#,
                    #"events delete | {"id": 2, "note": "b", "region": 1} | {}"#,
                    #"events update | {"id": 3, "note": "c", "region": 1} | {"note": "d", "region": 2}"#,
                    #"events update | {"id": 1, "note": "a", "region": 2} | {"note": "d"}"#,
                    #"events delete | {"id": 1, "note": "d", "region": 2} | {}"#,
                    #"events insert | {} | {"id": 4, "note": "e", "region": 2}"#,
                ]
            )
        }
    }

    @Test func alwaysMeansAlways() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            try install(request { $0.always = true }, on: connection)
            try connection.run(
                "begin; set local flask_audit_logger.enable_versioning = 'false'; set local session_replication_role = "
                    + "replica; insert into orders values (1); commit"
            )
            #expect(try activities(on: connection).count == 1)
            #expect(try plan(for: request("orders"), on: connection).isEmpty)
            try install(request { $0.always = false }, on: connection)
            try connection.run(
                "begin; set local flask_audit_logger.enable_versioning = 'false'; delete from orders; commit"
            )
            #expect(try activities(on: connection).count == 1)
        }
    }
}
