import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That nobody borrows rights from the capture functions.
@Suite struct PrivilegeTests {
    @Test(arguments: [true, false])
    func aCastOfTheApplicationIsNotRun(isSetUpBySuperuser: Bool) throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            let writer = try database.makeRole("writer", on: connection)
            try connection.run(
                "grant create on schema public to \(owner), \(writer); create schema audit authorization \(owner)"
            )
            let session = try database.connect(as: writer)
            try session.run("create type mood as enum ('sad', 'happy'); create table ran_as (who text)")
            try session.run("grant all on ran_as to public; grant usage on type mood to public")
            let ownerSession = try database.connect(as: owner)
            try ownerSession.run("create table orders (id int, m mood, ms mood[]); grant all on orders to public")
            if isSetUpBySuperuser {
                try install(request("orders"), on: connection)
            } else {
                try install(request("orders"), on: ownerSession)
            }
            try session.run(
                """
                create function steal(mood) returns json language plpgsql as
                    $$ begin insert into ran_as values (current_user); return '1'::json; end $$;
                create function steal(mood) returns text language plpgsql as
                    $$ begin insert into ran_as values (current_user); return '1'; end $$
                """.replacing("steal(mood) returns text", with: "steal_text(mood) returns text")
            )
            try session.run(
                "create cast (mood as json) with function steal(mood); create cast (mood as text) with function steal_text(mood)"
            )
            try session.run(
                "insert into orders values (1, 'sad', '{sad}'); update orders set m = 'happy'; delete from orders"
            )
            #expect(try connection.rows("select who from ran_as").isEmpty)
            #expect(
                try activities(on: connection) == [
                    #"orders insert | {} | {"m": "sad", "id": 1, "ms": ["sad"]}"#,
                    #"orders update | {"m": "sad", "id": 1, "ms": ["sad"]} | {"m": "happy"}"#,
                    #"orders delete | {"m": "happy", "id": 1, "ms": ["sad"]} | {}"#,
                ]
            )
        }
    }

    @Test func aWritersSearchPathStandsInForNothing() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int, status text, o json, at interval)")
            try install(request("orders"), on: connection)
            let writer = try database.makeRole("writer", on: connection)
            try connection.run("create schema evil authorization \(writer); grant all on orders to \(writer)")
            let session = try database.connect(as: writer)
            try session.run(
                """
                create table evil.ran (who text);
                create function evil.same(text, text) returns boolean language sql as
                    $$ insert into evil.ran values (current_user); select true $$;
                create function evil.same(bigint, bigint) returns boolean language sql as
                    $$ insert into evil.ran values (current_user); select true $$;
                create function evil.same(int, int) returns boolean language sql as
                    $$ insert into evil.ran values (current_user); select true $$;
                create operator evil.= (function = evil.same, leftarg = text, rightarg = text);
                create operator evil.= (function = evil.same, leftarg = bigint, rightarg = bigint);
                create operator evil.= (function = evil.same, leftarg = int, rightarg = int);
                create operator evil.> (function = evil.same, leftarg = int, rightarg = int);
                create function evil.to_jsonb(anyelement) returns jsonb language sql as $$ select '"forged"'::jsonb $$;
                create function evil.txid_current() returns bigint language sql as $$ select 1::bigint $$;
                create function evil.now() returns timestamptz language sql as $$ select 'epoch'::timestamptz $$;
                create function evil.current_setting(text, boolean) returns text language sql as $$ select 'false' $$;
                create domain evil.jsonb as text; create domain evil.text as int; create domain evil.inet as int
                """
            )
            try session.run("set search_path = evil, pg_catalog, public")
            try session.run(
                "insert into orders values (1, 'a', '[1]', '1 day'); update orders set status = 'b', o = '[2]'; delete from orders"
            )
            #expect(try session.rows("select who from evil.ran").isEmpty)
            #expect(
                try activities(on: connection).dropFirst() == [
                    #"orders update | {"o": [1], "at": "1 day", "id": 1, "status": "a"} | {"o": [2], "status": "b"}"#,
                    #"orders delete | {"o": [2], "at": "1 day", "id": 1, "status": "b"} | {}"#,
                ]
            )
        }
    }

    @Test func aCaptureFunctionBelongsToTheOwnerOfItsTable() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            let next = try database.makeRole("next", on: connection)
            try connection.run("create table orders (id int primary key); alter table orders owner to \(owner)")
            try install(request("orders") { $0.always = true }, on: connection)
            let query = "select proowner::regrole from pg_proc where proname = 'orders_create_activity'"
            #expect(try connection.rows(query) == [owner])
            let session = try database.connect(as: owner)
            try session.run("insert into orders values (1)")
            #expect(try activities(on: connection).count == 1)
            #expect(throws: PostgresError.self) { try session.run("select id from audit.activity") }
            #expect(throws: PostgresError.self) { try session.run("delete from audit.activity") }
            try connection.run("alter table orders owner to \(next)")
            #expect(
                try Catalog.read(from: connection, auditSchema: "audit").status(from: connection).holes.map(\.kind) == [
                    .stale
                ]
            )
            try install(request(), on: connection)
            #expect(try connection.rows(query) == [next])
        }
    }

    @Test func anOwnerWithoutMoreRightsSetsUp() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("create schema audit authorization \(owner); create schema shop authorization \(owner)")
            let session = try database.connect(as: owner)
            try session.run("create table shop.orders (id int primary key)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "shop", name: "orders")]
            try install(request, on: session)
            try session.run("insert into shop.orders values (1)")
            #expect(try activities(on: session).count == 1)
        }
    }
}
