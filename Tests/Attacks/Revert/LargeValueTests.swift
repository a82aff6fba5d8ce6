import Postgres
import TestDatabase
import TestProgram
import Testing

/// Scripts that take large values out of a trail, which may not be by then what it was when they were made.
@Suite struct LargeValueTests {
    /// An update of a large value in a table and a trail of these owners; `change` comes between making the script and running it
    /// as a superuser.
    private func revert(
        trailOfAttacker: Bool = false,
        tableOfAttacker: Bool = false,
        schema: String = "audit",
        saying words: String? = nil,
        _ arguments: String = "",
        _ change: (borrowing Connection, borrowing Connection, Trap) throws -> Void = { _, _, _ in }
    ) throws {
        try withAttacker { superuser, attacker, database, trap in
            let role = try attacker.rows("select current_user")[0]
            try superuser.run("grant create, temporary on database \(quotedIdentifier(database.name)) to \(role)")
            try superuser.run(
                "create table letters (id int primary key, body text); create schema \(quotedIdentifier(schema))"
            )
            if trailOfAttacker || tableOfAttacker { try superuser.run("alter table letters owner to \(role)") }
            if trailOfAttacker { try superuser.run("alter schema \(quotedIdentifier(schema)) owner to \(role)") }
            let installer = trailOfAttacker ? role : nil
            #expect(try database.run("init letters --schema \(quoted(schema)) --yes", as: installer).status == 0)
            try superuser.run("insert into letters values (1, repeat('old', 100000))")
            try superuser.run("update letters set body = repeat('new', 100000)")
            let script = try database.script("--activity 2 \(arguments)")
            #expect(script.utf8.count < 60_000 && !script.contains("oldold") && !script.contains("newnew"))
            try change(superuser, attacker, trap)
            try attacker.run("select pg_advisory_unlock_all()")
            trap.reset()
            let outcome = try shell(
                "psql -X -q \(try database.options()) <<'END-OF-SCRIPT'\n\(script)\nEND-OF-SCRIPT"
            )
            try trap.waitForOthers(superuser)
            #expect(outcome.status == (words == nil ? 0 : 3), "\(outcome.output)")
            #expect(words.map(outcome.output.contains) ?? outcome.output.isEmpty, "\(outcome.output)")
            #expect(!outcome.output.contains("oldold") && !outcome.output.contains("newnew"))
            let value = words == nil ? "old" : "new"
            let body = "select body = repeat('\(value)', 100000) from only letters"
            #expect(try superuser.rows(body) == ["t"])
        }
    }

    @Test(arguments: [(false, false), (false, true), (true, true)])
    func theValueComesBackWhoeverOwnsTableAndTrail(trail: Bool, table: Bool) throws {
        try revert(trailOfAttacker: trail, tableOfAttacker: table)
    }

    @Test(arguments: ["", "--partial"])
    func anActivityThatIsGoneEndsTheScript(arguments: String) throws {
        let words = "activity 2, column body: the activity is gone from the trail"
        try revert(saying: words, arguments) { superuser, _, _ in
            try superuser.run("delete from audit.activity where id = 2")
        }
    }

    @Test(arguments: [
        "set old_data = jsonb_set(old_data, '{body}', to_jsonb(repeat('olb', 100000)))",
        "set old_data = jsonb_set(old_data, '{body}', '\"small\"')",
        "set old_data = jsonb_set(old_data, '{body}', 'null')",
        "set old_data = old_data - 'body'", "set old_data = '[]'",
    ])
    func anotherValueEndsTheScript(change: String) throws {
        let words = "activity 2, column body: the trail does not hold the value that it held when this script was made"
        try revert(trailOfAttacker: true, saying: words, "--partial") { superuser, attacker, _ in
            try superuser.run("update audit.activity \(change) where id = 2")
        }
    }

    @Test func aRowThatWasChangedSinceIsLeftAlone() throws {
        try withDatabase { connection, database in
            try connection.run("create table letters (id int primary key, body text)")
            #expect(try database.run("init letters --schema audit --yes").status == 0)
            try connection.run("insert into letters values (1, repeat('old', 100000))")
            try connection.run("update letters set body = repeat('new', 100000)")
            try connection.run("update letters set body = overlay(body placing '#' from 200000)")
            let output = try database.revert("--activity 2", status: 3)
            #expect(output.contains("activity 2: public.letters #1 does not hold what was written"), "\(output)")
            #expect(!output.contains("newnew"))
            #expect(try connection.rows("select position('#' in body) from letters") == ["200000"])
        }
    }

    /// What the owner of a trail makes of it meanwhile, to have a superuser run his code.
    static let ambushes = [
        (
            """
            alter table audit.activity rename to activity_;
            create view audit.activity as select * from audit.activity_ where public.spring();
            """, "the trail cannot be read: audit.activity is not the table that it was"
        ),
        (
            """
            create function public.odd(bigint) returns boolean language plpgsql immutable as
                $$ begin return public.spring(); end $$;
            create index on audit.activity (id) where public.odd(7);
            """, "whose code would run with your rights"
        ),
        (
            """
            alter table audit.activity enable row level security; alter table audit.activity force row level security;
            create policy odd on audit.activity using (public.spring());
            """, "query would be affected by row-level security policy"
        ),
        (
            """
            create type public.odd as (a int);
            create function public.odd_of(jsonb) returns public.odd language sql immutable as 'select row(1)::public.odd';
            create function public.json_of(public.odd) returns jsonb language plpgsql as
                $$ begin perform public.spring(); return '{}'; end $$;
            create cast (public.odd as jsonb) with function public.json_of(public.odd) as implicit;
            alter table audit.activity alter old_data drop default;
            alter table audit.activity alter old_data type public.odd using public.odd_of(old_data);
            """, "the trail cannot be read: audit.activity is not what it was"
        ),
    ]

