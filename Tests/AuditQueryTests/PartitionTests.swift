import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Trails of partitions, half of them in another database, beside the same trail in one table.
@Suite struct PartitionTests {
    /// Filters, and what they mean in plain SQL.
    private static let filters = [
        ("", "true"), ("table:orders", "table_name = 'orders'"), ("verb:u", "verb = 'update'"),
        ("actor=1", "exists (select from audit.transaction t where t.id = a.transaction_id and t.actor_id = 1)"),
        (
            "actor:none",
            """
            not exists (select from audit.transaction t where t.id = a.transaction_id and t.actor_id is not null)
            """
        ), ("tx:none", "transaction_id is null"),
        (
            "role:postgres app!=x",
            """
            exists (select from audit.transaction t
                    where t.id = a.transaction_id and t.context -> 'db' ->> 'session_user' = 'postgres')
            """
        ),
        ("row:orders:5", "table_name = 'orders' and (old_data ->> 'id' = '5' or changed_data ->> 'id' = '5')"),
        ("until:1970-01-01T00:03", "issued_at < 'epoch'::timestamp + interval '3 minutes'"),
        (
            "since:1970-01-01T00:02 verb:i",
            "issued_at >= 'epoch'::timestamp + interval '2 minutes' and verb = 'insert'"
        ),
    ]

    @Test(arguments: PartitionKey.allCases)
    func aTrailOfPartitionsIsListedLikeOneTable(_ key: PartitionKey) throws {
        try withDatabase { connection, database in
            try withDatabase { elsewhere, _ in
                try makeHistory(ofLargest: 1500, on: connection)
                let reader = try database.connect()
                let plain = try Trail.open(on: reader, schema: nil)
                let whole = try Self.filters.map { try lists(of: filter($0.0), plain, reader) }
                try makePartitions(key, secondsEach: 60, elsewhere: elsewhere, on: connection)
                let trail = try Trail.open(on: reader, schema: nil)
                #expect(trail.hasNativeIndex)
                for ((text, condition), whole) in zip(Self.filters, whole) {
                    let found = try lists(of: filter(text), trail, reader)
                    #expect(found == whole, "\(text)")
                    #expect(found[0].map(summary) == (try summaries(where: condition, on: connection)), "\(text)")
                }
            }
        }
    }

    @Test(arguments: PartitionKey.allCases)
    func aTransactionOfMoreRowsThanAPageLooksAtHidesNoOther(_ key: PartitionKey) throws {
        try withDatabase { connection, database in
            try withDatabase { elsewhere, _ in
                try makeHistory(ofLargest: 12000, on: connection)
                try makePartitions(key, secondsEach: 60, elsewhere: elsewhere, on: connection)
                let reader = try database.connect()
                let trail = try Trail.open(on: reader, schema: nil)
                let expected = try summaries(where: "true", on: connection)
                for found in try lists(of: Filter(), trail, reader).prefix(4) {
                    #expect(found.map(summary) == expected)
                }
            }
        }
    }

    @Test(arguments: PartitionKey.allCases)
    func theActivitiesOfATransactionAreReadFromAllItsPartitions(_ key: PartitionKey) throws {
        try withDatabase { connection, _ in
            try withDatabase { elsewhere, _ in
                try makeHistory(ofLargest: 1500, on: connection)
                try makePartitions(key, secondsEach: 60, elsewhere: elsewhere, on: connection)
                let trail = try Trail.open(on: connection, schema: nil)
                let all = try allTransactions(Filter(), from: .newest, pageSize: 50, trail, connection)
                #expect(all.contains { $0.counts.isCapped })
                for transaction in all where transaction.counts.total > 3 {
                    let ids = try connection.rows(
                        "select id from audit.activity where native_transaction_id = $1 order by id limit 2500",
                        [String(transaction.nativeID)]
                    )
                    #expect(try activities(of: transaction, trail, connection).map { "\($0.id)" } == ids)
                }
            }
        }
    }

    @Test(arguments: PartitionKey.allCases)
    func theLogPrintsTheSameOfPartitions(_ key: PartitionKey) throws {
        try withDatabase { connection, database in
            try withDatabase { elsewhere, _ in
                try makeHistory(ofLargest: 1500, on: connection)
                let whole = try Self.filters.map { try log(filter($0.0), database) }
                try makePartitions(key, secondsEach: 60, elsewhere: elsewhere, on: connection)
                for ((text, _), whole) in zip(Self.filters, whole) {
                    #expect(try log(filter(text), database) == whole, "\(text)")
                }
            }
        }
    }

