import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// What the trail says of single rows, compared with the rows themselves.
@Suite struct RowTests {
    @Test(arguments: [true, false])
    func aRowAtAMomentIsWhatTheTableHeldThen(hasIndexes: Bool) throws {
        try withDatabase { connection, _ in
            try RowWorkload.install(on: connection)
            var workload = RowWorkload(seed: 1, keys: 1...25)
            var moments: [Timestamp] = []
            var snapshots: [[String: JSON]] = []
            for round in 0..<20 {
                for _ in 0..<30 { try connection.run("begin; \(workload.statement()); commit") }
                if round == 9 { try connection.run("truncate items") }
                if round == 14 { try connection.run("alter table items add later int default 7") }
                try connection.run("set timezone = 'UTC'")
                let (moment, rows) = try snapshot(on: connection)
                moments.append(moment)
                snapshots.append(rows)
            }
            if !hasIndexes { try connection.run(dropIndexes) }
            let trail = try Trail.open(on: connection, schema: "audit")
            var compared = 0
            for (moment, rows) in zip(moments, snapshots) {
                for id in 1...25 {
                    let found = try row(id, at: moment, trail, connection)
                    try expect(found, toBe: rows[String(id)])
                    compared += 1
                }
                try expectTable(at: moment, toHold: rows, trail, connection)
            }
            print("row at a moment: \(compared) rows compared at \(moments.count) moments")
        }
    }

    /// The rows of the table by their keys, without the column that is not recorded, and the time when they were read.
    private func snapshot(on connection: borrowing Connection) throws -> (Timestamp, [String: JSON]) {
        let now = try connection.rows("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
        let texts = try connection.rows("select to_jsonb(i) - 'hidden' from items i")
        let rows = try texts.map { try JSON(parsing: $0) }
        let keyed = rows.map { ($0["id"]?.description ?? "", $0) }
        return (Timestamp(microseconds: Int64(now[0]) ?? 0), Dictionary(uniqueKeysWithValues: keyed))
    }

    /// All rows of the table are there, those of which the trail cannot tell are none, and none is added.
    private func expectTable(
        at moment: Timestamp,
        toHold rows: [String: JSON],
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws {
        let answer = try trail.answer(to: .table(TablePattern(name: "items"), at: moment), on: connection)
        guard case .table(let table) = answer else {
            Issue.record("no table: \(answer)")
            return
        }
        #expect(table.rows.map { $0.key[0].value.description } == rows.keys.sorted { Int($0) ?? 0 < Int($1) ?? 0 })
        for row in table.rows { try expect(row, toBe: rows[row.key[0].value.description]) }
    }

    private func row(
        _ id: Int,
        at moment: Timestamp,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> RowAtTime {
        let question = Question.row(TablePattern(name: "items"), .value(String(id)), at: moment)
        guard case .row(let row) = try trail.answer(to: question, on: connection) else {
            throw PostgresError.library(message: "no row")
        }
        return row
    }

    private func expect(_ found: RowAtTime, toBe row: JSON?) throws {
        switch (found.existence, row) {
        case (.absent, nil): break
        // A key that was never written: nobody knows, and there was none.
        case (.unknown, nil): #expect(found.lastChange == nil && found.nextChange == nil)
        case (.row(let values), let row?):
            let shape = TableShape(
                name: found.table,
                columns: [TableShape.Column(name: "made", type: "", kind: .moment)],
                keyColumns: ["id"]
            )
            #expect(shape.differingColumns(values, row) == [])
            // A column that has come with a default since the row was written is not in the trail.
            let names = Set((values.members ?? []).map(\.name))
            #expect(Set((row.members ?? []).map(\.name)).subtracting(names).isSubset(of: ["later"]))
            #expect(found.unknownColumns == ["hidden"])
        default: Issue.record("\(found) is not \(row?.description ?? "absent")")
        }
    }

    @Test func aTableThatIsTooLargeOrUnreadableIsSaidToBe() throws {
        try withDatabase { connection, database in
            try RowWorkload.install(on: connection)
            let reader = try database.makeRole("reader", on: connection)
            try connection.run(
                "insert into items (id) values (1); grant usage on schema audit to \(reader)"
            )
            try connection.run("grant select on audit.activity, audit.transaction to \(reader)")
            try connection.run("create table big as select n from generate_series(1, 100001) n")
            try connection.run("alter table big add primary key (n)")
            let trail = try Trail.open(on: connection, schema: "audit")
            let now = try Timestamp(parsing: "now", now: Timestamp(microseconds: 4_000_000_000_000_000))
            let answer = try trail.answer(to: .table(TablePattern(name: "big"), at: now), on: connection)
            #expect(
                answer
                    == .unanswerable("table public.big has or had more than 100,000 rows; give the key of one")
            )
            try connection.run("set role \(reader)")
            // Without the table itself, the trail is all that there is.
            let unread = try trail.answer(to: .table(TablePattern(name: "items"), at: now), on: connection)
            guard case .table(let table) = unread else {
                Issue.record("\(unread)")
                return
            }
            #expect(table.rows.map(\.key) == [[JSON.Member("id", .integer(1))]])
        }
    }

    /// Of a table that is small now, but was large.
    @Test func aTableWhoseTrailHasTooManyKeysIsSaidToBeTooLarge() throws {
        try withDatabase { connection, _ in
            try RowWorkload.install(on: connection)
            try connection.run("insert into items (id) select generate_series(1, 11); delete from items")
            let trail = try Trail.open(on: connection, schema: "audit")
            let moment = Timestamp(microseconds: 4_000_000_000_000_000)
            var reading = TableAtReading(TablePattern(name: "items"), at: moment, in: trail)
            reading.mostKeys = 10
            while let (statement, parameters) = reading.next() {
                try reading.received(connection.execute(statement, parameters), milliseconds: 0)
            }
            #expect(reading.problem == .tooLarge(TableName(schema: "public", name: "items")))
            #expect(reading.answer == nil)
        }
    }

    @Test func aRowWithoutKeyOrTableIsNotRead() throws {
        try withDatabase { connection, database in
            try RowWorkload.install(on: connection)
            try connection.run("create table keyless (n int); insert into items (id) values (1)")
            let trail = try Trail.open(on: connection, schema: "audit")
            let moment = Timestamp(microseconds: 4_000_000_000_000_000)
            let keyless = Question.row(TablePattern(name: "keyless"), .value("1"), at: moment)
            #expect(
                try trail.answer(to: keyless, on: connection)
                    == .unanswerable("table public.keyless has no primary key, so its rows cannot be told apart")
            )
            try database.connect().run("drop table items")
            let items = TablePattern(schema: "public", name: "items")
            let gone = Question.history(items, .columns([KeyColumn("id", "1")]), limit: 10)
            guard case .history(let history) = try trail.answer(to: gone, on: connection) else {
                Issue.record("no history")
                return
            }
            #expect(history.live == .unknown("the table is gone") && history.versions.count == 1)
        }
    }

    @Test func whatIsNoJSONOrSnapshotIsUndecodable() throws {
        try withDatabase { connection, _ in
            let odd = try connection.execute(Statement("odd", "select '{'"))
            #expect(throws: PostgresError.undecodable(statement: "odd", column: 0)) {
                _ = try odd.first { row throws(PostgresError) in try json(row, 0) }
            }
            #expect(throws: PostgresError.undecodable(statement: "odd", column: 0)) { _ = try Snapshot(odd) }
        }
    }

