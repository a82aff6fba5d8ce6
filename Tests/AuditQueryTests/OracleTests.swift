import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Every filter against what it means in memory, on a trail of random writes.
@Suite struct OracleTests {
    private static let actors = [nil, "1", "2", "3"]

    /// With an actor table and all indexes for browsing, and with neither.
    @Test(arguments: [true, false])
    func randomFiltersSelectWhatTheyMean(hasActorsAndIndexes: Bool) throws {
        try withDatabase { connection, database in
            try makeShop(on: connection, actorTable: hasActorsAndIndexes)
            try connection.run(hasActorsAndIndexes ? addIndexes : dropIndexes)
            var random = SeededGenerator(state: 42)
            try writeAtRandom(&random, on: connection)
            try expectWhatIsMeant(by: 250, atLeast: 100, random, database, on: connection)
        }
    }

    /// Filters that select nothing, or all, prove little: how many there must be at least of others.
    private func expectWhatIsMeant(
        by count: Int,
        atLeast least: Int,
        _ random: SeededGenerator,
        _ database: TestDatabase,
        on connection: borrowing Connection
    ) throws {
        let trail = try Trail.open(on: connection, schema: nil)
        let all = try candidates(on: connection, of: trail, database)
        var filters = RandomFilter(random: random, lastID: Int(all.first?.activity.id ?? 0))
        var selected = 0
        let whole = try expectListed(all.map(\.activity), Filter(), trail, connection)
        #expect(try reported(Filter(), trail, database) == whole)
        #expect(try reported(Filter(), trail, database, oldestFirst: true) == whole.reversed())
        for number in 0..<count {
            let text = filters.next()
            let filter = try filter(text)
            let expected = all.filter { FilterOracle().selects(filter, $0) }.map(\.activity)
            selected += expected.isEmpty || expected.count == all.count ? 0 : 1
            #expect(try logged(filter, trail, database).map(\.activity.id) == expected.map(\.id), "\(text)")
            let listed = try expectListed(expected, filter, trail, connection)
            if number % 2 == 0 { try expectCounted(expected, filter, trail, connection) }
            // The other ways to read the same: some of the filters are enough.
            guard number % 5 == 0 else { continue }
            let back = try logged(filter, trail, database, oldestFirst: true)
            #expect(back.map(\.activity.id) == expected.map(\.id).reversed(), "\(text)")
            #expect(try allTransactions(filter, from: .oldest, pageSize: 13, trail, connection) == listed, "\(text)")
            #expect(try reported(filter, trail, database) == listed, "\(text)")
            #expect(try reported(filter, trail, database, oldestFirst: true) == listed.reversed(), "\(text)")
        }
        #expect(selected > least)
    }

    /// Half of the partitions in another database.
    @Test(arguments: PartitionKey.allCases)
    func randomFiltersSelectWhatTheyMeanFromPartitions(_ key: PartitionKey) throws {
        try withDatabase { connection, database in
            try withDatabase { elsewhere, _ in
                try makeShop(on: connection)
                var random = SeededGenerator(state: 42)
                try writeAtRandom(&random, on: connection)
                try makePartitions(key, secondsEach: 150, elsewhere: elsewhere, on: connection)
                try expectWhatIsMeant(by: 60, atLeast: 25, random, database, on: connection)
            }
        }
    }

    /// The list shows the transactions of the activities, with their counts; opening one shows the activities.
    private func expectListed(
        _ expected: [Activity],
        _ filter: Filter,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> [Transaction] {
        let listed = try allTransactions(filter, from: .newest, pageSize: 9, trail, connection)
        let groups = Dictionary(grouping: expected, by: \.nativeTransactionID)
        let order = try order(of: filter, trail, connection)
        #expect(
            listed.map { "\($0.nativeID) \($0.counts.total)" }
                == groups.sorted { place(of: $0.value, in: order) > place(of: $1.value, in: order) }
                .map { "\($0.key) \($0.value.count)" },
            "\(filter)"
        )
        for transaction in listed.prefix(2) {
            let scope = ActivityScope(of: transaction, filter: filter)
            let answer = try trail.answer(to: .activities(scope, after: 0, limit: 1000), on: connection)
            guard case .activities(let activities, _) = answer else { return listed }
            #expect(activities.map(\.id) == groups[transaction.nativeID]?.map(\.id).reversed(), "\(filter)")
        }
        return listed
    }

