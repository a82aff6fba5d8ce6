import AuditTrail
import Glibc
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Following the trail with writers beside each other.
@Suite struct FollowerTests {
    private func ids(_ follower: inout TrailFollower) throws -> [Int64] {
        var ids: [Int64] = []
        while case let found = try follower.nextActivities(), !found.isEmpty { ids += found.map(\.activity.id) }
        return ids
    }

    @Test func whatWasCommittedOutOfOrderIsReadOnce() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try connection.run("insert into orders values (1)")
            let slow = try database.connect()
            // In progress when the follower starts, with a lower id than what is committed first.
            try slow.run("begin; insert into orders values (2)")
            let trail = try Trail.open(on: connection, schema: nil)
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            #expect(try ids(&follower) == [])
            let later = try database.connect()
            try later.run("insert into orders values (3)")
            #expect(try ids(&follower) == [3])
            try slow.run("insert into orders values (4); commit")
            #expect(try ids(&follower) == [2, 4])
            try later.run("begin; insert into orders values (5); rollback")
            #expect(try ids(&follower) == [])
        }
    }

    /// Between the snapshot that following begins with and the look at the numbers.
    @Test func whatIsCommittedMeanwhileIsNotTakenForAnotherServers() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: nil)
            let snapshot = try Snapshot(reader.execute(Statements.snapshot.statement()))
            try connection.run("insert into orders values (1)")
            let isOfAnother = try reader.execute(Statements.future.statement(of: trail), [snapshot.firstUnended])
                .first { row throws(PostgresError) in try row.boolean(0) }
            #expect(isOfAnother == false)
        }
    }

    /// How many transactions a filter selects that are new since the moment, which becomes the present one.
    private func news(
        _ text: String,
        since moment: inout TrailMoment?,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> Int {
        let answer = try trail.answer(to: .news(since: moment, filter(text)), on: connection)
        guard case .news(let now, let nativeIDs) = answer else { return -1 }
        moment = now
        return nativeIDs.count
    }

    @Test func theBrowserIsToldOfEachTransactionOnceAndOfThoseOfItsFilterOnly() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let slow = try database.connect()
            try slow.run("begin; insert into orders values (2)")
            let trail = try Trail.open(on: connection, schema: nil)
            var moment: TrailMoment?
            var counts = [try news("", since: &moment, trail, connection)]
            let later = try database.connect()
            for number in 3...4 { try later.run("insert into orders values (\(number))") }
            for _ in 0..<2 { counts.append(try news("", since: &moment, trail, connection)) }
            try slow.run("commit")
            counts.append(try news("verb:i", since: &moment, trail, connection))
            try later.run("update orders set status = 'x' where id = 3")
            for text in ["verb:d", ""] { counts.append(try news(text, since: &moment, trail, connection)) }
            #expect(counts == [0, 2, 0, 1, 0, 0])
        }
    }

    @Test func whatCameWithARestoreIsNotNew() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try connection.run("insert into orders values (1), (2)")
            try connection.run(
                "update audit.activity set native_transaction_id = native_transaction_id + case id when 1 then 3 else 1000000 end"
            )
            let trail = try Trail.open(on: connection, schema: nil)
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            let writer = try database.connect()
            for id in 3...8 { try writer.run("insert into orders values (\(id))") }
            #expect(try ids(&follower) == [3, 4, 5, 6, 7, 8])
        }
    }

    @Test func whatCameWithARestoreIsNotOfTheTransactionThatHasItsNumberNow() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try connection.run("insert into orders values (1), (2)")
            let writer = try database.connect()
            try writer.run("begin")
            let number = try writer.rows("select txid_current()")[0]
            try connection.run(
                "update audit.activity set native_transaction_id = case id when 1 then \(number) else \(number) + 1000000 end"
            )
            let trail = try Trail.open(on: connection, schema: nil)
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            try writer.run("insert into orders values (3); commit")
            #expect(try ids(&follower) == [3])
        }
    }

    /// A trail of views, whose numbers may be those of any server.
    private func withViews(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try connection.run(
                """
                create schema seen;
                create view seen.transaction as select * from audit.transaction;
                create view seen.activity as select id, transaction_id, native_transaction_id - 1000000 as native_transaction_id,
                    schema, table_name, relid, issued_at, verb, old_data, changed_data from audit.activity;
                """
            )
            try body(connection, database)
        }
    }

    @Test func numbersOfAnotherServerAreFollowedByWhatArrives() throws {
        try withViews { connection, database in
            try connection.run("insert into orders values (1)")
            let slow = try database.connect()
            try slow.run("begin; insert into orders values (2)")
            let trail = try Trail.open(on: connection, schema: "seen")
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: filter("verb:i"))
            var moment: TrailMoment?
            var counts = [try news("verb:i", since: &moment, trail, connection)]
            #expect(try ids(&follower) == [])
            let later = try database.connect()
            try later.run("insert into orders values (3)")
            try later.run("begin; insert into orders values (4); rollback")
            try later.run("update orders set status = 'x' where id = 3; insert into orders values (5)")
            #expect(try ids(&follower) == [3, 6])
            counts.append(try news("verb:i", since: &moment, trail, connection))
            try slow.run("commit")
            #expect(try ids(&follower) == [2])
            for _ in 0..<2 { counts.append(try news("verb:i", since: &moment, trail, connection)) }
            #expect(counts == [0, 2, 1, 0])
        }
    }

    @Test func moreThanOneLookFindsArrivesWhole() throws {
        try withViews { connection, database in
            let trail = try Trail.open(on: connection, schema: "seen")
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            try database.connect().run(
                "insert into orders select generate_series(1, 21000); update orders set status = 'y' where id = 1"
            )
            #expect(try ids(&follower) == (1...21_001).map { Int64($0) })
        }
    }

    @Test func theFilterHoldsAndActorsAreNamed() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let writer = try database.connect()
            var follower = try TrailFollower.start(
                on: database.connect(),
                trail: trail,
                filter: filter("actor:al* verb:i")
            )
            for (actor, id) in [("1", 1), ("2", 2), ("3", 3)] {
                try write("insert into orders values (\(id)); update orders set status = 'x'", by: actor, on: writer)
            }
            let found = try follower.nextActivities()
            #expect(found.map { $0.actor?.label } == ["Alice", "Alan"])
            #expect(found.map(\.activity.verb) == [.insert, .insert])
        }
    }

    /// Eight sessions that write at once, each transaction of a random length with a pause of the server's in it.
    @Test func nothingIsLostOrRepeatedWithManyWriters() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            var writers = try Writers(count: 8, transactions: 60, in: database)
            var seen: [Int64] = []
            while writers.areWriting { seen += try follower.nextActivities().map(\.activity.id) }
            seen += try ids(&follower)
            let written = try connection.rows("select id from audit.activity order by id")
            print("follower: \(seen.count) of \(written.count) activities of 8 writers")
            #expect(written.count > 8 * 60)
            #expect(seen.sorted().map { String($0) } == written)
        }
    }
}

