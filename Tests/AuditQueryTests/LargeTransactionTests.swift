import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// A transaction is read in a time that grows with its size, and not with the square of that.
@Suite struct LargeTransactionTests {
    private func withTransaction(
        _ count: Int,
        _ body: (borrowing Connection, TestDatabase) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try write("insert into orders select g from generate_series(1, \(count)) g", by: "1", on: connection)
            try write("insert into orders values (0)", by: "2", on: connection)
            try connection.run("vacuum analyze audit.activity")
            try body(connection, database)
        }
    }

    /// How many rows any scan of the trail has put out in a statement's plan, loop for loop.
    private func mostRows(
        of statement: Statement,
        _ parameters: [String?],
        on connection: borrowing Connection
    ) throws -> Int {
        let plan = try connection.rows("explain (analyze, timing off, summary off) " + statement.text, parameters)
        let counts = plan.filter { $0.contains(" on activity ") || $0.contains(" on transaction ") }.map {
            line -> Int in
            let words = line.split(separator: "(actual rows=")
            guard words.count == 2 else { return 0 }
            let numbers = words[1].split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
            return numbers.count < 2 ? 0 : Int(numbers[0] * numbers[1])
        }
        return counts.max() ?? 0
    }

    @Test(arguments: ["tx:1", "xid:"], [Anchor.newest, .oldest])
    func aPageOfATransactionReadsNoMoreThanThePage(_ term: String, _ anchor: Anchor) throws {
        try withTransaction(20_000) { connection, database in
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: nil)
            let xid = try connection.rows("select native_transaction_id from audit.activity order by id limit 1")
            let filter = try filter(term == "xid:" ? term + (xid.first ?? "") : term)
            var inquiry = Inquiry(.changes(filter, at: anchor, limit: 200), of: trail)
            var step = inquiry.start()
            var most = 0
            while case .run(let statement, let parameters) = step {
                most = max(most, try mostRows(of: statement, parameters, on: reader))
                step = try inquiry.advance(with: reader.execute(statement, parameters), milliseconds: 1)
            }
            guard case .answered(.changes(let page)) = step else { throw EndOfTest.noPage }
            #expect(page.changes.count == 200)
            #expect(most > 0 && most < 2000)
        }
    }

    private enum EndOfTest: Error { case noPage }

    /// With the index of the Python package, which has the activities of a transaction in no order.
    @Test(arguments: [true, false])
    func allOfATransactionIsReadInItsOrder(hasOrder: Bool) throws {
        try withTransaction(5000) { connection, database in
            if !hasOrder {
                try connection.run(
                    """
                    drop index audit.ix_audit_activity_native_transaction_id;
                    create index on audit.activity (native_transaction_id)
                    """
                )
            }
            let session = try database.connect()
            let trail = try Trail.open(on: session, schema: nil)
            for isOldestFirst in [true, false] {
                var reader = try TrailReader.open(
                    database.connect(),
                    trail: trail,
                    filter: filter("tx:1"),
                    oldestFirst: isOldestFirst
                )
                var pages: [[Int64]] = []
                while case let page = try reader.nextActivities(limit: .max), !page.isEmpty {
                    pages.append(page.map(\.activity.id))
                }
                let found = pages.flatMap { $0 }
                #expect(found.count == 5000)
                #expect(found == (isOldestFirst ? found.sorted() : found.sorted(by: >)))
                #expect(hasOrder ? pages.allSatisfy { $0.count <= 200 } : pages.count < 8)
            }
        }
    }
}
