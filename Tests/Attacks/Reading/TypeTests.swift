import Postgres
import TestDatabase
import TestProgram
import Testing

/// Types of a table's owner, whose casts, checks and functions would run with the rights of whoever reads.
@Suite struct TypeTests {
    private let commands = [
        "history t 1", "blame t 1", "row t 1 --at -1s", "row t --at -1s", "log", "log --format jsonl", "show 1",
        "revert 1", "revert 1 --check", "revert 1 --dry-run", "status --gaps",
    ]

    @Test func aCastToJSONOfAnEnumIsNotRun() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run(
                """
                create type mood as enum ('sad', 'happy');
                create type pair as (m mood, n int);
                \(trap.function("json_of(mood)", returns: "json", "'1'"))
                \(trap.function("text_of(mood)", returns: "text", "'x'"))
                create table t (id int primary key, m mood, ms mood[], p pair, ps pair[]);
                """
            )
            #expect(try database.run("init t --yes").status == 0)
            try attacker.run("insert into t values (1, 'sad', '{sad,happy}', '(sad,1)', '{\"(happy,2)\"}')")
            try attacker.run(
                "create cast (mood as json) with function json_of(mood); create cast (mood as text) with function text_of(mood)"
            )
            let outputs = try database.read(commands, beside: trap, superuser)
            #expect(outputs[1].contains("sad"))
            #expect(outputs[8].contains("applies"), "\(outputs[8])")
        }
    }

    @Test func aDomainsCheckIsNotRunForAKeyThatIsLookedFor() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run(
                """
                \(trap.function("fine(int)", returns: "boolean", "true"))
                create domain inner_key as int check (fine(value)); create domain key as inner_key check (fine(value));
                create table t (id key primary key, v text, k key, ks key[]);
                """
            )
            #expect(try database.run("init t --yes").status == 0)
            try attacker.run("insert into t values (1, 'a', 2, '{3}')")
            trap.reset()
            try database.read(commands, beside: trap, superuser)
        }
    }

    @Test func anImplicitCastOfAnEnumLeadsNoComparisonAstray() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run("create type mood as enum ('sad', 'happy'); create table t (id mood primary key, v text)")
            #expect(try database.run("init t --yes").status == 0)
            try attacker.run("insert into t values ('sad', 'a')")
            try attacker.run("update t set v = 'b'")
            try attacker.run(
                """
                \(trap.function("number_of(mood)", returns: "int", "1"))
                \(trap.function("text_of(mood)", returns: "text", "'x'"))
                create cast (mood as int) with function number_of(mood) as implicit;
                create cast (mood as text) with function text_of(mood) as implicit;
                """
            )
            trap.reset()
            let outputs = try database.read(
                ["history t sad", "blame t sad", "row t sad --at now", "revert 2 --check", "revert 2"],
                beside: trap,
                superuser
            )
            #expect(outputs[1].contains("b") && outputs[3].contains("applies"), "\(outputs)")
        }
    }
}
