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

    @Test func anEmptyTrailHasNoHistogramAndNoPlaces() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try trail.answer(to: .histogram(from: nil, to: nil, spans: 5), on: connection) == .histogram(nil))
            #expect(try allTransactions(Filter(), from: .at(minute(0)), pageSize: 9, trail, connection).isEmpty)
        }
    }
}
