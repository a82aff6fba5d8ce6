import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// A database of the tests' server, restored into another cluster whose transactions have lower numbers.
@Suite struct OtherClusterTests {
    private func withRestored(_ body: (ClusterDatabase) throws -> Void) throws {
        let cluster = try Cluster()
        let target = try cluster.makeDatabase()
        try withDatabase { connection, database in
            let loop = "for i in 1..5000 loop perform txid_current(); commit; end loop"
            try connection.run("do $$ begin \(loop); end $$")
            try connection.run("create table orders (id int primary key, status text)")
            try #require(database.run("init --yes --always orders").status == 0)
            for id in 1...40 { try connection.run("insert into orders values (\(id), 'old \(id)')") }
            try connection.run("update orders set status = 'old update' where id = 1")
            let copy =
                "pg_dump \(try database.options()) | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \(target.options)"
            let outcome = try shell(copy)
            try #require(outcome.status == 0, "\(outcome.output)")
        }
        let greater = "select min(native_transaction_id) > txid_snapshot_xmax(txid_current_snapshot()) from activity"
        try #require(target.connect().rows(greater) == ["t"])
        try body(target)
    }

    @Test func whatIsWrittenAfterTheRestoreIsTheNewest() throws {
        try withRestored { database in
            let connection = try database.connect()
            for id in 41...43 { try connection.run("insert into orders values (\(id), 'new \(id)')") }
            try connection.run("update orders set status = 'new update' where id = 1")
            let log = try database.run("log --limit 3").output
            let statuses = log.split(separator: "\n").filter { $0.contains("+ status") }
            #expect(
                statuses == [
                    #"      + status: "new update""#, #"      + status: "new 43""#, #"      + status: "new 42""#,
                ]
            )
            let history = try database.run("history orders 1").output
            #expect(history.contains("3 versions, the live row matches"), "\(history)")
            let gaps = try database.run("status --gaps")
            #expect(gaps == Outcome(status: 0, output: "no gaps in 1 table with 45 activities\n"))
            let status = try database.run("status")
            #expect(status.output.contains("captures nothing") == false && status.output.contains("made by audit-tui"))
            #expect(try database.run("init --yes orders").status == 0)
            #expect(try database.run("status").output.contains("\nno holes"))
        }
    }

    @Test func theListAndFollowingGoByWhatIsNew() throws {
        try withRestored { database in
            let connection = try database.connect()
            try connection.run("insert into orders values (41, 'first here')")
            let window = try TerminalWindow()
            try window.run("\(program) --config /dev/null \(database.options); echo status $?")
            let screen = try window.wait(for: "tx 1/42")
            #expect(screen.contains("+ status \"first here\"") || screen.contains("first here"), "\(screen)")
            try window.press("F")
            try window.wait(for: "● FOLLOW")
            try connection.run("insert into orders values (42, 'followed here')")
            try window.wait(for: "tx 1/43")
            try window.wait(for: "followed here")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }
}