    @Test(arguments: ambushes)
    func whatBecameOfTheTrailRunsNoCodeAndEndsTheScript(change: String, words: String) throws {
        try revert(trailOfAttacker: true, saying: words) { superuser, attacker, trap in
            let indexes = "select indexname from pg_indexes where schemaname = 'audit' and indexdef like '%_data%'"
            for index in try superuser.rows(indexes) {
                try superuser.run("drop index audit.\(quotedIdentifier(index))")
            }
            try attacker.run(change)
        }
    }

    /// He has his functions called by what the script relies on.
    @Test func operatorsOfOthersAreNotFound() throws {
        try revert(trailOfAttacker: true) { superuser, attacker, trap in
            let database = try superuser.rows("select current_database()")[0]
            try attacker.run(
                """
                \(trap.function("get_text(jsonb, text)", returns: "jsonb", "'1'"))
                \(trap.function("equal(bigint, bigint)", returns: "boolean", "true"))
                create operator public.-> (leftarg = jsonb, rightarg = text, function = public.get_text);
                create operator public.= (leftarg = bigint, rightarg = bigint, function = public.equal);
                \(trap.function("octet_length(text)", returns: "int", "1"))
                \(trap.function("format(text, text, text)", returns: "text", "'select public.spring()'"))
                """
            )
            try superuser.run("alter database \(quotedIdentifier(database)) set search_path = public, pg_catalog")
        }
    }

    @Test(arguments: [
        "We\"ird 'schema", "$revert$; select 1; do $revert$", "%I %s", "\\'; select public.spring(); --",
    ])
    func theNameOfItsSchemaIsNoCode(schema: String) throws {
        try revert(schema: schema)
    }

    @Test func masksHideWhatIsLargeToo() throws {
        try withDatabase { connection, database in
            try connection.run("create table letters (id int primary key, body text)")
            #expect(try database.run("init letters --schema audit --yes").status == 0)
            try connection.run("insert into letters values (1, repeat('secret', 50000))")
            try connection.run("update letters set body = 'x'")
            try connection.run("update letters set body = 'y'")
            try connection.run("alter table letters add check (body <> repeat('secret', 50000)) not valid")
            let options = try database.options()
            let mask =
                #"printf 'masks = ["letters.body"]\n' >$f; \#(program) revert --activity 2 --config $f \#(options)"#
            func revert(_ arguments: String) throws -> String {
                try shell("f=$(mktemp --suffix .toml); \(mask) \(arguments); rm $f").output
            }
            for arguments in ["--check", "--dry-run", "--check --partial", ""] {
                let output = try revert(arguments)
                #expect(!output.contains("secret"), "\(arguments): \(output)")
            }
            #expect(try revert("--check").contains(#""reason":"the row is another now""#))
            try connection.run("update letters set body = 'x'")
            #expect(try revert("--check").contains(#""verdict":"applies""#))
            #expect(try revert("--dry-run").contains("the rest may hold masked values"))
        }
    }

    /// Nor do the server's errors repeat what the script has read.
    @Test(arguments: [
        "drop column body, add column body int", "drop column body, add column body varchar(9)",
        "add constraint odd check (body not like 'secret%') not valid",
    ])
    func whatDoesNotFitIsNotRepeated(change: String) throws {
        try withDatabase { connection, database in
            try connection.run("create table letters (id int primary key, other int, body text)")
            #expect(try database.run("init letters --schema audit --yes").status == 0)
            try connection.run("insert into letters values (1, 1, repeat('secret', 50000))")
            try connection.run("update letters set body = null")
            let isRefused = change.hasPrefix("add")
            try connection.run("alter table letters \(change)")
            let check = try database.run("revert --activity 2 --check").output
            #expect(check.contains(isRefused ? "applies" : "impossible") && check.utf8.count < 500, "\(check)")
            for arguments in ["--activity 2", "--activity 2 --partial"] {
                let isSkipped = isRefused && arguments.hasSuffix("partial")
                let output = try database.revert(arguments, status: isSkipped ? 0 : 3)
                let words =
                    isRefused ? "violates check constraint" : "letters #1: a value does not fit its column any more"
                #expect(output.contains(words) && !output.contains("secret"), "\(output)")
                let dryRun = try database.run("revert \(arguments) --dry-run").output
                #expect(dryRun.contains(words) && !dryRun.contains("secret"), "\(dryRun)")
            }
            #expect(try connection.rows("select body is null from letters") == ["t"])
        }
    }

    /// Whoever may not read the trail cannot take a value out of it.
    @Test func theTrailIsReadWithTheRightsOfWhoeverRunsTheScript() throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = try attacker.rows("select current_user")[0]
            try attacker.run("create table letters (id int primary key, body text)")
            #expect(try database.run("init letters --schema audit --yes").status == 0)
            try attacker.run("insert into letters values (1, repeat('old', 100000))")
            try attacker.run("update letters set body = repeat('new', 100000)")
            let script = try database.script("--activity 2")
            func run() throws -> (status: Int32, output: String) {
                let outcome = try shell("psql -X -q \(try database.options(as: role)) <<'END'\n\(script)\nEND")
                return (outcome.status, outcome.output)
            }
            let refused = try run()
            #expect(refused.status == 3 && refused.output.contains("permission denied for"))
            #expect(try attacker.rows("select left(body, 3) from letters") == ["new"])
            try superuser.run("grant usage on schema audit to \(role); grant select on audit.activity to \(role)")
            let done = try run()
            #expect(done.status == 0, "\(done.output)")
            #expect(try attacker.rows("select body = repeat('old', 100000) from letters") == ["t"])
        }
    }
}