/// Sessions of psql that write beside each other, started as processes of their own.
private struct Writers {
    private let stream: UnsafeMutablePointer<FILE>
    private let limit = ContinuousClock.now + .seconds(120)
    private var isDone = false

    init(count: Int, transactions: Int, in database: TestDatabase) throws {
        let script = """
            begin; insert into sales.leads select g from generate_series(1, 1 + (random() * 5)::int) as g;
            select pg_sleep(random() * 0.01); insert into sales.leads values (0); commit;
            """.replacing("\n", with: " ")
        let settings = try database.settings()
        let psql =
            "psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -h '\(settings.host ?? "")' -p \(settings.port ?? "5432")"
            + " -U \(settings.user ?? "postgres") -d \(database.name)"
        let writer = "for i in $(seq \(transactions)); do echo '\(script)'; done | \(psql) &"
        stream = try #require(popen("\(String(repeating: writer + "\n", count: count))", "r"))
        _ = fcntl(fileno(stream), F_SETFL, O_NONBLOCK)
    }

    /// Whether one of them is still there, for two minutes at most; their end closes the stream.
    var areWriting: Bool {
        mutating get {
            var byte: UInt8 = 0
            if !isDone, read(fileno(stream), &byte, 1) == 0 {
                isDone = true
                pclose(stream)
            }
            return !isDone && ContinuousClock.now < limit
        }
    }
}
