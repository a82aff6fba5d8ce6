import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Lists go by the numbers of transactions only where these rise with time.
@Suite struct ListOrderTests {
    private func order(of trail: Trail, _ connection: borrowing Connection) throws -> String? {
        guard case .health(let facts) = try trail.answer(to: .health, on: connection) else { return nil }
        return facts.first { $0.name == "order" }?.value
    }

    private let byActivity = "by activity: transaction numbers do not rise with time"
    private let byNumber = "transaction numbers rise with time"

    /// The first activity of each transaction in the order of the list, newest first.
    private func list(_ trail: Trail, _ connection: borrowing Connection) throws -> [Int64] {
        try allTransactions(Filter(), from: .newest, pageSize: 7, trail, connection).map(\.firstActivityID)
    }

    /// Forty transactions, the first twenty of them as if they came from a cluster whose numbers were greater by so many.
    private func withRestored(by offset: Int, _ body: (borrowing Connection) throws -> Void) throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            for id in 1...40 { try connection.run("insert into orders values (\(id))") }
            let first = try connection.rows("select min(native_transaction_id) from audit.activity")[0]
            for (table, id) in [("transaction", "id"), ("activity", "transaction_id")] {
                // Every other number, so that none is given out twice.
                try connection.run(
                    """
                    update audit.\(table) set native_transaction_id = \(first) + 2 * \(id);
                    update audit.\(table) set issued_at = issued_at - '2 days'::interval,
                        native_transaction_id = native_transaction_id + \(offset) where \(id) <= 20
                    """
                )
            }
            try connection.run("do $$ begin for i in 1..200 loop perform txid_current(); commit; end loop; end $$")
            try body(connection)
        }
    }

    @Test func numbersOfTheFutureAreAnotherClusters() throws {
        try withRestored(by: 1_000_000) { connection in
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try order(of: trail, connection) == byActivity)
            #expect(try list(trail, connection) == (1...40).reversed())
        }
    }

    @Test func numbersThatOverlapThoseOfAnotherClusterAreFound() throws {
        try withRestored(by: 21) { connection in
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try order(of: trail, connection) == byActivity)
            #expect(try list(trail, connection) == (1...40).reversed())
        }
    }

    /// The trail of a cluster that was restored when its numbers were as high as the old ones already.
    @Test func oneFallOfTheNumbersInALongTrailIsFound() throws {
        try withRestored(by: 51) { connection in
            for id in 41...90 { try connection.run("insert into orders values (\(id))") }
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try order(of: trail, connection) == byActivity)
        }
    }

    @Test func aTransactionThatRanForLongIsNoReason() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let slow = try database.connect()
            try slow.run("begin; insert into orders values (1000)")
            for id in 1...60 { try connection.run("insert into orders values (\(id))") }
            try slow.run("insert into orders values (1001); commit")
            // It began before all others, however long ago.
            try connection.run(
                """
                update audit.transaction set issued_at = issued_at - '2 days'::interval where id = 1;
                update audit.activity set issued_at = issued_at - '1 day'::interval where id = 1
                """
            )
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(try order(of: trail, connection) == byNumber)
        }
    }
}
