import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That who sets up takes over nothing of others, and serves nobody without knowing it.
@Suite struct InstallAttacks {
    @Test(arguments: [
        "function public.audit_json(given json) returns jsonb language sql as $$ select null::jsonb $$",
        "function public.audit_fits(int) returns int language sql as $$ select 1 $$",
        "function public.orders_create_activity() returns trigger language plpgsql as $$ begin return null; end $$",
        "sequence public.activity_id_seq", "type public.activity as enum ('a')", "sequence public.transaction",
        "domain public.transaction as int",
    ])
    func whatWasMadeBeforehandIsRefusedByName(object: String) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key)")
            let session = try attacker.connect()
            try session.run("create \(object)")
            let words = try refusal([table("orders")], in: database, schema: "public") ?? "\(object) was taken over"
            #expect(
                words.contains("not ours, and in the way: ") && words.contains(" of role \(attacker.role)"),
                "\(words)"
            )
            #expect(try connection.rows("select to_regclass('public.activity_pkey')") == ["∅"])
        }
    }

    @Test func aTrailOfAnotherRoleIsServedOnAWordOnly() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key)")
            try connection.run("grant create on database \(quotedIdentifier(database.name)) to \(attacker.role)")
            let session = try attacker.connect()
            try session.run("create schema mine; create table mine.lure (id int primary key)")
            try install([TableName(schema: "mine", name: "lure")], in: database, as: attacker.role, schema: "m")
            #expect(
                try refusal([table("orders")], in: database, schema: "m")?.contains("belong to role \(attacker.role)")
                    == true
            )
            try install([table("orders")], in: database, schema: "m") { $0.trustOwner = true }
            #expect(
                try connection.rows(
                    "select distinct proowner::regrole from pg_proc where pronamespace = 'm'::regnamespace and proname not like 'orders%'"
                ) == [attacker.role]
            )
            try connection.run("insert into public.orders values (1)")
            #expect(try connection.rows("select count(*) from m.activity") == ["1"])
        }
    }

    @Test func aTriggerOfAnotherOnTheTrailIsRefusedByName() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run(
                "create table public.orders (id int primary key); create table public.more (id int primary key)"
            )
            try install([table("orders")], in: database)
            try connection.run(
                "grant usage on schema audit to \(attacker.role); grant trigger on audit.activity to \(attacker.role)"
            )
            let session = try attacker.connect()
            try session.run(
                """
                create function m.spy() returns trigger language plpgsql as $$ \(attacker.spoils) return null; end $$;
                create trigger spy after insert on audit.activity for each statement execute function m.spy()
                """
            )
            let name = "trigger spy on audit.activity, whose function is of role \(attacker.role)"
            #expect(try refusal([table("more")], in: database)?.contains("in the way: \(name);") == true)
            #expect(try holes(in: database).contains { $0.contains(name) })
        }
    }

    @Test func aPlainNameThatLooksMadeDoesNotCollide() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create schema shop; create table shop.orders (id int primary key)")
            try install([TableName(schema: "shop", name: "orders")], in: database)
            let name = try #require(
                try connection.rows("select proname from pg_proc where proname like 't\\_shop%'").first
            )
            let session = try attacker.connect()
            let twin = String(name.dropLast("_create_activity".count))
            try session.run("create table public.\(twin) (id int primary key)")
            try install([table(twin)], in: database)
            #expect(
                try connection.rows("select count(*) from pg_proc where proname like '%\\_create\\_activity'") == ["2"]
            )
            #expect(
                try connection.rows("select proowner::regrole from pg_proc where proname = $1", [name]) == ["postgres"]
            )
        }
    }

    /// Names that end a quote, in whatever way it is looked for.
    @Test(arguments: [
        "\u{0D4E}$body$; alter role %m superuser; --", "$body$; alter role %m superuser; --", "x$body", "%s%I%",
        "a:\"schema\"",
    ])
    func namesEndNoBody(name: String) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let name = name.replacing("%m", with: attacker.role)
            let short = String(String.UnicodeScalarView(name.unicodeScalars.prefix(60)))
            try connection.run("alter database \(quotedIdentifier(database.name)) set check_function_bodies = off")
            let session = try attacker.connect()
            try connection.run("grant create on database \(quotedIdentifier(database.name)) to \(attacker.role)")
            let quoted = quotedIdentifier(short)
            try session.run(
                "create schema \(quoted); create table \(quoted).\(quoted) (\(quoted) int primary key, j json)"
            )
            try install([TableName(schema: short, name: short)], in: database, schema: "audit \(short.prefix(9))")
            try session.run(
                "insert into \(quoted).\(quoted) values (1, '{}'); update \(quoted).\(quoted) set \(quoted) = 2; alter table \(quoted).\(quoted) add z int; insert into \(quoted).\(quoted) values (3); delete from \(quoted).\(quoted)"
            )
            #expect(try attacker.achievements(on: connection) == [])
            let audit = quotedIdentifier("audit \(short.prefix(9))")
            #expect(try connection.rows("select count(*) from \(audit).activity") == ["5"])
        }
    }

    /// The first statement of a session finds PostgreSQL's own, whatever the database brings along.
    @Test func aSearchPathOfTheDatabaseLeadsNowhere() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key)")
            let session = try attacker.connect()
            for signature in [
                "set_config(text, text, boolean)", "current_schemas(boolean)", "pg_advisory_xact_lock(bigint)",
            ] {
                try session.run(
                    "create function m.\(signature) returns text language plpgsql as $$ \(attacker.spoils) return '{}'; end $$"
                )
            }
            try connection.run(
                """
                alter database \(quotedIdentifier(database.name)) set search_path = m, pg_catalog, public;
                alter database \(quotedIdentifier(database.name)) set quote_all_identifiers = on;
                alter database \(quotedIdentifier(database.name)) set standard_conforming_strings = off;
                alter database \(quotedIdentifier(database.name)) set array_nulls = off
                """
            )
            try install([table("orders")], in: database)
            #expect(
                try holes(in: database).filter { !$0.contains("enable_versioning") && !$0.hasPrefix("ran: ") } == []
            )
            #expect(try attacker.achievements(on: connection) == [])
        }
    }
}
