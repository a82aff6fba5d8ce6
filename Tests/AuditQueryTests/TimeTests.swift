import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Where moments lie in the trail.
@Suite struct TimeTests {
    /// A minute after the epoch, and so on.
    private func minute(_ number: Int64) -> Timestamp { Timestamp(microseconds: number * 60_000_000) }

    /// 60 transactions of two rows each, one a minute from the epoch on; none in the twenty minutes from the 20th on.
    private func makeHistory(on connection: borrowing Connection) throws {
        try makeShop(on: connection)
        for number in 0..<60 {
            try write(
                "insert into orders values (\(number)), (\(number + 100))",
                by: "\(number % 3 + 1)",
                on: connection
            )
        }
        for table in ["activity", "transaction"] {
            try connection.run(
                """
                update audit.\(table) x set issued_at = timestamp 'epoch' + interval '1 minute' * (n + case when n < 20 then 0 else 20 end)
                from (select native_transaction_id, row_number() over (order by native_transaction_id) - 1 as n
                      from audit.transaction) t
                where t.native_transaction_id = x.native_transaction_id
                """
            )
        }
    }

    @Test(arguments: ["", "verb:i", "actor:alice"])
    func theListBeginsAtAMoment(_ text: String) throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let filter = try filter(text)
            let all = try allTransactions(filter, from: .newest, pageSize: 200, trail, connection)
            #expect(all.count == (text == "actor:alice" ? 20 : 60))
            for moment in [-1, 0, 7, 30, 79, 200].map(minute) {
                let found = try allTransactions(filter, from: .at(moment), pageSize: 11, trail, connection)
                #expect(found == all.filter { ($0.issuedAt ?? moment) <= moment }, "\(text) \(moment)")
            }
        }
    }

    @Test func theHistogramCountsTheActivitiesOfEachSpan() throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let whole = try trail.answer(to: .histogram(from: minute(0), to: minute(80), spans: 8), on: connection)
            #expect(
                whole
                    == .histogram(
                        Histogram(start: minute(0), end: minute(80), counts: [20, 20, 0, 0, 20, 20, 20, 20])
                    )
            )
            guard
                case .histogram(let found?) = try trail.answer(
                    to: .histogram(from: nil, to: nil, spans: 5),
                    on: connection
                )
            else {
                Issue.record("no histogram")
                return
            }
            #expect(found.counts.reduce(0, +) == 120)
            #expect(found.start == minute(0))
        }
    }

    /// A span of no more activities than are looked at is counted, and a longer one estimated.
    @Test(arguments: ["verb:i", "verb:u table:orders", "actor:alice", "not (verb:u or actor:alice)", "table:nothing"])
    func theHistogramOfAFilterIsThatOfItsTransactions(_ text: String) throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let filter = try filter(text)
            let all = try allTransactions(filter, from: .newest, pageSize: 200, trail, connection)
            let question = Question.histogram(from: minute(0), to: minute(80), spans: 16, of: filter)
            guard case .histogram(let found?) = try trail.answer(to: question, on: connection) else {
                Issue.record("no histogram")
                return
            }
            #expect(found.isEstimate)
            #expect(found.counts.reduce(0, +) == Int64(all.reduce(0) { $0 + $1.counts.total }))
            #expect(found.counting(all, areAll: true).counts == found.counts)
        }
    }

    @Test func aLongSpanIsEstimatedFromASample() throws {
        try withDatabase { connection, _ in
            try makeHistory(on: connection)
            let insert = "insert into orders select n, 'new' from generate_series(1000, 3999) n"
            try connection.run("\(insert); update orders set status = 'paid' where id >= 1000 and id % 2 = 0")
            let trail = try Trail.open(on: connection, schema: nil)
            let question = Question.histogram(from: nil, to: nil, spans: 1, of: try filter("verb:u"))
            guard case .histogram(let found?) = try trail.answer(to: question, on: connection) else {
                Issue.record("no histogram")
                return
            }
            #expect((1200...1900).contains(found.counts[0]), "\(found.counts)")
        }
    }

    @Test func anEmptyTrailHasNoHistogramAndNoPlaces() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try trail.answer(to: .histogram(from: nil, to: nil, spans: 5), on: connection) == .histogram(nil))
            #expect(try allTransactions(Filter(), from: .at(minute(0)), pageSize: 9, trail, connection).isEmpty)
        }
    }
}
