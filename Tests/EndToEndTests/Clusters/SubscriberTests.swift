import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Logical replication: tables that a subscription writes to, and trails that one brings.
@Suite struct SubscriberTests {
    private let tables = """
        create table orders (id int primary key, status text); create table late (id int primary key);
        create table events (id int primary key, v int) partition by range (id);
        create table events_1 partition of events for values from (0) to (100);
        create table events_2 partition of events for values from (100) to (200);
        """

    private func subscribe(_ subscriber: ClusterDatabase, to publisher: ClusterDatabase, _ publication: String) throws {
        let settings = publisher.settings
        let string = "host=\(settings.host ?? "") port=5432 user=postgres dbname=\(settings.database ?? "")"
        try subscriber.connect().run("create subscription taken connection '\(string)' publication \(publication)")
        try waitForCopies(subscriber)
    }

    private func waitForCopies(_ subscriber: ClusterDatabase) throws {
        let connection = try subscriber.connect()
        try waitUntil(["0"]) {
            try connection.rows("select count(*) from pg_subscription_rel where srsubstate <> 'r'")
        }
    }

    private func holes(_ database: ClusterDatabase) throws -> [String] {
        try database.run("status").output.split(separator: "\n").filter { $0.hasPrefix("  replication") }.map(
            String.init
        )
    }