    /// The parts of a count add up, the one part that all of it is in, and those of a few activities or transactions.
    private func expectCounted(
        _ expected: [Activity],
        _ filter: Filter,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws {
        let order: ListOrder = try order(of: filter, trail, connection) == .transaction ? .transaction : .activity
        for start in [Anchor.newest, .older(than: Position(order: order, place: .max, stepSize: 23))] {
            var count = PartialCount(transactions: 0, changes: 0, reached: nil, next: start)
            while let anchor = count.next {
                guard case .count(let part) = try trail.answer(to: .count(filter, at: anchor), on: connection) else {
                    Issue.record("no count of \(filter)")
                    return
                }
                count.transactions += part.transactions
                count.changes += part.changes
                count.next = part.next
                guard case .older(var position)? = part.next else { continue }
                position.stepSize = 23
                count.next = .older(than: position)
            }
            #expect(count.changes == expected.count, "\(filter)")
            #expect(count.transactions == Set(expected.map(\.nativeTransactionID)).count, "\(filter)")
        }
    }

    private func order(
        of filter: Filter,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> ListOrder {
        guard
            case .transactions(let page) = try trail.answer(
                to: .transactions(filter, at: .newest, limit: 1),
                on: connection
            )
        else { return .native }
        return page.order
    }

    private func place(of activities: [Activity], in order: ListOrder) -> Int64 {
        switch order {
        case .native: activities[0].nativeTransactionID
        case .transaction: activities[0].transactionID ?? 0
        case .activity: activities.map(\.id).min() ?? 0
        case .time: activities.compactMap(\.issuedAt?.microseconds).min() ?? 0
        }
    }

    /// What the log prints without a filter, newest first.
    private func candidates(
        on connection: borrowing Connection,
        of trail: Trail,
        _ database: TestDatabase
    ) throws -> [Candidate] {
        let all = try logged(Filter(), trail, database)
        #expect(
            try connection.rows("select id from audit.activity order by id desc") == all.map { "\($0.activity.id)" }
        )
        let counts = Dictionary(grouping: all, by: \.activity.nativeTransactionID).mapValues(\.count)
        return all.map { found in
            Candidate(
                activity: found.activity,
                actorID: found.actor?.id,
                actorLabel: found.actor?.label,
                client: found.clientAddress,
                origin: found.origin,
                count: counts[found.activity.nativeTransactionID] ?? 0
            )
        }
    }

    /// The activities that the log prints, read through a session of its own.
    private func logged(
        _ filter: Filter,
        _ trail: Trail,
        _ database: TestDatabase,
        oldestFirst: Bool = false
    ) throws -> [AttributedActivity] {
        let connection = try database.connect()
        var reader = try TrailReader.open(connection, trail: trail, filter: filter, oldestFirst: oldestFirst)
        var found: [AttributedActivity] = []
        while case let page = try reader.nextActivities(limit: 50), !page.isEmpty { found += page }
        return found
    }

    /// The transactions that the log prints as text, read through a session of its own.
    private func reported(
        _ filter: Filter,
        _ trail: Trail,
        _ database: TestDatabase,
        oldestFirst: Bool = false
    ) throws -> [Transaction] {
        let connection = try database.connect()
        var reader = try TrailReader.open(connection, trail: trail, filter: filter, oldestFirst: oldestFirst)
        var found: [Transaction] = []
        while case let page = try reader.nextTransactions(limit: 11, activitiesOfEach: 2), !page.isEmpty {
            found += page.map(\.transaction)
        }
        return found
    }

    private func writeAtRandom(_ random: inout SeededGenerator, on connection: borrowing Connection) throws {
        for number in 0..<150 {
            let row = Int.random(in: 0..<20, using: &random)
            let statement = [
                "insert into orders values (\(row + number), 'new', \(row)) on conflict do nothing",
                "update orders set total = \(number) where id % 3 = \(row % 3)",
                #"update orders set prefs = '{"theme": "dark", "tags": ["a b", null], "n": 5}' where id % 4 = \#(row % 4)"#,
                #"update orders set prefs = jsonb_set(prefs, '{theme}', '"light"') - 'n' where id % 2 = \#(row % 2)"#,
                "update orders set id = id + 20 - 40 * (id / 20 % 2) where id % 20 = \(row)",
                "delete from orders where id % 20 = \(row)", "insert into sales.leads values (\(row), 'x')",
                #"update sales.leads set note = case when id > 9 then 'two "b"c words' end"#,
                "update orders set status = 's\(row)' where id % 5 = \(row % 5); delete from sales.leads where id % 3 = 0",
            ].randomElement(using: &random)
            try write(statement ?? "", by: Self.actors.randomElement(using: &random) ?? nil, on: connection)
        }
        try connection.run("truncate sales.leads")
        // Some writes come from outside the application, and time runs from the epoch on, a second an activity.
        try connection.run(
            """
            update audit.activity set issued_at = timestamp 'epoch' + id * interval '1 second';
            update audit.transaction t set issued_at = a.issued_at
              from (select transaction_id, min(issued_at) as issued_at from audit.activity group by transaction_id) a
              where a.transaction_id = t.id;
            update audit.activity set transaction_id = null where native_transaction_id % 7 = 0;
            """
        )
    }
}
