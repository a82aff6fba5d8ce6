import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Every filter against the same filter written in plain SQL, on a trail of random writes.
@Suite struct OracleTests {
    private static let actors = [nil, "1", "2", "3"]

    @Test func randomFiltersSelectWhatPlainSQLSelects() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            var random = SeededGenerator(state: 42)
            try writeAtRandom(&random, on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            for _ in 0..<60 {
                let (filter, sql) = randomFilter(&random)
                let expected = try connection.rows(
                    "select a.id from audit.activity a left join audit.transaction t on t.id = a.transaction_id where \(sql) order by a.id desc"
                )
                #expect(try logged(filter, trail, database) == expected, "\(filter)")
                let transactions = try connection.rows(
                    """
                    select a.native_transaction_id, count(*) from audit.activity a
                    left join audit.transaction t on t.id = a.transaction_id where \(sql)
                    group by 1 order by 1 desc
                    """
                )
                let listed = try allTransactions(filter, from: .newest, pageSize: 9, trail, connection)
                #expect(listed.map { "\($0.nativeID) | \($0.counts.total)" } == transactions, "\(filter)")
            }
        }
    }

    /// The ids that the log prints, read through a session of its own.
    private func logged(_ filter: Filter, _ trail: Trail, _ database: TestDatabase) throws -> [String] {
        var reader = try TrailReader.open(database.connect(), trail: trail, filter: filter)
        var ids: [String] = []
        while case let page = try reader.nextActivities(limit: 50), !page.isEmpty {
            ids += page.map { String($0.activity.id) }
        }
        return ids
    }

    private func writeAtRandom(_ random: inout SeededGenerator, on connection: borrowing Connection) throws {
        for number in 0..<150 {
            let row = Int.random(in: 0..<20, using: &random)
            let statement = [
                "insert into orders values (\(1000 + number), 'new')", "update orders set total = \(number)",
                "delete from orders where id % 20 = \(row)", "insert into sales.leads values (\(number), 'x')",
                "update orders set status = 's\(row)' where id % 5 = \(row % 5); delete from sales.leads where id % 3 = 0",
            ].randomElement(using: &random)
            try write(statement ?? "", by: Self.actors.randomElement(using: &random) ?? nil, on: connection)
        }
        // Some writes come from outside the application, and time runs from the epoch on, a second an activity.
        try connection.run(
            """
            update audit.activity set issued_at = timestamp 'epoch' + id * interval '1 second';
            update audit.activity set transaction_id = null where native_transaction_id % 7 = 0;
            """
        )
    }

    private func randomFilter(_ random: inout SeededGenerator) -> (Filter, String) {
        var filter = Filter()
        var terms = ["true"]
        if Bool.random(using: &random) {
            let isLeads = Bool.random(using: &random)
            filter.tables = [isLeads ? TablePattern(schema: "SALES", name: "l*") : TablePattern(name: "orders")]
            terms.append(isLeads ? "a.schema = 'sales'" : "a.table_name = 'orders'")
        }
        if Bool.random(using: &random), let verb = [Verb.insert, .update, .delete].randomElement(using: &random) {
            filter.verbs = [verb]
            terms.append("a.verb = '\(verb.word)'")
        }
        let choice = Int.random(in: 0..<5, using: &random)
        let actorTerms: [([ActorTerm], String)] = [
            ([], "true"), ([.matching("al*")], "t.actor_id in (1, 3)"), ([.exactly(Actor(id: "2"))], "t.actor_id = 2"),
            ([.none], "a.transaction_id is null"),
            ([.none, .matching("Bob")], "(a.transaction_id is null or t.actor_id = 2)"),
        ]
        filter.actors = actorTerms[choice].0
        terms.append(actorTerms[choice].1)
        if Bool.random(using: &random) {
            let second = Int64.random(in: 0..<300, using: &random)
            filter.since = Timestamp(microseconds: second * 1_000_000)
            terms.append("a.issued_at >= timestamp 'epoch' + \(second) * interval '1 second'")
        }
        if Bool.random(using: &random) {
            let second = Int64.random(in: 200..<600, using: &random)
            filter.until = Timestamp(microseconds: second * 1_000_000)
            terms.append("a.issued_at < timestamp 'epoch' + \(second) * interval '1 second'")
        }
        return (filter, terms.joined(separator: " and "))
    }
}

/// Random numbers that are the same every time (splitmix64, Vigna 2015).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