    @Test func allThatASubscriptionBringsIsRecordedOrNamed() throws {
        let (sending, receiving) = (try Cluster(), try Cluster())
        let (publisher, subscriber) = (try sending.makeDatabase(), try receiving.makeDatabase())
        let source = try publisher.connect()
        try source.run(tables + "insert into orders values (1, 'copied')")
        try source.run("create publication sent for table orders, events")
        let target = try subscriber.connect()
        try target.run(tables)
        #expect(try subscriber.run("init --yes orders late events").status == 0)
        try subscribe(subscriber, to: publisher, "sent")
        let open = "what a subscription brings to it is not recorded; audit-tui init --always records it"
        #expect(
            try holes(subscriber)
                == ["  replication  public.events: \(open)", "  replication  public.orders: \(open)"]
        )
        #expect(try subscriber.run("init --yes --always").status == 0)
        #expect(try holes(subscriber) == [])
        try source.run(
            """
            insert into orders values (2, 'a'), (3, 'b'); update orders set status = 'c' where id = 1;
            delete from orders where id in (2, 3); truncate orders;
            insert into events values (1, 1), (2, 2); update events set v = 3 where id = 1; delete from events where id = 2
            """
        )
        try target.run("insert into orders values (9, 'local'); delete from orders where id = 9")
        let written = [
            "events delete 2", "events insert 1", "events insert 2", "events update 1",
            "orders delete 2", "orders delete 3", "orders delete 9",
            "orders insert 2", "orders insert 3", "orders insert 9", "orders truncate ", "orders update 1",
        ]
        try waitUntil(written) {
            try target.rows(
                """
                select concat(table_name, ' ', verb, ' ', coalesce(old_data ->> 'id', changed_data ->> 'id'))
                from activity order by table_name, verb, coalesce(old_data ->> 'id', changed_data ->> 'id')
                """
            )
        }
        #expect(try target.rows("select count(*) from activity a where transaction_id is null") == ["0"])
    }

    @Test func aTableThatComesIntoASubscriptionLaterIsNamedAndMended() throws {
        let (sending, receiving) = (try Cluster(), try Cluster())
        let (publisher, subscriber) = (try sending.makeDatabase(), try receiving.makeDatabase())
        let source = try publisher.connect()
        try source.run(tables + "create publication sent for table orders")
        let target = try subscriber.connect()
        try target.run(tables)
        try subscribe(subscriber, to: publisher, "sent")
        #expect(try subscriber.run("init --yes --always orders late events").status == 0)
        #expect(try subscriber.run("status").output.contains("\nno holes"))
        try source.run("alter publication sent add table late")
        try target.run("alter subscription taken refresh publication")
        try waitForCopies(subscriber)
        let came = "inserts and deletes that a subscription brings to it are not recorded; audit-tui init repairs it"
        #expect(try holes(subscriber) == ["  replication  public.late: \(came)"])
        let repair = try subscriber.run("init --yes")
        #expect(repair.status == 0 && repair.output.contains("renew the capture of public.late"), "\(repair.output)")
        #expect(try holes(subscriber) == [])
        try source.run("insert into late values (1); delete from late")
        try waitUntil(["insert", "delete"]) { try target.rows("select verb from activity order by id") }
        // What has left a subscription is captured as before, only slower than it might be.
        try target.run("drop subscription taken")
        try target.run("insert into late values (2)")
        let left = try subscriber.run("status").output
        #expect(left.contains("stale  public.late: captured row by row for a subscription that it is no longer in"))
        #expect(try subscriber.run("init --yes").status == 0)
        try target.run("insert into late values (3)")
        #expect(try target.rows("select count(*) from activity where verb = 'insert'") == ["3"])
        #expect(try subscriber.run("status").output.contains("\nno holes"))
    }

    /// A publisher whose transactions have greater numbers, and a subscriber that has its trail and captures nothing.
    private func withReplicatedTrail(_ body: (ClusterDatabase, ClusterDatabase) throws -> Void) throws {
        let (sending, receiving) = (try Cluster(), try Cluster())
        let (publisher, subscriber) = (try sending.makeDatabase(), try receiving.makeDatabase())
        let source = try publisher.connect()
        try publisher.useUpTransactions(5000)
        try source.run("create table orders (id int primary key, status text); create publication sent for all tables")
        let told = try publisher.run("init --yes orders")
        #expect(told.output.contains("note: publication sent sends the trail: a subscriber"), "\(told.output)")
        #expect(try publisher.run("status").output.contains("note: publication sent sends the trail: a subscriber"))
        try source.run("insert into orders values (1, 'a')")
        try subscriber.connect().run("create table orders (id int primary key, status text)")
        let copied = try shell(
            "pg_dump \(publisher.options) -s --no-publications -t activity -t transaction | grep -v 'create_activity\\|CREATE TRIGGER'"
                + " | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \(subscriber.options)"
        )
        try #require(copied.status == 0, "\(copied.output)")
        try subscribe(subscriber, to: publisher, "sent")
        try body(publisher, subscriber)
    }

    @Test func aReplicatedTrailIsListedAndFollowed() throws {
        try withReplicatedTrail { publisher, subscriber in
            let status = try subscriber.run("status")
            #expect(status.status == 0 && status.output.contains("schema    public, captures nothing"))
            #expect(status.output.contains("note: a subscription brings the trail of another server"), "\(status)")
            let gaps = try subscriber.run("status --gaps")
            #expect(gaps.status == 3 && gaps.output.contains("nothing is captured into schema public"), "\(gaps)")
            let source = try publisher.connect()
            let window = try TerminalWindow()
            try window.run("\(program) --config /dev/null \(subscriber.options); echo status $?")
            try window.wait(for: "tx 1/1")
            try window.press("F")
            try window.wait(for: "● FOLLOW")
            // A transaction that is overtaken: its ids are below those that come before it.
            let slow = try publisher.connect()
            try slow.run("begin; insert into orders values (2, 'slow')")
            try source.run("insert into orders values (3, 'fast')")
            try window.wait(for: "tx 1/2")
            try slow.run("commit")
            try window.wait(for: "tx 1/3")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func theLogOfAReplicatedTrailIsFollowed() throws {
        try withReplicatedTrail { publisher, subscriber in
            let source = try publisher.connect()
            let slow = try publisher.connect()
            try slow.run("begin; insert into orders values (2, 'slow')")
            let file = "/tmp/audit-tui-follow-\(getpid())-\(UInt32.random(in: 0 ... .max))"
            defer { unlink(file) }
            let follow = "\(program) log --follow --interval 50ms --limit 3 --format jsonl --config /dev/null"
            let started = try shell("\(follow) \(subscriber.options) >\(file) 2>&1 </dev/null & echo $!")
            let pid = try #require(pid_t(started.output.filter(\.isNumber)))
            defer { kill(pid, SIGKILL) }
            try source.run("insert into orders values (3, 'before it listens')")
            // Until the first line is there, it may not have begun to follow.
            try waitUntil(true) {
                try source.run("insert into orders select coalesce(max(id), 0) + 1, 'fast' from orders")
                usleep(100_000)
                return try shell("cat \(file)").output.contains("fast")
            }
            try slow.run("commit")
            try waitUntil(true) { try shell("cat \(file)").output.contains("\"slow\"") || kill(pid, 0) != 0 }
            #expect(try !shell("cat \(file)").output.contains("\"a\""))
        }
    }

    @Test func captureOnBothSidesOfATrailIsWarnedOf() throws {
        try withReplicatedTrail { _, subscriber in
            let collision = "a subscription brings the trail of another server, whose ids collide"
            let told = try subscriber.run("init --yes --always orders")
            #expect(told.output.contains("note: \(collision)"), "\(told.output)")
            let status = try subscriber.run("status")
            #expect(status.status == 5 && status.output.contains("replication  public.activity: \(collision)"))
            #expect(try subscriber.run("remove --yes").status == 0)
            #expect(try subscriber.run("status").status == 0)
        }
    }
}
