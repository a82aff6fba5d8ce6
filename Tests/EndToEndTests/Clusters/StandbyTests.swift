import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// A server in recovery, and what it is after it was promoted.
@Suite struct StandbyTests {
    private func withStandby(_ body: (ClusterDatabase, ClusterDatabase) throws -> Void) throws {
        let cluster = try Cluster()
        let primary = try cluster.makeDatabase()
        let connection = try primary.connect()
        try connection.run("create table orders (id int primary key, status text)")
        let outcome = try primary.run("init --yes --notify orders")
        try #require(outcome.status == 0, "\(outcome.output)")
        try connection.run("insert into orders values (1, 'new')")
        try connection.run("update orders set status = 'paid'")
        let standby = try Standby(of: primary)
        let copy = ClusterDatabase(settings: standby.settings)
        try withExtendedLifetime(standby) { try body(primary, copy) }
    }

    @Test func everyReadingCommandSaysOnAStandbyWhatItSaysOnItsPrimary() throws {
        try withStandby { primary, standby in
            let commands = [
                "status", "status --json", "status --gaps", "log", "log --format jsonl", "history orders 1", "show 2",
                "blame orders 1", "row orders 1 --at 2100-01-01", "revert 2", "revert 2 --check", "init --yes orders",
            ]
            for level in ["read committed", "serializable"] {
                try primary.connect().run("alter database shop set default_transaction_isolation = '\(level)'")
                try waitUntil([level]) { try standby.connect().rows("show default_transaction_isolation") }
                for command in commands {
                    let (expected, found) = (try primary.run(command), try standby.run(command))
                    #expect(found == expected, "\(command) at level \(level)")
                    #expect([0, 5].contains(found.status), "\(command): \(found)")
                }
            }
            let refused = try standby.run("remove --yes")
            #expect(refused.status == 1 && refused.output.contains("recovery"), "\(refused)")
        }
    }

    @Test func aStandbyIsFollowedByLookingAndGoesOnWhenItIsPromoted() throws {
        try withStandby { primary, standby in
            let window = try TerminalWindow()
            try window.run("\(program) --config /dev/null \(standby.options); echo status $?")
            try window.wait(for: "tx 1/2")
            // A picker asks over the session that listens elsewhere.
            try window.walk([(["t"], "─ tables ─"), (["Escape", "F"], "● FOLLOW")])
            try primary.connect().run("insert into orders values (2, 'followed')")
            try window.wait(for: "tx 1/3")
            let promoted = try standby.connect()
            #expect(try promoted.rows("select pg_promote()") == ["t"])
            try promoted.run("insert into orders values (3, 'promoted')")
            try window.wait(for: "tx 1/4")
            try window.press("Q")
            try window.wait(for: "status 0")
            #expect(try standby.run("init --yes --always orders").status == 0)
            #expect(try standby.run("status").status == 0)
            #expect(try standby.run("log --limit 1").output.contains("promoted"))
        }
    }
}
