import Postgres
import TestDatabase
import TestProgram
import Testing

/// Superusers who take back changes of tables that are an attacker's: his triggers, checks, domains and indexes run with his
/// own rights.
@Suite struct OwnerTests {
    /// A table of the attacker, with a change that a superuser takes back; what he does in between is his.
    private func withTable(
        status: Int32 = 0,
        saying words: String = "",
        logging log: [String] = [],
        _ prepare: (borrowing Connection, Trap) throws -> Void
    ) throws {
        try withAttacker { superuser, attacker, database, trap in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            try superuser.run(
                """
                grant create, temporary on database \(quotedIdentifier(database.name)) to \(role);
                create table safe (id int primary key, body text); insert into safe values (1, 'a');
                """
            )
            try attacker.run("create table orders (id int primary key, total int, note text)")
            #expect(try database.run("init orders safe --schema audit --yes").status == 0)
            try attacker.run("insert into orders values (1, 6, 'a'); insert into orders values (2, 6, 'a')")
            try superuser.run(
                "begin; update safe set body = 'b'; update orders set total = 12; update safe set body = 'c'; commit"
            )
            let id = try superuser.rows("select max(transaction_id) from audit.activity")[0]
            try prepare(attacker, trap)
            try attacker.run("select pg_advisory_unlock_all()")
            trap.reset()
            for arguments in ["--dry-run", "--check"] {
                _ = try database.run("revert \(id) \(arguments)")
                try trap.waitForOthers(superuser)
                #expect(try !trap.hasSprung(superuser), "\(arguments) ran the attacker's code as superuser")
            }
            let output = try database.revert(id, status: status)
            // Whoever plans a query of his table evaluates what is immutable.
            let totals = try attacker.rows("select total from orders")
            try attacker.run("select pg_advisory_unlock_all()")
            #expect(totals == Array(repeating: status == 0 ? "6" : "12", count: 2), "\(output)")
            #expect(try superuser.rows("select body from safe") == [status == 0 ? "a" : "c"])
            try trap.waitForOthers(superuser)
            #expect(words.isEmpty || output.contains(words))
            if !log.isEmpty { #expect(try superuser.rows("select total from seen") == log) }
        }
    }

    @Test(arguments: ["before", "after"])
    func triggersRunWithTheRightsOfTheirTablesOwner(time: String) throws {
        try withTable { attacker, trap in
            try attacker.run(trap.function("fire()", returns: "trigger", "new", "volatile"))
            try attacker.run("create trigger fire \(time) update on orders for each row execute function fire()")
        }
    }

    @Test func checksGeneratedColumnsIndexesRulesAndDomainsDoLikewise() throws {
        try withTable { attacker, trap in
            try attacker.run(trap.function("odd(int)", returns: "boolean", "true"))
            try attacker.run(trap.function("odd_text(text)", returns: "text", "'x'"))
            try attacker.run(
                """
                alter table orders add check (odd(total));
                alter table orders add g text generated always as (odd_text(note)) stored;
                create index on orders (odd_text(note)); create index on orders (total) where odd(7);
                create domain odd_domain as int check (odd(value));
                alter table orders alter total type odd_domain;
                create rule also as on update to orders do also select odd(1);
                create policy odd on orders using (odd(total));
                """
            )
        }
    }

    /// The attacker's trigger tries to get back to the superuser whose session it is.
    @Test(arguments: [
        "reset role", "set session authorization default", "set role postgres", "reset session authorization",
        "alter function pg_temp.audit_revert_run(text, jsonb, bool) security invoker",
    ])
    func nobodyGetsOutOfTheFunction(attempt: String) throws {
        try withTable { attacker, trap in
            try attacker.run(
                """
                create function fire() returns trigger language plpgsql as $$
                begin
                    begin execute '\(attempt)'; exception when others then null; end;
                    perform public.spring();
                    return new;
                end $$;
                create trigger fire before update on orders for each row execute function fire();
                """
            )
        }
    }

    /// He changes what the statements behind his own will read: the encoding, the path, and the SQL itself.
    @Test func whatATriggerSetsChangesNoOtherStatement() throws {
        try withTable { attacker, trap in
            try attacker.run(
                """
                create function "=" (text, text) returns boolean language plpgsql as
                    $$ begin perform public.spring(); return true; end $$;
                create domain text as pg_catalog.text check (public.spring());
                create function fire() returns trigger language plpgsql as $$
                declare
                    evil constant pg_catalog.text := 'select public.spring()';
                begin
                    perform set_config(name, evil, is_local) from unnest(array['audit_revert.step', 'audit_revert.act',
                        'audit_revert.seen', 'audit_revert.find', 'audit_revert.lock', 'audit_revert.name', 'audit_revert.rows']) name,
                        unnest(array[true, false]) is_local;
                    perform set_config('search_path', 'public, pg_catalog', is_local),
                        set_config('audit_revert.path', 'public, pg_catalog', is_local),
                        set_config('client_encoding', 'SJIS', is_local),
                        set_config('standard_conforming_strings', 'off', is_local)
                    from unnest(array[false, true]) is_local;
                    execute 'create or replace function pg_temp.audit_revert_run(statement pg_catalog.text, given jsonb, is_question bool,
                        out affected pg_catalog.int8, out answer jsonb) language plpgsql
                        as ''begin perform public.spring(); affected := 1; end''';
                    return new;
                exception when others then return new;
                end $$;
                create trigger fire after update on orders for each row execute function fire();
                """
            )
        }
    }

    /// Since 18 triggers run with the rights of whoever wrote the row, also at the commit.
    @Test func whatIsDeferredUntilTheCommitDoesNotRunAsTheSuperuser() throws {
        let isSafe = try withDatabase { connection, _ in connection.serverVersion >= 180_000 }
        let words = isSafe ? "" : "deferred triggers or constraints of others would run with your rights"
        try withTable(status: isSafe ? 0 : 3, saying: words) { attacker, trap in
            try attacker.run(trap.function("fire()", returns: "trigger", "null", "volatile"))
            try attacker.run(
                """
                create table elsewhere (id int);
                create constraint trigger late after insert on elsewhere deferrable initially deferred
                    for each row execute function fire();
                create function queue() returns trigger language plpgsql as
                    $$ begin insert into public.elsewhere values (1); return new; end $$;
                create trigger queue after update on orders for each row execute function queue();
                """
            )
        }
    }

    /// What the tables' own triggers look for is found in the path of the session.
    @Test func triggersFindWhatTheyAlwaysFound() throws {
        try withTable(logging: ["6", "6"]) { attacker, _ in
            try attacker.run(
                """
                create table seen (total int);
                create function note() returns trigger language plpgsql as
                    $$ begin insert into seen values (new.total); return new; end $$;
                create trigger note after update on orders for each row execute function note();
                """
            )
        }
    }

    /// What acts on a superuser's table and is not a superuser's, in whatever way it came there.
    static let acting = [
        """
        create trigger fire before update on orders for each row execute function m_fire();
        """,
        "alter table part owner to m_role; -- and then create trigger fire before update on part for each row execute function m_fire()",
        "alter table orders add check (m_odd(total))",
        "alter table orders add g boolean generated always as (m_odd(total)) stored",
        "alter table orders alter note type m_note",
        "alter table orders add pair m_pair",
        "create index on part (m_odd(total))",
        "create rule also as on update to orders do also select m_odd(new.total)",
    ]

    @Test(arguments: acting)
    func whatIsNotASuperusersDoesNotActOnHisTables(change: String) throws {
        try withAttacker { superuser, attacker, database, trap in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            try superuser.run(
                """
                create table orders (id int primary key, total int, note text) partition by range (id);
                create table part partition of orders for values from (0) to (100);
                grant trigger on orders, part to \(role)
                """
            )
            #expect(try database.run("init orders --schema audit --yes").status == 0)
            try superuser.run("insert into orders values (1, 6, 'a'); update orders set total = 12")
            try attacker.run(trap.function("m_fire()", returns: "trigger", "new", "volatile"))
            try attacker.run(trap.function("m_odd(int)", returns: "boolean", "true"))
            try attacker.run(
                "create domain m_note as text; create type m_pair as (a int, b m_note)"
            )
            let sql = change.replacing("m_role", with: role).split(separator: " -- and then ")
            if change.hasPrefix("create trigger") {
                try attacker.run(change)
            } else {
                try superuser.run(String(sql[0]))
            }
            if sql.count > 1 { try attacker.run(String(sql[1])) }
            try attacker.run("alter domain m_note add check (m_odd(1)) not valid")
            try superuser.run("select pg_advisory_unlock_all()")
            try attacker.run("select pg_advisory_unlock_all()")
            trap.reset()
            for arguments in ["--dry-run", "--check"] {
                _ = try database.run("revert --activity 2 \(arguments)")
                try trap.waitForOthers(superuser)
                #expect(try !trap.hasSprung(superuser), "\(arguments) ran the attacker's code as superuser")
            }
            let output = try database.revert("--activity 2", status: 3)
            #expect(output.contains("would run with your rights"), "\(output)")
            #expect(output.contains("of role \(database.name)_m acts on \"public\".\"orders\""), "\(output)")
        }
    }
}
