import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That no writer, and no owner of a table or a type, runs code as the owner of a capture function.
@Suite struct CaptureAttacks {
    private static let changes = [
        "select 1", "alter table public.orders add column late jsonb default '{}'",
        "alter table public.orders rename column doc to document", "alter table public.orders drop column doc",
    ]

    /// Operators and functions of the writer's own in front of PostgreSQL's.
    @Test(arguments: changes, [true, false])
    func operatorsInTheWritersPathAreNotFound(change: String, isStandard: Bool) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run(
                "create table public.orders (id int primary key, s text, doc jsonb, j json); grant all on public.orders to public"
            )
            try install([table("orders")], in: database) { $0.profile = isStandard ? .standard : .flask }
            try connection.run("insert into public.orders values (1, 'a', '{}', '{}')")
            try connection.run(change)
            let session = try attacker.connect()
            for type in ["jsonb", "text", "int", "bigint", "name", "oid", "boolean", "timestamp", "regtype"] {
                for (name, procedure) in [
                    ("=", "equal"), ("<>", "other"), (">", "more"), ("<", "less"), (">=", "least"),
                ] {
                    try session.run(
                        """
                        create function m.\(procedure)(a \(type), b \(type)) returns boolean language plpgsql as
                            $$ \(attacker.spoils) return true; end $$;
                        create operator m.\(name) (leftarg = \(type), rightarg = \(type), function = m.\(procedure))
                        """
                    )
                }
            }
            for signature in ["current_setting(text, boolean)", "txid_current()", "to_jsonb(anyelement)", "now()"] {
                try session.run(
                    "create function m.\(signature) returns text language plpgsql as $$ \(attacker.spoils) return '1'; end $$"
                )
            }
            try session.run(
                """
                set search_path = m, pg_catalog;
                set audit.actor_id = 'x'; set audit.client_addr = '10.0.0.1'; set audit.context = '{"a": 1}';
                insert into public.orders (id, s, j) values (2, 'b', '[1]');
                update public.orders set s = 'c', j = '[2]';
                delete from public.orders where id operator(pg_catalog.=) 2
                """
            )
            #expect(try attacker.achievements(on: connection) == [])
            #expect(try connection.rows("select count(*) from audit.activity") == ["5"])
        }
    }

    /// A table that its owner fills with columns of his own types, once it is his.
    @Test(arguments: [true, false], ["", "secret"])
    func aTableThatWasHandedOverRunsNothingOfItsNewOwners(isSeen: Bool, excluded: String) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key, s text, secret text)")
            try install([table("orders")], in: database) { request in
                if !excluded.isEmpty {
                    request.excludedColumns = [ColumnName(table: table("orders"), name: excluded)]
                }
            }
            try connection.run("insert into public.orders values (1, 'a', 'b')")
            let session = try attacker.connect()
            try connection.run("alter table public.orders owner to \(attacker.role)")
            // A session that has seen the table as it was keeps what it has planned.
            if isSeen {
                try session.run(
                    "update public.orders set s = 'x'; insert into public.orders values (9); delete from public.orders where id = 9"
                )
            }
            try session.run(
                """
                create type m.mood as enum ('a', 'b');
                create function m.steal(m.mood) returns json language plpgsql as $$ \(attacker.spoils) return '1'::json; end $$;
                create function m.steal_text(m.mood) returns text language plpgsql as $$ \(attacker.spoils) return 'a'; end $$;
                create cast (m.mood as json) with function m.steal(m.mood);
                create cast (m.mood as text) with function m.steal_text(m.mood) as implicit;
                alter table public.orders alter column s type m.mood using 'a'::m.mood;
                alter table public.orders alter column secret type m.mood using 'a'::m.mood;
                """
            )
            let write = """
                insert into public.orders (id, s) values (2, 'b'); update public.orders set s = 'b'; update public.orders set id = id + 10;
                insert into public.orders (id, s, secret) select 100 + g, 'a', 'a' from generate_series(1, 40) as g;
                delete from public.orders where id > 100
                """
            try session.run(write)
            #expect(try attacker.achievements(on: connection) == [])
            try session.run("alter table public.orders add column late m.mood default 'a'")
            try session.run(write)
            #expect(try attacker.achievements(on: connection) == [])
            #expect(
                try connection.rows(
                    "select distinct old_data ->> 'late' from audit.activity where verb = 'delete' order by 1"
                )
                .contains("a")
            )
            #expect(try holes(in: database).contains { $0.contains("its capture function belongs to postgres") })
            try install([], in: database)
            #expect(try !holes(in: database).contains { $0.contains("capture function belongs") })
            try session.run(write)
            #expect(try attacker.achievements(on: connection) == [])
        }
    }

    /// A column of a type that is the attacker's, or comes to be his, in a table that has changed, beside a session that has
    /// found nothing to be wary of.
    @Test(arguments: ["mood", "mood[]", "m.spirit", "m.pair"], [true, false])
    func castsMadeSinceAreNotRun(type: String, isGivenLater: Bool) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            let owner = isGivenLater ? "postgres" : attacker.role
            try connection.run(
                """
                create type m.mood as enum ('a', 'b'); create domain m.spirit as m.mood; create type m.pair as (x m.mood);
                alter type m.mood owner to \(owner);
                create table public.orders (id int primary key, s text, doc text); grant all on public.orders to public;
                insert into public.orders values (1, 'a', 'b')
                """
            )
            try install([table("orders")], in: database)
            try connection.run("alter table public.orders add column late int")
            let write = "update public.orders set s = s || 'x', doc = doc || 'x'"
            for _ in 1...3 { try connection.run(write) }
            try connection.run(
                "alter table public.orders add column given \(type.hasPrefix("m.") ? type : "m." + type); \(write); \(write)"
            )
            try connection.run("alter type m.mood owner to \(attacker.role)")
            try session.run(
                """
                create function m.steal(m.mood) returns json language plpgsql as $$ \(attacker.spoils) return '1'::json; end $$;
                create cast (m.mood as json) with function m.steal(m.mood)
                """
            )
            let value = ["mood": "'a'", "mood[]": "'{a}'", "m.spirit": "'a'", "m.pair": "row('a')"][type] ?? ""
            try connection.run("\(write), given = \(value); \(write)")
            let oid = try connection.rows("select 'public.orders'::regclass::oid")[0]
            try connection.run("begin; set local audit.changed = ' \(oid) '; \(write); commit")
            #expect(try attacker.achievements(on: connection) == [])
            let written = ["mood": "\"a\"", "mood[]": "[\"a\"]", "m.spirit": "\"a\"", "m.pair": "{\"x\": \"a\"}"]
            #expect(
                try connection.rows("select old_data -> 'given' from audit.activity order by id desc limit 1")
                    == [written[type] ?? ""]
            )
        }
    }

    /// Functions of our names that would fit a call better.
    @Test func overloadsOfOurFunctionsAreNotCalled() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key, s text, j json)")
            try install([table("orders")], in: database, schema: "public")
            try connection.run("alter table public.orders add column late int")
            let session = try attacker.connect()
            for signature in [
                "audit_row(oid, public.orders)", "audit_row(oid, anyelement)", "audit_select_list(oid, name)",
                "audit_select_list(oid, unknown)", "audit_fits(public.orders, text[])",
                "audit_fits(anyelement, anyarray)", "audit_shape(oid)", "audit_shape(anyelement)",
                "audit_types(oid, text[])", "audit_types(anyelement, anyarray)",
                "audit_json(anyelement)", "jsonb_subtract(anyelement, anyelement)",
            ] {
                let sql =
                    "create function public.\(signature) returns jsonb language plpgsql as $$ \(attacker.spoils) return '{}'; end $$"
                _ = try? session.run(sql)
            }
            try connection.run(
                "insert into public.orders values (1, 'a', '{}'); update public.orders set s = 'b', j = '[]'; delete from public.orders"
            )
            #expect(try attacker.achievements(on: connection) == [])
            #expect(try connection.rows("select count(*) from public.activity") == ["3"])
            #expect(try holes(in: database, schema: "public").contains { $0.contains("of role \(attacker.role)") })
        }
    }

    /// A delete that the owner of the table would have called an update.
    @Test func aDeleteIsNeitherErasedNorHidden() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run(
                """
                create table public.orders (id int primary key, s text);
                create table public.parts (id int primary key, s text) partition by list (id);
                create table public.part partition of public.parts default;
                alter table public.orders owner to \(attacker.role); alter table public.parts owner to \(attacker.role);
                alter table public.part owner to \(attacker.role)
                """
            )
            try install([table("orders"), table("parts")], in: database)
            let session = try attacker.connect()
            for name in ["orders", "parts"] {
                try session.run(
                    """
                    create function m.hide_\(name)() returns trigger language plpgsql as $$ begin
                        perform audit.audit_move(cast('public.\(name)'::regclass::oid as int), to_jsonb(old)); return null;
                    end $$;
                    create trigger z after delete on public.\(name) for each \(name == "orders" ? "row" : "row") execute function m.hide_\(name)();
                    insert into public.\(name) values (1, 'a'); delete from public.\(name)
                    """
                )
                #expect(
                    try connection.rows(
                        "select verb, changed_data from audit.activity where table_name = $1 order by id",
                        [name]
                    )
                        == [#"insert | {"s": "a", "id": 1}"#, "delete | {}"]
                )
            }
        }
    }
}
