import AuditSetup
import Postgres
import TestDatabase
import Testing

@Suite struct GrowthTests {
    private func status(_ connection: borrowing Connection) throws -> Status {
        try Catalog.read(from: connection, auditSchema: "audit").status(from: connection)
    }

    /// Activities of the given ids, each as many hours old.
    private func write(_ rows: String, on connection: borrowing Connection) throws {
        try connection.run(
            """
            insert into audit.activity (id, schema, table_name, issued_at, verb)
            select r.id, 'public', 't', statement_timestamp() at time zone 'UTC' - make_interval(mins => r.minutes), 'insert'
            from (\(rows)) as r (id, minutes)
            """
        )
    }

    @Test func anEmptyTrailDoesNotGrow() throws {
        try withDatabase { connection, _ in
            #expect(try status(connection).growth == nil)
            try connection.run("create table t (id int primary key)")
            try install(request("t"), on: connection)
            let none = Growth.Amount(activities: 0, bytes: 0)
            #expect(try status(connection).growth == Growth(lastDay: none, lastWeek: none))
        }
    }

    @Test func growthIsWhatTheLastDayAndWeekHaveBrought() throws {
        try withDatabase { connection, _ in
            try connection.run("create table t (id int primary key)")
            try install(request("t"), on: connection)
            // One an hour for forty days; the newest is half an hour old.
            try write("select n, (960 - n) * 60 + 30 from generate_series(1, 960) as n", on: connection)
            let status = try status(connection)
            let growth = try #require(status.growth)
            #expect(growth.lastDay.activities == 24 && growth.lastWeek.activities == 168)
            let bytes = status.activityBytes + status.transactionBytes
            #expect(growth.lastDay.bytes == bytes / 40)
        }
    }

    @Test(arguments: [
        ("select n, 5 from generate_series(101, 110) as n", 10, 10),
        ("select n, 60 * 24 * 30 from generate_series(1, 10) as n", 0, 0),
        ("values (7, 60 * 24 * 3)", 0, 1),
        ("values (1, 60 * 24 * 30), (1000000, 60 * 24 * 2), (1000001, 1)", 1, 2),
        ("values (1, 60 * 24 * 30), (2, null::integer), (3, 1)", 2, 2),
        // The sequence jumped: by setval, after a crash, over transactions that failed.
        ("values (1, 60 * 24 * 30), (2, 60), (5000000002, 50), (5000000035, 1)", 3, 3),
        ("select n * 1000, (1000 - n) from generate_series(1, 1000) as n", 1000, 1000),
    ])
    func growthIsFoundInOddTrails(rows: String, day: Int64, week: Int64) throws {
        try withDatabase { connection, _ in
            try connection.run("create table t (id int primary key)")
            try install(request("t"), on: connection)
            try write(rows, on: connection)
            let growth = try #require(try status(connection).growth)
            #expect([growth.lastDay.activities, growth.lastWeek.activities] == [day, week])
        }
    }

    /// What is more than is counted is estimated, however the sequence jumped.
    @Test(arguments: ["n", "n * 3", "n + n / 100000 * 1000000000", "n * 2 + n / 32 * 32"])
    func muchIsEstimated(id: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table t (id int primary key)")
            try install(request("t"), on: connection)
            // In two days and twelve hours.
            try write("select \(id), (216000 - n) / 60 from generate_series(1, 216000) as n", on: connection)
            try connection.run("analyze audit.activity")
            let status = try status(connection)
            let growth = try #require(status.growth)
            #expect(growth.lastDay.activities == 86400 && !growth.lastDay.isEstimate)
            #expect(growth.lastWeek.isEstimate && abs(growth.lastWeek.activities - 216_000) < 25_000)
            let bytes = status.activityBytes + status.transactionBytes
            #expect(growth.lastWeek.bytes <= bytes && growth.lastWeek.bytes > bytes * 8 / 10)
        }
    }

    @Test func growthIsUnknownToARoleThatMayNotReadTheTrail() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key)")
            try install(request("t"), on: connection)
            let role = try database.makeRole("guest", on: connection)
            let status = try status(database.connect(as: role))
            #expect(status.isInstalled && status.growth == nil)
            #expect(status.notes.contains { $0.hasSuffix("last activity and growth are unknown") })
        }
    }
}