    /// The log of transactions, of each up to three activities, and that of activities.
    private func log(_ filter: Filter, _ database: TestDatabase) throws -> [[Int64]] {
        let trail = try Trail.open(on: database.connect(), schema: nil)
        var reader = try TrailReader.open(database.connect(), trail: trail, filter: filter)
        var log: [[Int64]] = []
        while case let page = try reader.nextTransactions(limit: 70, activitiesOfEach: 3), !page.isEmpty {
            log += page.map { [$0.transaction.nativeID] + $0.activities.map(\.id) }
        }
        reader = try TrailReader.open(database.connect(), trail: trail, filter: filter)
        while case let page = try reader.nextActivities(limit: 90), !page.isEmpty {
            log += page.map { [$0.activity.id] }
        }
        return log
    }

    private func summary(_ transaction: Transaction) -> String {
        "\(transaction.nativeID) | \(transaction.counts.total) | \(transaction.firstActivityID)"
    }

    /// What plain SQL says of the transactions of a condition.
    private func summaries(where condition: String, on connection: borrowing Connection) throws -> [String] {
        let found = try connection.rows(
            """
            select native_transaction_id, least(count(*), 1001), min(id)
            from audit.activity a where \(condition) group by 1 order by min(id) desc
            """
        )
        #expect(!found.isEmpty)
        return found
    }

    /// The list in pages of several sizes, from both ends and from moments.
    private func lists(
        of filter: Filter,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> [[Transaction]] {
        let moments = [0, 59, 60, 100, 1000].map { Anchor.at(Timestamp(microseconds: $0 * 1_000_000)) }
        var lists: [[Transaction]] = []
        for (anchor, size) in zip([.newest, .newest, .oldest, .oldest] + moments, [200, 3, 200, 7] + [9, 9, 9, 9, 9]) {
            lists.append(try allTransactions(filter, from: anchor, pageSize: size, trail, connection))
        }
        return lists
    }

    private func activities(
        of transaction: Transaction,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> [Activity] {
        let scope = ActivityScope(of: transaction, filter: Filter())
        var found: [Activity] = []
        while found.count < 2500,
            case .activities(let page, let hasMore) = try trail.answer(
                to: .activities(scope, after: found.last?.id ?? 0, limit: 500),
                on: connection
            )
        {
            found += page
            if !hasMore { break }
        }
        return found
    }

    /// 120 transactions of all kinds.
    ///
    /// There is a second to an activity, so that many lie on both sides of a minute; some go on while others begin;
    /// one is large, and all at one moment. The native ids came with a restore and say nothing of time.
    private func makeHistory(ofLargest rows: Int, on connection: borrowing Connection) throws {
        try makeShop(on: connection)
        for number in 0..<120 {
            let statement =
                switch number {
                case 80: "insert into sales.leads select n, 'bulk' from generate_series(1, \(rows)) n"
                case _ where number.isMultiple(of: 3):
                    "update orders set status = 's\(number)' where id >= \(number - 6) and id < 1000"
                default: "insert into orders values (\(number)); insert into sales.leads values (\(number), 'x')"
                }
            try write(statement, by: [nil, "1", "2"][number % 3], on: connection)
        }
        try connection.run(
            """
            update audit.activity a set native_transaction_id = b.native_transaction_id, transaction_id = b.transaction_id
            from audit.activity b where a.id % 10 = 0 and b.id = a.id - 25 and a.table_name = 'orders';
            update audit.activity a
            set transaction_id = null where native_transaction_id in (
              select native_transaction_id from audit.transaction where id % 11 = 0);
            update audit.activity a set issued_at = timestamp 'epoch' + interval '1 second' * b.number
            from (select id, count(*) filter (where changed_data ->> 'note' is distinct from 'bulk') over (order by id) as number
                  from audit.activity) b
            where b.id = a.id;
            update audit.transaction t set issued_at = a.issued_at
            from (select transaction_id, min(issued_at) as issued_at from audit.activity group by transaction_id) a
            where a.transaction_id = t.id;
            create table permuted as
              select native_transaction_id as old, row_number() over (order by native_transaction_id % 2, native_transaction_id desc) as new
              from (select native_transaction_id from audit.activity union select native_transaction_id from audit.transaction) x;
            update audit.activity a set native_transaction_id = new from permuted where old = native_transaction_id;
            update audit.transaction a set native_transaction_id = new from permuted where old = native_transaction_id;
            cluster audit.activity using activity_pkey;
            """
        )
    }
}
