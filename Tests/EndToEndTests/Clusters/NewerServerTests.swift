import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// A database with a trail, taken from Debian's server to a newer one.
@Suite(
    .enabled("a server of our own is newer than Debian's") {
        try getenv("AUDIT_TUI_TEST_URL") == nil && TestDatabase.serverVersion() >= 18
    }
)
struct NewerServerTests {
    /// Ways to take a database along, by the programs of the older server and by those of the newer one.
    enum Way: String, CaseIterable {
        case dumpedByOlder, archivedByOlder, dumpedByNewer

        func command(_ programs: String, from source: ClusterDatabase, to target: ClusterDatabase) -> String {
            let psql = "psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \(target.options)"
            return switch self {
            case .dumpedByOlder: "\(programs)/pg_dump \(source.options) | \(psql)"
            case .archivedByOlder:
                "\(programs)/pg_dump -Fc \(source.options) | pg_restore --exit-on-error \(target.options)"
            case .dumpedByNewer: "pg_dump \(source.options) | \(psql)"
            }
        }
    }

    private func withRestored(_ way: Way, _ body: (ClusterDatabase) throws -> Void) throws {
        let older = try OlderServer()
        let cluster = try Cluster()
        let (source, target) = (try older.makeDatabase(), try cluster.makeDatabase())
        try source.useUpTransactions(5000)
        let connection = try source.connect()
        try connection.run(
            """
            create type mood as enum ('calm', 'tense');
            create table users (id int primary key, name text); insert into users values (7, 'Ada');
            create table orders (gone int, id int primary key, status text, j json, m mood);
            alter table orders drop column gone;
            create table events (id int, day date, note text, primary key (id, day)) partition by range (day);
            create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01')
            """
        )
        let outcome = try source.run("init --yes --always --actor-table users --leave users orders events")
        try #require(outcome.status == 0, "\(outcome.output)")
        for id in 1...20 { try connection.run("insert into orders values (\(id), 'old \(id)', '{\"a\": 1}', 'calm')") }
        try connection.run("insert into events values (1, '2026-05-01', 'before')")
        try connection.run("delete from orders where id = 20")
        try connection.run(
            "begin; set local audit.actor_id = 7; update orders set status = 'old update', m = 'tense' where id = 1; commit"
        )
        let copied = try shell(way.command(older.programs, from: source, to: target))
        try #require(copied.status == 0, "\(copied.output)")
        let restored = try target.connect()
        #expect(connection.serverVersion < restored.serverVersion)
        let greater = "select min(native_transaction_id) > txid_snapshot_xmax(txid_current_snapshot()) from activity"
        try #require(restored.rows(greater) == ["t"])
        try body(target)
    }

    /// What the test's own session writes on the newer server: transactions 24 to 27.
    private func write(to database: ClusterDatabase) throws {
        let connection = try database.connect()
        try connection.run("insert into orders values (21, 'new 21', '[2]', 'tense')")
        try connection.run(
            "begin; set local audit.actor_id = 7; update orders set status = 'new update' where id = 1; commit"
        )
        try connection.run("update events set note = 'after'")
        try connection.run("delete from orders where id = 2")
    }

    @Test(arguments: Way.allCases) func whatIsWrittenThereIsRecordedAndListedInItsOrder(way: Way) throws {
        try withRestored(way) { database in
            try write(to: database)
            let log = try database.run("log --limit 6").output.split(separator: "\n")
            #expect(
                log.filter { $0.hasPrefix("    ") && !$0.hasPrefix("     ") } == [
                    "    delete public.orders id=2", "    update public.events id=1, day=2026-05-01",
                    "    update public.orders id=1", "    insert public.orders id=21",
                    "    update public.orders id=1", "    delete public.orders id=20",
                ]
            )
            #expect(log.filter { $0.contains("Ada (#7)") }.count == 2, "\(log)")
            let history = try database.run("history orders 1")
            let versions = history.output.split(separator: "\n").map { $0.split(separator: "  ") }
            #expect(versions.first?.last == "3 versions, the live row matches")
            #expect(
                versions.dropFirst().map { $0.dropFirst(2).joined(separator: ", ") } == [
                    "Ada, tx 25, update, status", "Ada, tx 23, update, m, status", "unknown actor, tx 1, insert",
                ]
            )
            let gaps = try database.run("status --gaps")
            #expect(gaps == Outcome(status: 0, output: "no gaps in 2 tables with 27 activities\n"))
        }
    }

    @Test func nothingIsWantingAfterAnotherInit() throws {
        try withRestored(.dumpedByOlder) { database in
            let holes = try database.run("status").output.split(separator: "\n").filter { $0.hasPrefix("  ") }
            // Of what the older server had dropped, nothing was restored: columns have other numbers.
            #expect(holes.map { $0.split(separator: ":")[0] } == ["  stale  public.orders"])
            try write(to: database)
            let mended = try database.run("init --yes")
            #expect(mended.status == 0 && mended.output.contains("renew the capture of public.orders"), "\(mended)")
            let status = try database.run("status")
            #expect(status.status == 0 && status.output.contains("\nno holes"), "\(status)")
            let again = try database.run("init --yes orders events").output
            #expect(again == "Nothing to do: everything is as asked for.\n")
            try database.connect().run("update orders set m = 'tense', j = '[1]' where id = 3")
            let last = try database.run("show 28").output
            #expect(last.contains("+ j: [1]") && last.contains("+ m: \"tense\""), "\(last)")
            #expect(try database.run("status --gaps").output == "no gaps in 2 tables with 28 activities\n")
        }
    }

    @Test func changesOfBothServersAreTakenBack() throws {
        try withRestored(.dumpedByOlder) { database in
            try write(to: database)
            let before = "select id, status, j::text, m from orders where id in (1, 2, 20) order by id"
            for transaction in [27, 25, 23, 22] {
                let command = "\(program) revert \(transaction) --config /dev/null \(database.options)"
                let outcome = try shell("\(command) | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \(database.options)")
                #expect(outcome.status == 0, "\(outcome.output)")
            }
            #expect(
                try database.connect().rows(before) == [
                    #"1 | old 1 | {"a": 1} | calm"#, #"2 | old 2 | {"a": 1} | calm"#,
                    #"20 | old 20 | {"a": 1} | calm"#,
                ]
            )
            let history = try database.run("history orders 1").output
            #expect(history.contains("5 versions, the live row matches"), "\(history)")
            #expect(try database.run("status --gaps").output == "no gaps in 2 tables with 31 activities\n")
        }
    }
}
