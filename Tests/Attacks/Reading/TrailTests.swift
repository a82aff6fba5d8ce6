import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Relations of the trail that belong to somebody else than the reader.
@Suite struct TrailTests {
    private static let shape = """
        select 1::bigint as id, 1::bigint as native_transaction_id, now()::timestamp as issued_at, null::inet as client_addr,
            null::text as actor_id, 'public'::text as schema, 't'::text as table_name, 1 as relid, 'insert'::text as verb,
            '{}'::jsonb as old_data, '{"id": 1}'::jsonb as changed_data, 1::bigint as transaction_id
        """

    private func makeViews(_ attacker: borrowing Connection, in schema: String) throws {
        try attacker.run(
            """
            create view \(schema).transaction as \(Self.shape) where public.spring();
            create view \(schema).activity as \(Self.shape) where public.spring();
            """
        )
    }

    @Test func viewsAreNoTrailButForWhomTrustsTheirOwner() throws {
        try withAttacker { superuser, attacker, database, trap in
            try makeViews(attacker, in: "public")
            let owner = database.name + "_m"
            for command in ["log", "history t 1", "show 1", "revert 1"] {
                let outcome = try database.run(command)
                #expect(
                    outcome.status != 0 && outcome.output.contains("run code of role \(owner)"),
                    "\(outcome.output)"
                )
            }
            #expect(try !trap.hasSprung(superuser))
            let trusting = try database.run("log --trust \(owner)")
            #expect(trusting.status == 0 && trusting.output.contains("public.t"), "\(trusting.output)")
            #expect(try trap.hasSprung(superuser))
            trap.reset()
        }
    }

    @Test(arguments: [true, false])
    func whatAStrangerMakesInASchemaOfHisOwnKeepsNobodyFromTheTrail(isView: Bool) throws {
        try withAttacker { superuser, attacker, database, trap in
            try superuser.run(
                "create table t (id int primary key); create schema mine authorization \(database.name)_m"
            )
            #expect(try database.run("init t --schema audit --yes").status == 0)
            try superuser.run("insert into t values (1)")
            if isView {
                try makeViews(attacker, in: "mine")
            } else {
                try attacker.run(
                    "create table mine.transaction as \(Self.shape); create table mine.activity as \(Self.shape)"
                )
            }
            #expect(try database.run("log").output.contains("public.t"))
            for command in ["status", "index --dry-run", "remove --dry-run"] {
                let outcome = try database.run(command)
                #expect([0, 5].contains(outcome.status), "\(command): \(outcome.output)")
            }
        }
    }

    /// The owner of the trail makes something else of it, behind the back of a session that reads it.
    private func readWhileOwnerChanges(_ change: String, _ messages: String...) throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run("create table t (id int primary key, v text)")
            let role = database.name + "_m"
            #expect(try database.run("init t --yes --schema public", as: role).status == 0)
            try attacker.run("insert into t values (1, 'a')")
            let session = try database.connect()
            let trail = try Trail.open(on: session, schema: "public")
            let question = Question.transactions(Filter(), at: .newest, limit: 10)
            _ = try trail.answer(to: question, on: session)
            try attacker.run(
                """
                create type mood as (a int);
                \(trap.function("json_of(mood)", returns: "jsonb", "'{}'"))
                \(trap.function("of_number(int)", returns: "boolean", "true"))
                create function mood_of(jsonb) returns mood language sql immutable as 'select row(1)::mood';
                create cast (mood as jsonb) with function json_of(mood) as implicit;
                \(change)
                """
            )
            trap.reset()
            #expect {
                _ = try trail.answer(to: question, on: session)
            } throws: { error in
                messages.contains { "\(error)".contains($0) }
            }
            #expect(try !trap.hasSprung(superuser))
        }
    }

    @Test func aColumnOfTheTrailThatGotAnotherTypeIsNotRead() throws {
        try readWhileOwnerChanges(
            """
            alter table activity alter old_data drop default, alter changed_data drop default;
            alter table activity alter changed_data type mood using mood_of(changed_data)
            """,
            "column changed_data of public.activity is not of the type that it was"
        )
    }

    @Test func aTrailThatBecameAViewIsNotRead() throws {
        try readWhileOwnerChanges(
            "alter table activity rename to activity_; create view activity as select * from activity_ where spring()",
            "public.activity is not the table that it was",
            "access to non-system view \"activity\" is restricted"
        )
    }

    @Test func aPredicateOfAnIndexIsNotEvaluatedForTheReader() throws {
        try readWhileOwnerChanges(
            "create index on activity (id) where of_number(1)",
            "public.activity has an index or statistics with public.of_number(integer) of role"
        )
    }

    @Test func aColumnThatWasAddedToTheTrailIsNotConverted() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run("create table t (id int primary key, v text)")
            let role = database.name + "_m"
            #expect(try database.run("init t --yes --schema public", as: role).status == 0)
            try attacker.run(
                """
                insert into t values (1, 'a');
                create type mood as enum ('sad');
                \(trap.function("json_of(mood)", returns: "json", "'1'"))
                create cast (mood as json) with function json_of(mood);
                alter table transaction add m mood default 'sad'; alter table activity add m mood default 'sad';
                """
            )
            let outputs = try database.read(
                ["log", "log --format jsonl", "show 1", "history t 1", "status", "revert 1"],
                beside: trap,
                superuser
            )
            #expect(outputs[1].contains("session_user"), "the context is read")
        }
    }

    @Test func aSearchPathOfTheDatabasesRunsNothingAtTheStart() throws {
        try withAttacker { superuser, attacker, database, trap in
            try superuser.run(
                "create table t (id int primary key); create schema mine authorization \(database.name)_m"
            )
            #expect(try database.run("init t --yes").status == 0)
            try superuser.run("insert into t values (1)")
            var traps = """
                create function mine.same(int, int) returns boolean language plpgsql as
                    $$ begin perform public.spring(); return true; end $$;
                create operator mine.<> (function = mine.same, leftarg = int, rightarg = int);
                create operator mine.>= (function = mine.same, leftarg = int, rightarg = int);
                """
            // What the last statements of a command compare, behind those that find the trail.
            for type in ["text", "bigint", "timestamp"] {
                traps += """
                    create function mine.same(\(type), \(type)) returns boolean language plpgsql as
                        $$ begin perform public.spring(); return true; end $$;
                    create operator mine.= (function = mine.same, leftarg = \(type), rightarg = \(type));
                    create operator mine.>= (function = mine.same, leftarg = \(type), rightarg = \(type));
                    create operator mine.< (function = mine.same, leftarg = \(type), rightarg = \(type));
                    """
            }
            for signature in [
                "set_config(text, text, boolean)", "current_setting(text)", "pg_backend_pid()", "current_database()",
                "current_schemas(boolean)", "format_type(oid, integer)", "to_regclass(text)",
            ] {
                let type = signature.hasPrefix("pg_backend") ? "int" : "text"
                traps += trap.function("mine.\(signature)", returns: type, "null", "volatile")
            }
            try attacker.run(traps)
            try superuser.run("alter database \(database.name) set search_path = mine, pg_catalog, public")
            try database.read(
                [
                    "log", "show 1", "history t 1", "blame t 1", "revert 1 --check", "status", "status --gaps",
                    "index --dry-run",
                ],
                beside: trap,
                superuser
            )
        }
    }
}
