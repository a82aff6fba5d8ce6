import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That who looks for gaps runs nothing of the owners of tables and types.
@Suite struct GapAttacks {
    /// Whoever has made an extension may add types of his own to it.
    @Test(arguments: [false, true])
    func typesAreReadByTheirOutputFunctions(areOfAnExtension: Bool) throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            try session.run(
                """
                create type m.mood as enum ('a', 'b');
                create type m.inner_pair as (mood m.mood, doc json);
                create function m.check_pair(m.mood) returns boolean language plpgsql as $$ \(attacker.spoils) return true; end $$;
                create domain m.tame as m.mood;
                create type m.pair as (n int, pairs m.inner_pair[], t m.mood);
                create table m.orders (id int primary key, p m.pair, ps m.pair[], m m.mood, ms m.mood[], t m.tame);
                create function m.steal(m.mood) returns json language plpgsql as $$ \(attacker.spoils) return '1'::json; end $$;
                create cast (m.mood as json) with function m.steal(m.mood)
                """
            )
            if areOfAnExtension {
                try connection.run("grant create on database \(quotedIdentifier(database.name)) to \(attacker.role)")
                try session.run("create extension hstore schema m; alter extension hstore add type m.mood")
            }
            try install([TableName(schema: "m", name: "orders")], in: database)
            try session.run(
                """
                insert into m.orders values
                    (1, row(1, array[row('a', '{"x": 1}')::m.inner_pair], 'a'), array[row(2, null, 'b')::m.pair, null], 'a', '{a,b}');
                insert into m.orders values (2);
                update m.orders set p.n = 3, m = 'b';
                alter domain m.tame add check (m.check_pair(value))
                """
            )
            try connection.run("delete from public.ran")
            #expect(try gaps(in: database) == (0, []))
            try session.run("alter table m.orders disable trigger user; update m.orders set ms = '{b}' where id = 1")
            try connection.run("delete from public.ran")
            #expect(try gaps(in: database) == (1, []))
            #expect(try attacker.achievements(on: connection) == [])
        }
    }

    @Test func aViewInThePlaceOfATableAndIndexesWithFunctionsAreNotRead() throws {
        try withDatabase { connection, database in
            let attacker = try Attacker(on: connection, database)
            let session = try attacker.connect()
            try session.run("create table m.orders (id int primary key, s text)")
            try install([TableName(schema: "m", name: "orders")], in: database)
            try session.run(
                """
                insert into m.orders values (1, 'a');
                create function m.act() returns int language plpgsql as $$ \(attacker.spoils) return 1; end $$;
                create function m.look(int) returns int immutable language plpgsql as $$ begin return m.act(); end $$;
                create index on m.orders (id) where m.look(1) = 1
                """
            )
            try connection.run("delete from public.ran")
            #expect(try gaps(in: database).unchecked.count == 1)
            try session.run(
                "alter table m.orders rename to real; create view m.orders as select m.look(1) as id, 'a'::text as s"
            )
            _ = try gaps(in: database)
            #expect(try attacker.achievements(on: connection) == [])
        }
    }
}
