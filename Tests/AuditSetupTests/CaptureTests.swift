import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct CaptureTests {
    @Test func everyVerbIsStoredAsTheFormatSays() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key, status text, total numeric)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1, 'new', 1.10), (2, null, null)")
            try connection.run("update orders set status = 'paid'")
            try connection.run("delete from orders where id = 2")
            try connection.run("truncate orders")
            #expect(
                try activities(on: connection) == [
                    #"orders insert | {} | {"id": 1, "total": 1.10, "status": "new"}"#,
                    #"orders insert | {} | {"id": 2, "total": null, "status": null}"#,
                    #"orders update | {"id": 1, "total": 1.10, "status": "new"} | {"status": "paid"}"#,
                    #"orders update | {"id": 2, "total": null, "status": null} | {"status": "paid"}"#,
                    #"orders delete | {"id": 2, "total": null, "status": "paid"} | {}"#,
                    "orders truncate | {} | {}",
                ]
            )
        }
    }

    @Test func theFactsOfAnActivityAreThoseOfItsStatement() throws {
        try withDatabase { connection, _ in
            try connection.run("create schema shop; create table shop.orders (id int primary key)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "shop", name: "orders")]
            try install(request, on: connection)
            try connection.run("set timezone to 'Asia/Tokyo'")
            try connection.run(
                """
                begin;
                insert into shop.orders values (1);
                create table facts as select txid_current() as xid, now() at time zone 'UTC' as began,
                    clock_timestamp() at time zone 'UTC' as written;
                commit
                """
            )
            #expect(
                try connection.rows(
                    """
                    select a.schema, a.relid = 'shop.orders'::regclass::oid::int, a.native_transaction_id = f.xid,
                        t.native_transaction_id = f.xid, t.issued_at = f.began, a.issued_at between f.began and f.written
                    from audit.activity as a
                    join audit.transaction as t on t.id = a.transaction_id
                    cross join facts as f
                    """
                ) == ["shop | t | t | t | t | t"]
            )
        }
    }

    @Test func anUpdateThatChangesNothingStoresNothing() throws {
        try withDatabase { connection, _ in
            try connection.run(
                "create table orders (id int, status text, seen timestamptz); insert into orders values (1, 'a', now())"
            )
            try install(
                request("orders") { $0.excludedColumns = [ColumnName(table: table("orders"), name: "seen")] },
                on: connection
            )
            try connection.run("update orders set status = status")
            try connection.run("update orders set seen = now() + interval '1 day'")
            try connection.run("update orders set status = 'b' where false")
            try connection.run("delete from orders where false")
            try connection.run("insert into orders select * from orders where false")
            #expect(try activities(on: connection).isEmpty)
            #expect(try connection.rows("select id from audit.transaction").isEmpty)
        }
    }

    @Test func excludedColumnsAreStoredNowhere() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int, password text, name text)")
            try install(
                request("users") { $0.excludedColumns = [ColumnName(table: table("users"), name: "password")] },
                on: connection
            )
            try connection.run("insert into users values (1, 'secret', 'a')")
            try connection.run("update users set password = 'secret 2', name = 'b'")
            try connection.run("delete from users")
            #expect(
                try activities(on: connection) == [
                    #"users insert | {} | {"id": 1, "name": "a"}"#,
                    #"users update | {"id": 1, "name": "a"} | {"name": "b"}"#,
                    #"users delete | {"id": 1, "name": "b"} | {}"#,
                ]
            )
        }
    }

    @Test func hostileNamesAreOnlyNames() throws {
        try withDatabase { connection, _ in
            let schema = #"Sch"e'm,a"#
            let name = "t'\"; drop table victims; --\n\\"
            let columns = [
                "n", "o", "excluded", "tg_op", "old_table", "a,b", "c\"d", "E'\\", "{x}", "NULL", " ", "Ü:\"schema\"",
            ]
            let list = columns.map { "\(quotedIdentifier($0)) int" }.joined(separator: ", ")
            let hostile = TableName(schema: schema, name: name)
            let quoted = "\(quotedIdentifier(schema)).\(quotedIdentifier(name))"
            try connection.run(
                "create table victims (id int); create schema \(quotedIdentifier(schema)); create table \(quoted) (\(list))"
            )
            var request = InstallRequest()
            request.tables = [hostile]
            request.excludedColumns = columns.dropFirst(5).map { ColumnName(table: hostile, name: $0) }
            let auditSchema = "audit\n;\"x"
            try install(request, on: connection, schema: auditSchema)
            #expect(try plan(for: request, on: connection, schema: auditSchema).isEmpty)
            try connection.run("insert into \(quoted) values (1, 2, 3, 4, 5, 6)")
            try connection.run("update \(quoted) set n = 7")
            try connection.run("delete from \(quoted)")
            let old = #"{"n": 1, "o": 2, "tg_op": 4, "excluded": 3, "old_table": 5}"#
            #expect(
                try activities(on: connection, schema: auditSchema) == [
                    "\(name) insert | {} | \(old)",
                    "\(name) update | \(old) | {\"n\": 7}",
                    "\(name) delete | \(old.replacing("\"n\": 1", with: "\"n\": 7")) | {}",
                ]
            )
            #expect(try connection.rows("select to_regclass('victims') is not null") == ["t"])
        }
    }

    @Test func valuesOfEveryTypeAreStoredAsJsonWritesThem() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create type mood as enum ('sad', 'happy');
                create type pair as (a int, b text);
                create table kinds (
                    id int, n numeric, f float8, a int[], j json, b jsonb, y bytea, i interval, t timestamptz, m mood,
                    p pair, r int4range, u uuid, x inet, g int generated always as (id * 2) stored
                )
                """
            )
            try install(request("kinds"), on: connection)
            try connection.run(
                """
                insert into kinds values (1, 'NaN', 'Infinity', '{1,null,3}', '{"a": 1.10}', '[1e2, null]', '\\xdeadbeef',
                    '1 day 2 hours', '2026-01-02 03:04:05.6+00', 'happy', '(1,"x y")', '[1,5)',
                    '00000000-0000-0000-0000-000000000001', '10.0.0.1/8');
                update kinds set n = 'Infinity', f = '-Infinity', y = '\\x00', a = a || 4, m = 'sad'
                """
            )
            #expect(
                try connection.rows(
                    "select (select row_to_json(k)::jsonb from kinds as k) = old_data || changed_data "
                        + "from audit.activity where verb = 'update'"
                ) == ["t"]
            )
            #expect(
                try connection.rows(
                    "select changed_data - '{id,j,b,i,t,p,r,u,x,g}'::text[] from audit.activity order by id"
                )
                    == [
                        #"{"a": [1, null, 3], "f": "Infinity", "m": "happy", "n": "NaN", "y": "\\xdeadbeef"}"#,
                        #"{"a": [1, null, 3, 4], "f": "-Infinity", "m": "sad", "n": "Infinity", "y": "\\x00"}"#,
                    ]
            )
        }
    }

    @Test func writesToAPartitionedTableAreStoredOnceUnderItsName() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table events (id int, region int, note text, primary key (id, region)) partition by list (region);
                create table events_1 partition of events for values in (1);
                create table events_2 partition of events for values in (2) partition by range (id);
                create table events_2a partition of events_2 for values from (0) to (100);
                """
            )
            try install(request("events"), on: connection)
            try connection.run("create table events_3 partition of events for values in (3)")
            try connection.run("insert into events values (1, 1, 'a')")
            try connection.run("insert into events_2 values (2, 2, 'b')")
            try connection.run("update events_2a set note = 'c'")
            try connection.run("insert into events_3 values (3, 3, 'd')")
            try connection.run("delete from events where region = 3")
            try connection.run("truncate events")
            #expect(
                try activities(on: connection) == [
                    #"events insert | {} | {"id": 1, "note": "a", "region": 1}"#,
                    #"events insert | {} | {"id": 2, "note": "b", "region": 2}"#,
                    #"events update | {"id": 2, "note": "b", "region": 2} | {"note": "c"}"#,
                    #"events insert | {} | {"id": 3, "note": "d", "region": 3}"#,
                    #"events delete | {"id": 3, "note": "d", "region": 3} | {}"#,
                    "events truncate | {} | {}",
                ]
            )
            #expect(try connection.rows("select count(distinct relid) from audit.activity") == ["1"])
        }
    }

    @Test func writesToInheritingTablesAreStoredOnceUnderTheirOwnNames() throws {
        try withDatabase { connection, _ in
            try connection.run("create table base (id int); create table child (more int) inherits (base)")
            try install(request("base", "child"), on: connection)
            try connection.run("insert into child values (1, 2); insert into base values (3)")
            try connection.run("update base set id = id + 10")
            try connection.run("delete from base")
            #expect(
                try activities(on: connection).map { String($0.prefix { $0 != "|" }) }.sorted() == [
                    "base delete ", "base insert ", "base update ", "child delete ", "child insert ", "child update ",
                ]
            )
        }
    }

    @Test func conflictsCascadesAndCopiesAreCaptured() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table parents (id int primary key, n int default 0);
                create table children (parent_id int references parents on delete cascade)
                """
            )
            try install(request("parents", "children"), on: connection)
            try connection.run("insert into parents values (1) on conflict (id) do update set n = 1")
            try connection.run("insert into parents values (1) on conflict (id) do update set n = 2")
            try connection.run("insert into children values (1)")
            try connection.run("delete from parents")
            #expect(
                try activities(on: connection).sorted() == [
                    #"children delete | {"parent_id": 1} | {}"#,
                    #"children insert | {} | {"parent_id": 1}"#,
                    #"parents delete | {"n": 2, "id": 1} | {}"#,
                    #"parents insert | {} | {"n": 0, "id": 1}"#,
                    #"parents update | {"n": 0, "id": 1} | {"n": 2}"#,
                ]
            )
        }
    }

    @Test func captureSurvivesChangesOfTheTable() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int, status text)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1, '5'); update orders set status = '6'")
            try connection.run("alter table orders alter column status type int using status::int")
            try connection.run("update orders set status = 7")
            try connection.run("alter table orders drop column status; alter table orders add column old_data text")
            try connection.run("update orders set old_data = 'x'; alter table orders rename to purchases")
            try connection.run("delete from purchases")
            #expect(
                try activities(on: connection).suffix(3) == [
                    #"orders update | {"id": 1, "status": 6} | {"status": 7}"#,
                    #"orders update | {"id": 1, "old_data": null} | {"old_data": "x"}"#,
                    #"purchases delete | {"id": 1, "old_data": "x"} | {}"#,
                ]
            )
        }
    }

    @Test(arguments: ["false", "off", "0", "F", "no"])
    func aTransactionCanSwitchCaptureOff(word: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run(
                "begin; set local flask_audit_logger.enable_versioning = '\(word)'; insert into orders values (1); commit"
            )
            try connection.run("update orders set id = 2")
            #expect(try activities(on: connection) == [#"orders update | {"id": 1} | {"id": 2}"#])
        }
    }
}
