import Postgres
import TestDatabase
import TestProgram
import Testing

/// The table that names actors, which belongs to somebody else than the reader.
@Suite struct ActorTests {
    @Test func castsOfLabelsAndKeysToTextAreNotRun() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run(
                """
                create type nick as enum ('al', 'bo');
                create table users (id int primary key, name nick);
                insert into users values (1, 'al'), (2, 'bo');
                """
            )
            try superuser.run("create table t (id int primary key)")
            #expect(try database.run("init t --actor-table users --yes").status == 0)
            try superuser.run("begin; set local audit.actor_id = '1'; insert into t values (1); commit")
            try attacker.run(
                """
                \(trap.function("text_of(nick)", returns: "text", "'x'"))
                create cast (nick as text) with function text_of(nick) as implicit
                """
            )
            let outputs = try database.read(
                [
                    "log", "log --actor al", "log -f 'actor:a*'", "log -f 'actor~^a'", "log -f al", "show 1",
                    "history t 1",
                ],
                beside: trap,
                superuser
            )
            for output in outputs { #expect(output.contains("al"), "\(output)") }
        }
    }

    @Test func aPolicyOfTheActorTableIsNotRunForAReader() throws {
        try withAttacker { superuser, attacker, database, trap in
            let reader = try database.makeRole("reader", on: superuser)
            try attacker.run("create table users (id int primary key, name text); insert into users values (1, 'al')")
            try superuser.run("create table t (id int primary key)")
            #expect(try database.run("init t --actor-table users --yes --schema audit").status == 0)
            try superuser.run("begin; set local audit.actor_id = '1'; insert into t values (1); commit")
            try superuser.run(
                "grant usage on schema audit to \(reader); grant select on audit.activity, audit.transaction, users, t to \(reader)"
            )
            #expect(try database.run("log", as: reader).output.contains("al"))
            try attacker.run(
                """
                \(trap.function("mine()", returns: "boolean", "true", "volatile"))
                create policy p on users using (mine()); alter table users enable row level security
                """
            )
            let outcome = try database.run("log", as: reader)
            #expect(outcome.status == 0 && outcome.output.contains("#1"), "\(outcome.output)")
        }
    }
}
