import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Names that do not exist are said, so that an empty answer is not taken for nothing having happened.
@Suite struct UnknownNameTests {
    private func withShop(_ test: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table users (id int primary key, name text);
                create table products (id int primary key, status text, price numeric);
                create table sessions (id int primary key);
                insert into users values (1, 'Bob Mwangi'), (2, 'Alice');
                """
            )
            #expect(try database.run("init products --actor-table users --yes").status == 0)
            try connection.run(
                "begin; set local audit.actor_id = '1'; insert into products values (1, 'a', 2); commit"
            )
            try connection.run("update products set status = 'b'")
            try test(connection, database)
        }
    }

    @Test func tablesActorsAndColumnsThatDoNotExistAreSaidWithTheNearestName() throws {
        try withShop { _, database in
            let cases: [(String, Int32, String)] = [
                ("log --table prodcts", 2, "there is no table prodcts in the trail; did you mean products?"),
                (
                    "log --table pubic.products", 2,
                    "there is no table pubic.products in the trail; did you mean public.products?"
                ),
                ("log --table 'prodx*'", 0, "no table of the trail is called like prodx*"),
                ("log --table sessions", 0, "the trail has nothing of table sessions"),
                ("log --actor bobby", 2, "there is no actor bobby; did you mean \"Bob Mwangi\"?"),
                ("log --actor alcie", 2, "there is no actor alcie; did you mean Alice?"),
                ("log --actor '#x'", 2, "there is no actor #x"),
                ("log -f 'stauts:a->b'", 0, "no table in question has a column stauts now; did you mean status?"),
                ("log -f 'table:products old.prise>1'", 0, "has a column prise now; did you mean price?"),
                ("log -f 'col:stat'", 0, "has a column stat now"),
                ("log --row prodcts:1", 2, "there is no table prodcts in the trail; did you mean products?"),
                ("log --format jsonl -f '!table:prodcts table:prodcts'", 2, "did you mean products?"),
                ("browse --table prodcts", 2, "there is no table prodcts in the trail; did you mean products?"),
                ("history prodcts 1", 2, "there is no table prodcts in the database"),
                ("blame prodcts 1", 2, "did you mean products?"),
                ("row prodcts 1 --at now", 2, "did you mean products?"),
                ("row prodcts --at now", 2, "did you mean products?"),
            ]
            for (arguments, status, message) in cases {
                let outcome = try database.run("2>&1 >/dev/null \(arguments)")
                #expect(outcome.status == status, "\(arguments): \(outcome.output)")
                #expect(outcome.output.hasPrefix("audit-tui: "), "\(arguments): \(outcome.output)")
                #expect(outcome.output.contains(message), "\(arguments): \(outcome.output)")
                #expect(outcome.output.split(separator: "\n").count == 1, "\(arguments): \(outcome.output)")
            }
        }
    }

    @Test func whatExistsIsReadWithoutAWord() throws {
        try withShop { _, database in
            for arguments in [
                "log --table products", "log --table 'PROD*'", "log --actor 'bob*'", "log -f 'actor:#1'",
                "log --actor none",
                "log -f 'status:a->b'", "log -f 'col:stat*'", "log --row products:1", "log -f 'table~^prod'",
            ] {
                let outcome = try database.run("2>&1 >/dev/null \(arguments)")
                #expect(outcome == Outcome(status: 0, output: ""), "\(arguments)")
            }
            let both = try database.run("log --table products,prodcts --format jsonl")
            #expect(
                both.status == 0 && both.output.contains("no table prodcts")
                    && both.output.contains("\"verb\":\"update\"")
            )
        }
    }

    @Test func aRowThatIsNotInTheTrailIsSaid() throws {
        try withShop { _, database in
            for arguments in ["history products 99999", "row products 99999 --at now"] {
                let outcome = try database.run("2>&1 >/dev/null \(arguments)")
                #expect(outcome.output == "audit-tui: there is no such row in the trail: products id=99999\n")
                #expect(outcome.status == 0)
            }
            let blame = try database.run("blame products 99999")
            #expect(blame.output == "audit-tui: there is no row public.products id=99999, now or in the trail\n")
        }
    }

    /// A table may come to be recorded while the trail is followed.
    @Test func followingSaysTheNameAndGoesOn() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            try window.run(
                "\(program) log --follow --interval 50ms --limit 1 --table prices \(try database.options()) | cat; echo status $?"
            )
            #expect(try window.wait(for: "no table prices").contains("there is no table prices in the trail"))
            try wait(
                until: """
                    select from pg_stat_activity where datname = current_database()
                      and query like '%txid_current_snapshot%' and pid <> pg_backend_pid()
                    """,
                on: connection
            )
            try connection.run("create table prices (id int primary key)")
            #expect(try database.run("init prices --yes").status == 0)
            try connection.run("insert into prices values (7)")
            #expect(try window.wait(for: "status 0").contains("insert public.prices id=7"))
        }
    }

    /// Waits until a query finds something.
    private func wait(until query: String, on connection: borrowing Connection) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try connection.rows(query).isEmpty {
            guard ContinuousClock.now < deadline else { throw TestError("waited in vain for \(query)") }
            usleep(20_000)
        }
    }
}
