import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That the actor table's owner runs nothing, and that nobody names the actor of another's changes.
@Suite struct ActorAttacks {
    private func makeTables(_ connection: borrowing Connection, _ attacker: Attacker, key: String) throws {
        let session = try attacker.connect()
        try session.run("create table m.users (id \(key) primary key); insert into m.users values ('1')")
        try connection.run("create table public.orders (id int primary key); grant all on public.orders to public")
    }

    @Test func theActorTableIsNotReadWithTheInstallersRights() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try makeTables(connection, attacker, key: "int")
            try install([table("orders")], in: database) { $0.actorTable = TableName(schema: "m", name: "users") }
            let write = """
                begin; set local audit.actor_id = '1'; insert into public.orders select coalesce(max(id), 0) + 1 from public.orders; commit
                """
            try connection.run(write)
            let session = try attacker.connect()
            try session.run(
                """
                alter table m.users rename to people;
                create function m.look() returns int language plpgsql as $$ \(attacker.spoils) return 1; end $$;
                create view m.users as select m.look() as id; grant select on m.users to public
                """
            )
            try connection.run(write)
            try session.run("drop view m.users; alter table m.people rename to users; drop table m.users cascade")
            try session.run("create view m.users as select m.look() as id; grant select on m.users to public")
            try connection.run(write)
            #expect(try attacker.achievements(on: connection) == [])
            #expect(try connection.rows("select actor_id from audit.transaction order by id") == ["1", "1", "1"])
        }
    }

    @Test func aDomainOfTheKeyIsNotChecked() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            try session.run(
                """
                create function m.check(int) returns boolean language plpgsql as $$ \(attacker.spoils) return true; end $$;
                create domain m.key as int
                """
            )
            try makeTables(connection, attacker, key: "m.key")
            try install([table("orders")], in: database) { $0.actorTable = TableName(schema: "m", name: "users") }
            try session.run("alter domain m.key add check (m.check(value))")
            try connection.run("delete from public.ran")
            try connection.run("begin; set local audit.actor_id = '1'; insert into public.orders values (1); commit")
            try connection.run("begin; set local audit.actor_id = '2'; insert into public.orders values (2); commit")
            try connection.run("begin; set local audit.actor_id = 'x'; insert into public.orders values (3); commit")
            #expect(try attacker.achievements(on: connection) == [])
            #expect(try connection.rows("select actor_id from audit.transaction order by id") == ["1", "∅", "∅"])
        }
    }

    /// As an earlier version has installed it, with the type of the key as it is.
    @Test func theDomainOfAnInstalledColumnIsTakenAway() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            try session.run(
                """
                create function m.check(int) returns boolean language plpgsql as $$ \(attacker.spoils) return true; end $$;
                create domain m.key as int
                """
            )
            try makeTables(connection, attacker, key: "m.key")
            try install([table("orders")], in: database) { $0.actorTable = TableName(schema: "m", name: "users") }
            try connection.run(
                """
                begin; set local audit.actor_id = '1'; insert into public.orders values (1); commit;
                alter table audit.transaction alter actor_id type m.key
                """
            )
            try install([table("orders")], in: database)
            try session.run("alter domain m.key add check (m.check(value))")
            try connection.run("delete from public.ran")
            try connection.run("begin; set local audit.actor_id = '1'; insert into public.orders values (2); commit")
            #expect(try attacker.achievements(on: connection) == [])
            #expect(
                try connection.rows("select actor_id, pg_typeof(actor_id) from audit.transaction") == [
                    "1 | integer", "1 | integer",
                ]
            )
        }
    }

    @Test func aKeyOfATypeOfTheAttackersIsRefused() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            try session.run("create type m.key as enum ('1')")
            try makeTables(connection, attacker, key: "m.key")
            let users = TableName(schema: "m", name: "users")
            let words = try refusal([table("orders")], in: database) { $0.actorTable = users }
            #expect(words?.contains("the key of actor table m.users is of type m.key") == true)
        }
    }

    /// Rows for transactions that have yet to begin, or run now.
    @Test func aRowForTheTransactionOfAnotherIsRefused() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            try connection.run("create table public.orders (id int primary key)")
            try install([table("orders")], in: database)
            try connection.run("insert into public.orders values (0)")
            try connection.run(
                """
                grant usage on schema audit to \(attacker.role); grant insert on audit.transaction to \(attacker.role);
                grant usage on sequence audit.transaction_id_seq to \(attacker.role)
                """
            )
            let session = try attacker.connect()
            #expect(throws: PostgresError.self) {
                try session.run(
                    """
                    insert into audit.transaction (native_transaction_id, issued_at, actor_id)
                    select txid_current() + g, 'infinity', 'eve' from generate_series(1, 99) as g
                    """
                )
            }
            for (number, isRight) in [("txid_current()", true), ("null", true), ("txid_current() - 1", true)]
            where isRight {
                try session.run(
                    "insert into audit.transaction (native_transaction_id, issued_at, actor_id) values (\(number), '2020-01-01', 'eve')"
                )
            }
            try connection.run("insert into public.orders values (1)")
            #expect(
                try connection.rows(
                    "select t.actor_id from audit.activity as a join audit.transaction as t on t.id = a.transaction_id order by a.id"
                ) == ["∅", "∅"]
            )
        }
    }
}
