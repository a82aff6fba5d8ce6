import Postgres
import TestDatabase
import TestProgram
import Testing

/// Which trail the commands that set up go on with, and what they say of one that is damaged.
@Suite struct TrailPlaceTests {
    @Test func initGoesOnWithTheTrailThatIsThere() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key); create table lines (id int primary key)")
            #expect(try database.run("init orders --schema audit --yes").status == 0)
            let nothing = try database.run("init orders --yes")
            #expect(nothing.output == "Nothing to do: everything is as asked for.\n")
            let more = try database.run("init lines --yes")
            #expect(more.status == 0 && more.output.contains("schema audit"), "\(more.output)")
            #expect(more.output.hasSuffix(" --schema audit\n"), "\(more.output)")
            try connection.run("alter table orders add column n int")
            #expect(try database.run("init --yes").output.contains("renew the capture of public.orders"))
            #expect(try connection.rows("select to_regclass('public.activity') is null") == ["t"])
            try connection.run("insert into orders values (1); insert into lines values (1)")
            #expect(try connection.rows("select count(*) from audit.activity") == ["2"])
            #expect(try database.run("log").status == 0)

            // A second one by its name only.
            try connection.run("create table other (id int primary key)")
            #expect(try database.run("init other --schema second --yes").status == 0)
            let several = try database.run("init other --yes")
            #expect(several.status == 2)
            #expect(
                several.output.contains("several audit trails, name one with --schema: audit, second"),
                "\(several.output)"
            )
        }
    }

    @Test func theTrailOfAnotherRoleIsGoneOnWithOnAWordOnly() throws {
        try withDatabase { connection, database in
            let other = try database.makeRole("other", on: connection)
            try connection.run("create schema audit authorization \(other); grant create on schema public to \(other)")
            try database.connect(as: other).run("create table theirs (id int primary key)")
            #expect(try database.run("init theirs --schema audit --yes", as: other).status == 0)
            try connection.run("create table orders (id int primary key)")
            let refused = try database.run("init orders --yes")
            #expect(refused.status == 1 && refused.output.contains("--schema"), "\(refused.output)")
            #expect(try database.run("init orders --schema public --yes").status == 0)
            // What a superuser owns goes first, whoever makes another.
            #expect(try database.run("init orders --yes").output == "Nothing to do: everything is as asked for.\n")
        }
    }

    @Test func whatIsLeftOfATrailIsNamedSetUpAgainAndRemoved() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            #expect(try database.run("init orders --schema audit --always --yes").status == 0)
            try connection.run("drop table audit.activity, audit.transaction")
            let status = try database.run("status")
            #expect(status.status == 5, "\(status.output)")
            #expect(status.output.contains("write_fails  public.orders: writes fail since audit.transaction and "))
            #expect(try database.run("status --json").status == 5)
            #expect(try database.run("init --yes").status == 0)
            try connection.run("insert into orders values (1)")
            #expect(try database.run("status").status == 0)
            try connection.run("drop table audit.activity, audit.transaction")
            #expect(try database.run("remove --yes").status == 0)
            try connection.run("insert into orders values (2)")
            #expect(try database.run("status").status == 3)
        }
    }

    @Test func statusIsAtPeaceWithTablesThatAreLeft() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table orders (id int primary key, password text); create table logs (id int primary key);
                create table django_migrations (id int primary key, app text, name text, applied timestamptz)
                """
            )
            #expect(try database.run("init orders --always --yes").status == 0)
            #expect(try database.run("status").status == 5)
            let left = try database.run("init --leave logs --yes")
            #expect(left.output.contains("left out on purpose: public.logs"), "\(left.output)")
            let status = try database.run("status")
            #expect(status.status == 0 && status.output.contains("public.logs               left"), "\(status.output)")
            #expect(try database.run("init --no-leave logs --yes").status == 0)
            #expect(try database.run("status").status == 5)
            let all = try database.run("init --all-tables --include orders.password --yes")
            #expect(all.status == 0, "\(all.output)")
            try connection.run("insert into orders values (1, 'x')")
            #expect(try connection.rows("select changed_data from activity") == [#"{"id": 1, "password": "x"}"#])
        }
    }

    @Test func allTablesRecordNoPasswords() throws {
        try withDatabase { connection, database in
            try connection.run("create table users (id int primary key, password_hash text, name text)")
            let made = try database.run("init --all-tables --yes")
            #expect(made.output.contains("audit public.users without password_hash"), "\(made.output)")
            #expect(made.output.contains("not recorded for their names: users.password_hash; --include"))
            try connection.run("insert into users values (1, 'x', 'n'); update users set password_hash = 'y'")
            #expect(try connection.rows("select changed_data from activity") == [#"{"id": 1, "name": "n"}"#])
        }
    }
}
