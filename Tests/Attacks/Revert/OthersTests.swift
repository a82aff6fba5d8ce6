import Postgres
import TestDatabase
import TestProgram
import Testing

/// Rows of others that a foreign key would take along with what is taken back.
@Suite struct OthersTests {
    /// Two tables under capture, and the revert of what a statement does, while another session has written a row.
    private func withFamily(
        _ action: String,
        _ body: (borrowing Connection, borrowing Connection, TestDatabase) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table parents (id int primary key, code text unique default 'c', note text);
                create table children (id int primary key, parent int default 0 references parents \(action), code text);
                """
            )
            #expect(try database.run("init parents children --schema audit --yes").status == 0)
            let other = try database.connect()
            try body(connection, other, database)
        }
    }

    @Test(arguments: [
        "on delete cascade", "on delete set null", "on delete set default", "on delete cascade deferrable",
    ])
    func aChildThatIsCommittedMeanwhileStays(action: String) throws {
        try withFamily(action) { connection, other, database in
            try connection.run("insert into parents values (0, 'z'); insert into parents values (1, 'a')")
            for options in ["", " --partial"] {
                try connection.run("delete from children")
                try other.run("begin; insert into children values (7, 1)")
                let program = try Background(
                    "\(program) revert --activity 2\(options) --config /dev/null \(database.options()) | psql -X -q \(database.options())"
                )
                try waitForLock(connection)
                try other.run("commit")
                let output = try program.end(on: other)
                #expect(output.contains("rows of \"public\".\"children\" refer to it"), "\(output)")
                #expect(try connection.rows("select id, parent from children") == ["7 | 1"])
                #expect(try connection.rows("select count(*) from parents") == ["2"])
            }
        }
    }

    /// Whoever wants to refer to the row while it is being removed finds that it is gone.
    @Test func nobodyBeginsToReferToARowThatGoes() throws {
        try withFamily("on delete cascade") { connection, other, database in
            try connection.run("insert into parents values (1, 'a')")
            // What psql alone understands stands first.
            let script = try database.script("--activity 1").split(separator: "\n", omittingEmptySubsequences: false)
                .drop { $0.hasPrefix("\\set ") }
            let end = script.lastIndex { $0 == "commit;" } ?? 0
            try connection.run(script[..<end].joined(separator: "\n"))
            let command = "psql -X -q -c \(quoted("insert into children values (7, 1)")) \(try database.options())"
            let insert = try Background(command)
            try waitForLock(other)
            try connection.run("commit")
            #expect(try insert.end(on: other).contains("violates foreign key constraint"))
            #expect(try connection.rows("select count(*) from children") == ["0"])
        }
    }

    /// A row that holds what was written again once it was looked for in vain has not been locked, nor who refers to it found.
    @Test func aRowThatIsSetBackMeanwhileIsNotTaken() throws {
        try withFamily("on delete cascade") { connection, other, database in
            try connection.run("insert into parents values (1, 'a'); insert into children values (5, 1)")
            try connection.run("update parents set note = 'since'; select pg_advisory_lock(7)")
            let lines = try database.script("--activity 1").split(separator: "\n", omittingEmptySubsequences: false)
            let script = lines.drop { $0.hasPrefix("\\set ") }.joined(separator: "\n").replacing(
                "set local audit_revert.parts = 'lock ",
                with: """
                    set local audit_revert.pause = 'select pg_catalog.pg_advisory_xact_lock(7)';
                    set local audit_revert.parts = 'lock pause 
                    """
            )
            let folder = try String(shell("mktemp -d").output.split(separator: "\n")[0])
            defer { _ = try? shell("rm -r \(folder)") }
            _ = try shell("cat >\(folder)/revert.sql <<'END'\n\(script)\nEND")
            let options = try database.options()
            let program = try Background("psql -X -q -v ON_ERROR_STOP=1 -f \(folder)/revert.sql \(options)")
            try waitForLock(other)
            try other.run("update parents set note = null")
            try connection.run("select pg_advisory_unlock(7)")
            let output = try program.end(on: other)
            #expect(output.contains("public.parents #1 does not hold what was written"), "\(output)")
            #expect(try connection.rows("select id, parent from children") == ["5 | 1"])
        }
    }

    @Test(arguments: ["on update cascade", "on update set null", "on update set default"])
    func aKeyThatMovesBackTakesNobodyElseAlong(action: String) throws {
        try withFamily("on delete cascade " + action) { connection, _, database in
            try connection.run(
                "insert into parents values (0, 'z'); insert into parents values (1, 'a'); insert into children values (5, 1)"
            )
            try connection.run("update parents set id = 2 where id = 1")
            let update =
                "--filter \(quoted("tx:\(try connection.rows("select max(transaction_id) from audit.activity")[0])"))"
            try connection.run("insert into children values (6, 2)")
            let check = try database.run("revert \(update) --check")
            #expect(check.output.contains("rows of public.children refer to it"), "\(check.output)")
            let refused = try database.revert(update, status: 3)
            #expect(refused.contains("rows of \"public\".\"children\" refer to it"), "\(refused)")
            #expect(try connection.rows("select parent from children where id = 6") == ["2"])
            try connection.run("delete from children where id = 6")
            _ = try database.revert(update)
            #expect(try connection.rows("select id from parents order by id") == ["0", "1"])
            #expect(try connection.rows("select id, parent from children") == ["5 | 1"])
        }
    }

    /// Children of children, in partitions, by keys of several columns, and of the table itself.
    @Test func theWholeFamilyIsLookedAt() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table a (x int, y text, primary key (x, y), top int, unique (x), up int references a (x) on delete cascade);
                create table b (id int primary key, x int, y text, other int references a (x) on delete set null,
                    foreign key (x, y) references a on delete cascade);
                create table c (id int, b int references b on delete cascade, primary key (id)) partition by range (id);
                create table c1 partition of c for values from (0) to (10);
                create table d (id int primary key, c int references c on delete cascade);
                create table e (id int primary key) partition by range (id);
                create table e1 partition of e for values from (0) to (10);
                create table f (id int primary key, e int references e on delete cascade);
                """
            )
            #expect(try database.run("init a b c --schema audit --yes").status == 0)
            let cases = [
                ("insert into b values (1, 1, 'k')", "b"), ("insert into b values (1, null, null, 1)", "b"),
                ("insert into a values (2, 'l', 0, 1)", "a"),
            ]
            for (statement, table) in cases {
                try connection.run("truncate a cascade; insert into a values (1, 'k', 0, 1)")
                let id = try connection.rows("select max(id) from audit.activity")[0]
                try connection.run(statement)
                let refused = try database.revert("--activity \(id)", status: 3)
                #expect(refused.contains("rows of \"public\".\"\(table)\" refer to it"), "\(statement): \(refused)")
            }
            try connection.run("truncate a cascade; insert into a values (1, 'k', 0, 1)")
            try connection.run("begin; insert into b values (1, 1, 'k'); insert into c values (3, 1); commit")
            let transaction = try connection.rows("select max(transaction_id) from audit.activity")[0]
            try connection.run("insert into d values (4, 3)")
            let refused = try database.revert(transaction, status: 3)
            #expect(refused.contains("rows of \"public\".\"d\" refer to it"), "\(refused)")
            // A partition that is under capture by itself.
            #expect(try database.run("init e1 --schema audit --yes").status == 0)
            try connection.run("insert into e1 values (1); insert into f values (1, 1)")
            let leaf = try connection.rows("select max(id) from audit.activity")[0]
            let refusedLeaf = try database.revert("--activity \(leaf)", status: 3)
            #expect(refusedLeaf.contains("rows of \"public\".\"f\" refer to it"), "\(refusedLeaf)")
            try connection.run("delete from d")
            _ = try database.revert(transaction)
            #expect(try connection.rows("select count(*) from c") == ["0"])
        }
    }
}