    @Test func replayingTheHistoryOfEveryRowRebuildsTheTable() throws {
        try withDatabase { connection, _ in
            try RowWorkload.install(on: connection)
            var workload = RowWorkload(seed: 2, keys: 1...60)
            for _ in 0..<800 { try connection.run("begin; \(workload.statement()); commit") }
            try connection.run("set timezone = 'UTC'")
            let trail = try Trail.open(on: connection, schema: "audit")
            let keys = try connection.rows("select id from public.items order by id")
            var versions = 0
            for key in keys {
                let history = try history(key, trail, connection)
                let replayed = replay(history)
                guard case .row(let live) = history.live else {
                    Issue.record("no row \(key)")
                    continue
                }
                #expect(history.isComplete && history.isLive == true)
                #expect(history.versions.allSatisfy { $0.gap == nil })
                #expect(replayed.map { history.shape.differingColumns($0, live) } == [], "\(key)")
                // Not the column that is not recorded.
                #expect(Set((live.members ?? []).map(\.name)) == Set((replayed?.members ?? []).map(\.name)))
                versions += history.versions.count
            }
            #expect(keys.count > 20)
            print("replayed: \(versions) versions of \(keys.count) rows")
        }
    }

    /// The row that the versions make, each applied to what the ones before it left.
    private func replay(_ history: RowHistory) -> JSON? {
        history.versions.reversed().reduce(JSON?.none) { row, version in
            let activity = version.change.activity
            switch activity.verb {
            case .insert: return activity.changedData
            case .delete, .truncate: return nil
            case .update, .other: return activity.changedData.flatMap { row?.replacing($0) }
            }
        }
    }

    @Test func blameNamesTheLastWriterOfEachValue() throws {
        try withDatabase { connection, _ in
            try RowWorkload.install(on: connection)
            var workload = RowWorkload(seed: 3, keys: 1...1000, movesKeys: false)
            try connection.run(
                "insert into items select n, 'n', n, now(), '{\"a\": [0, {\"x\": 1}], \"b\": null}' from generate_series(1, 1000) n"
            )
            for round in 0..<1000 {
                try connection.run("begin; \(workload.statement()); commit")
                guard round % 240 == 0 else { continue }
                try connection.run(
                    "insert into items select n, 'again', n from generate_series(1, 1000) n on conflict do nothing"
                )
            }
            let trail = try Trail.open(on: connection, schema: "audit")
            var entries = 0
            let keys = try connection.rows("select id from public.items order by id")
            for key in keys {
                let history = try history(key, trail, connection)
                let blame = try #require(Blame(history))
                for entry in blame.entries where entry.path != [.member("hidden")] {
                    let writer = try writer(of: entry.path, key, connection)
                    #expect(entry.writer.map { String($0.activity.id) } == writer, "\(key) \(pathText(entry.path))")
                    entries += 1
                }
            }
            #expect(keys.count > 800)
            print("blame: \(entries) values of \(keys.count) rows compared")
        }
    }

    /// The last activity that wrote the value at a path, by the server.
    private func writer(of path: JSONPath, _ key: String, _ connection: borrowing Connection) throws -> String? {
        let steps = path.map { step in
            switch step {
            case .member(let name): name
            case .element(let index): String(index)
            }
        }
        return try connection.rows(
            """
            select id from audit.activity
            where table_name = 'items' and coalesce(old_data ->> 'id', changed_data ->> 'id') = $1
              and (verb = 'insert'
                or verb = 'update' and old_data #> $2::text[] is distinct from (old_data || changed_data) #> $2::text[])
            order by id desc
            limit 1
            """,
            [key, arrayLiteral(steps)]
        ).first
    }

    private func history(_ key: String, _ trail: Trail, _ connection: borrowing Connection) throws -> RowHistory {
        let question = Question.history(TablePattern(name: "items"), .value(key), limit: .max)
        guard case .history(let history) = try trail.answer(to: question, on: connection) else {
            throw PostgresError.library(message: "no history")
        }
        return history
    }
}
