import Postgres
import TestDatabase
import TestProgram
import Testing

/// Previews of reverts, which only read, and values of types that are somebody's.
@Suite struct CheckTests {
    @Test func lookingAtWhatWouldBecomeOfItRunsNoCodeOfTheTablesOwner() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run(trap.function("odd(int)", returns: "boolean", "true"))
            try attacker.run(
                """
                create domain inner_domain as int; create domain outer_domain as inner_domain;
                create domain listed as int check (odd(value));
                create type mood as enum ('a', 'b'); create type pair as (x listed, y mood);
                create table parents (k outer_domain primary key, m mood unique, u outer_domain unique);
                create table orders (k outer_domain, m mood, p pair, l listed[], moods mood[], primary key (k, m),
                    parent outer_domain references parents on delete cascade);
                """
            )
            #expect(try database.run("init orders parents --schema audit --yes").status == 0)
            try attacker.run(
                """
                insert into parents values (1, 'a', 1);
                insert into orders values (1, 'a', row(1, 'a'), '{1}', '{a,b}', 1);
                update orders set m = 'b', p = row(2, 'b'), l = '{2}', moods = '{b}';
                """
            )
            let outputs = try database.run("revert --filter verb:u --check").output
            #expect(outputs.contains("\"applies\""), "\(outputs)")
            for type in ["mood", "pair"] {
                let name = "cast_\(type)"
                try attacker.run(trap.function("\(name)(\(type))", returns: "json", "'1'::json"))
                try attacker.run(trap.function("text_\(name)(\(type))", returns: "text", "'x'"))
                try attacker.run("create cast (\(type) as json) with function \(name)(\(type))")
                try attacker.run("create cast (\(type) as text) with function text_\(name)(\(type)) as implicit")
            }
            try attacker.run(trap.function("same(mood, mood)", returns: "boolean", "true"))
            try attacker.run("create operator = (leftarg = mood, rightarg = mood, function = same)")
            try attacker.run(
                "alter domain inner_domain add check (odd(value)); alter domain outer_domain add check (odd(value))"
            )
            trap.reset()
            try database.read(
                ["revert --filter verb:u --check", "revert --filter verb:i --check", "revert --filter verb:u"],
                beside: trap,
                superuser
            )
            _ = try database.revert("--filter verb:u")
            #expect(try superuser.rows("select m, p, l, moods from orders") == ["a | (1,a) | {1} | {a,b}"])
            _ = try database.revert("--filter verb:i")
            #expect(try superuser.rows("select count(*) from orders") == ["0"])
        }
    }

    /// Types of extensions, compared as they compare in their table, and given back as they were.
    @Test func valuesOfExtensionsComeBack() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create extension citext; create extension hstore; create extension ltree;
                create table words (w citext primary key, h hstore, path ltree, words citext[]);
                create table uses (id int primary key, w citext references words on delete cascade);
                """
            )
            #expect(try database.run("init words --schema audit --yes").status == 0)
            try connection.run(
                #"""
                insert into words values ('Ab', hstore(array['a "b\', 'c', 'n', null]), 'Top.Low', '{X,"y z"}');
                insert into words values ('Other', null, null, null);
                update words set h = 'k=>v', path = 'Low', words = null, w = 'Ac' where w = 'ab';
                delete from words where w = 'ac';
                """#
            )
            let check = try database.run("revert --filter 'verb:u,d' --check").output
            #expect(check.components("\"applies\"") == 2, "\(check)")
            _ = try database.revert("--filter 'verb:u,d'")
            #expect(
                try connection.rows(
                    "select w, h -> 'a \"b\\', h ? 'n', h -> 'n', path, words from words where w = 'ab'"
                )
                    == ["Ab | c | t | ∅ | Top.Low | {X,\"y z\"}"]
            )
            // Who refers to it in another spelling refers to it.
            try connection.run("insert into uses values (1, 'OTHER')")
            let refused = try database.revert("--activity 2", status: 3)
            #expect(refused.contains("rows of \"public\".\"uses\" refer to it"), "\(refused)")
        }
    }

    /// An operator of somebody's that stands before PostgreSQL's in the path of the session is not used.
    @Test func operatorsInThePathOfTheSessionAreNotUsed() throws {
        try withAttacker { superuser, attacker, database, trap in
            try superuser.run(
                "create table safe (id int primary key, body text, n numeric, doc jsonb, tags varchar(9)[], e \"char\")"
            )
            #expect(try database.run("init safe --schema audit --yes").status == 0)
            try superuser.run(
                "insert into safe values (1, 'a', 1.5, '{}', '{a}', 'c'); update safe set body = 'b', n = 2, doc = '[]', tags = null, e = 'd'"
            )
            for type in ["int", "text", "numeric", "jsonb", "record", "bigint", "varchar[]", "anyarray", "\"char\""]
            where type != "record" && type != "anyarray" {
                let name = "same_\(type.filter(\.isLetter))"
                try attacker.run(trap.function("\(name)(\(type), \(type))", returns: "boolean", "true"))
                for symbol in ["=", "<>", "*=", ">"] {
                    try attacker.run(
                        "create operator \(symbol) (leftarg = \(type), rightarg = \(type), function = \(name))"
                    )
                }
            }
            try attacker.run(trap.function("joined(text, text)", returns: "text", "'x'"))
            try attacker.run("create operator || (leftarg = text, rightarg = text, function = joined)")
            try attacker.run(
                "create domain text as pg_catalog.text check (spring()); create domain jsonb as pg_catalog.jsonb check (spring())"
            )
            for name in [
                "current_setting(pg_catalog.text)", "starts_with(pg_catalog.text, pg_catalog.text)",
                "replace(pg_catalog.text, pg_catalog.text, pg_catalog.text)",
            ] {
                try attacker.run(trap.function(name, returns: "pg_catalog.text", "'x'"))
            }
            trap.reset()
            try superuser.run("alter database \(quotedIdentifier(database.name)) set search_path = public, pg_catalog")
            for command in ["--filter verb:u", "--filter verb:u", "--filter verb:i"] {
                try database.read(
                    ["revert \(command) --dry-run", "revert \(command) --check"],
                    beside: trap,
                    superuser
                )
                _ = try database.revert(command)
            }
            #expect(try superuser.rows("select count(*) from safe") == ["0"])
        }
    }
}

extension String {
    /// How often another text is in it.
    fileprivate func components(_ part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
