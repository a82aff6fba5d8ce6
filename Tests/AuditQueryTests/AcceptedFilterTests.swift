import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// What can be read as a filter, the server takes.
@Suite struct AcceptedFilterTests {
    private static let pieces = [
        "v", "old", "new", "any", "col", "table", "row", "n", "actor", "client", "verb", "->", ":", "=", "!=", "~",
        "!~",
        "<", ">=", ".", ",", "*", "?", "\"", "\"\"", "null", "none", "1", "-1", "1e9", "!", "(", ")", " ", " or ", "/",
        "\\", "{}", "$1", "%", "'", "orders", "10.0.0.0/8", "-2h",
    ]

    @Test func theServerTakesWhateverCanBeRead() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try write(
                "insert into orders values (1, 'a', 1, '{}'); update orders set status = 'b'",
                by: "1",
                on: connection
            )
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: nil)
            var random = SeededGenerator(state: 7)
            var count = 0
            for _ in 0..<15_000 {
                let length = Int.random(in: 1...7, using: &random)
                let text = (0..<length).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
                guard let filter = try? filter(text), !filter.isEmpty else { continue }
                count += 1
                guard count % 8 == 0 || text.contains("->") else { continue }
                do throws(PostgresError) {
                    _ = try trail.answer(to: .names(filter), on: reader)
                    _ = try trail.answer(to: .transactions(filter, at: .newest, limit: 1), on: reader)
                } catch {
                    // What is no regular expression, and no key of an actor, is for the server to say.
                    #expect(["2201B", "22P02"].contains(error.sqlState), "\(text): \(error)")
                    #expect(error.sqlState == "2201B" || text.contains("actor"), "\(text): \(error)")
                }
            }
            #expect(count > 1000)
        }
    }
}
