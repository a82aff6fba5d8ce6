import AuditQuery
import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// What the views beside the list are told.
@Suite struct OverviewTests {
    private func makeHistory(on connection: borrowing Connection) throws {
        try makeShop(on: connection)
        try write("insert into orders select n, 'new' from generate_series(1, 4) n", by: "1", on: connection)
        try write("update orders set status = 'paid'", by: "2", on: connection)
        try write("delete from orders where id = 1; insert into sales.leads values (1, 'x')", by: "2", on: connection)
        try connection.run("update audit.activity set transaction_id = null where verb = 'delete'")
        try connection.run("alter table sales.leads disable trigger audit_trigger_update")
    }

    @Test func tablesAndActorsTellWhatWasDoneOfLate() throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            guard case .tableOverview(let tables) = try trail.answer(to: .tableOverview, on: connection),
                case .actorOverview(let actors) = try trail.answer(to: .actorOverview, on: connection)
            else {
                Issue.record("no overview")
                return
            }
            #expect(tables.map(\.count.table.description) == ["public.orders", "sales.leads"])
            #expect(tables.map(\.count.activities) == [9, 1])
            #expect(tables.map(\.newest.total) == [9, 1])
            #expect(tables[0].newest == VerbCounts(inserts: 4, updates: 4, deletes: 1))
            #expect(tables.map(\.capture) == [.recording, .disabled])
            #expect(tables.map(\.keyColumns) == [["id"], []])
            #expect(tables.map(\.lastActor) == [nil, Actor(id: "2", label: "Bob")])
            #expect(actors.map(\.actor?.label) == ["Bob", "Alice", nil])
            #expect(actors.map(\.transactions) == [2, 1, 1])
            #expect(actors.map(\.lastClient) == ["10.0.0.2", "10.0.0.1", nil])
        }
    }

    /// From PostgreSQL 15 on, the copies of a trigger that partitions have are no longer internal ones.
    @Test func partitionsAreNoTablesOfTheirOwn() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table events (id int primary key) partition by list (id);
                create table events_1 partition of events for values in (1); create table events_2 partition of events default
                """
            )
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "events")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run("insert into events values (1), (2)")
            let trail = try Trail.open(on: connection, schema: nil)
            guard case .tableOverview(let tables) = try trail.answer(to: .tableOverview, on: connection),
                case .health(let facts) = try trail.answer(to: .health, on: connection)
            else {
                Issue.record("no overview")
                return
            }
            #expect(tables.map(\.count.table.description) == ["public.events"])
            #expect(facts.first { $0.name == "recorded tables" }?.value == "1")
        }
    }

    @Test(arguments: ["", "table:orders", "verb:u", "actor:nobody"])
    func theSummaryCountsWhatTheFilterSelects(_ text: String) throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            guard case .summary(let summary) = try trail.answer(to: .summary(filter(text)), on: connection) else {
                Issue.record("no summary")
                return
            }
            #expect(summary.activities == ["": 10, "table:orders": 9, "verb:u": 4, "actor:nobody": 0][text])
            let items = Dictionary(summary.items.map { ("\($0.subject) \($0.text)", $0.count) }) { first, _ in first }
            if text == "verb:u" {
                #expect(
                    items == [
                        "table public.orders": 4, "actor Bob": 4, "verb update": 4, "column status": 4,
                        "transition status new→paid": 4,
                    ]
                )
            }
            for item in summary.items {
                let term = try #require(item.term)
                let selected = try trail.answer(
                    to: .summary(filter(text).and(Filter([.term(term)]))),
                    on: connection
                )
                guard case .summary(let narrowed) = selected else { return }
                #expect(narrowed.activities == item.count, "\(text) \(item.text)")
            }
        }
    }

    @Test func theTimelineTellsVerbsApart() throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            try connection.run("update audit.activity set issued_at = timestamp 'epoch' + id * interval '1 minute'")
            let trail = try Trail.open(on: connection, schema: nil)
            let minute = { (number: Int64) in Timestamp(microseconds: number * 60_000_000) }
            guard
                case .timeline(let timeline?) = try trail.answer(
                    to: .timeline(from: minute(1), to: minute(13), spans: 3),
                    on: connection
                )
            else {
                Issue.record("no timeline")
                return
            }
            #expect(timeline.histogram.counts == [4, 4, 2])
            #expect(timeline.samples.map { $0.inserts > 0 } == [true, false, true])
            #expect(timeline.samples.map { $0.updates > 0 } == [false, true, false])
            #expect(timeline.samples.map { $0.deletes > 0 } == [false, false, true])
        }
    }

    @Test func healthNamesWhatIsWrong() throws {
        try withDatabase { connection, database in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            guard case .health(let facts) = try trail.answer(to: .health, on: connection) else {
                Issue.record("no facts")
                return
            }
            let values = Dictionary(facts.map { ($0.name, $0) }) { first, _ in first }
            #expect(values["switched off"] == HealthFact("switched off", "sales.leads", .bad))
            #expect(values["no primary key"] == HealthFact("no primary key", "sales.leads", .info))
            #expect(values["recorded tables"]?.value == "2")
            #expect(
                values["without transaction"]?.value
                    == "1 of the newest 10 activities: written outside the application"
            )
            #expect(values["growth"]?.value.hasPrefix("10 activities in the last day, 10 in seven days") == true)
            try database.connect().run("update audit.activity set id = id + 5000000000 where id > 5")
            guard case .health(let later) = try trail.answer(to: .health, on: connection) else { return }
            let growth = later.first { $0.name == "growth" }?.value
            #expect(growth?.hasPrefix("10 activities in the last day, 10 in seven days") == true)
            #expect(values["index by table"]?.state == .good)
            #expect(values["invalid indexes"]?.state == .good)
            try database.connect().run("drop index audit.ix_audit_activity_native_transaction_id")
            let slow = try Trail.open(on: connection, schema: nil)
            guard case .health(let facts) = try slow.answer(to: .health, on: connection) else {
                Issue.record("no facts")
                return
            }
            #expect(facts.contains(HealthFact("index by transaction", "missing: every page is slow", .bad)))
        }
    }
}
