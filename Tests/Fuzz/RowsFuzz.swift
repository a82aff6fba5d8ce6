import AuditQuery
import AuditTrail
import Postgres

private let columns = 26
private let now = Timestamp(microseconds: 1_791_567_062_114_331)

/// Answers a question, which the first byte says, from the results that the others are: a result is taken apart or
/// refused as undecodable, and each question comes to an end.
func check(_ bytes: [UInt8]) {
    guard let first = bytes.first, let trail = trail(of: first) else { return }
    let results = parts(Array(bytes.dropFirst()), at: 0x1D).map(rows)
    for question in questions(UInt64(first)) {
        var inquiry = Inquiry(question, of: trail)
        var step = inquiry.start()
        for result in results {
            guard case .run = step else { break }
            do throws(PostgresError) {
                step = try inquiry.advance(with: .made(of: result, columns: columns), milliseconds: 1)
            } catch {
                guard case .undecodable = error else { preconditionFailure("\(error)") }
                precondition(!error.description.isEmpty)
                break
            }
        }
        if case .answered(let answer) = step { _ = "\(answer)" }
    }
}

private func rows(_ bytes: [UInt8]) -> [[[UInt8]?]] {
    guard !bytes.isEmpty else { return [] }
    return parts(bytes, at: 0x1E).map { row in parts(row, at: 0x1F).map { $0 == [0] ? nil : $0 } }
}

/// A trail with indexes and a table of actors, or without; with a mask or without.
private func trail(of byte: UInt8) -> Trail? {
    func row(_ values: [String?]) -> QueryResult {
        .made(of: [values.map { $0.map { Array($0.utf8) } }], columns: columns)
    }
    let indexes = "[[\"activity\", [\"table_name\", \"id\"], null], [\"activity\", [\"native_transaction_id\"], null]]"
    let isBare = byte & 0x80 != 0
    let actors: [String?] = isBare ? [nil, nil, nil, nil] : ["public", "user", "id", "email"]
    let found = row(
        ["public", "t", isBare ? "f" : "t", "pg_catalog", "int8"] + actors + [indexes, "t", "t", "[]", "f"]
            + [isBare ? "[\"m\"]" : nil, "f", isBare ? "f" : "t", "t", "t", "t", "t", "{}", "{}", "{}", "f", "f"]
    )
    var trail = try? Trail.choose(from: found, schema: nil, database: "shop")
    if byte & 0x40 != 0, let masks = try? Masks(parsing: ["orders.n"]) { trail?.masks = masks }
    return trail
}

private func questions(_ byte: UInt64) -> [Question] {
    let (table, key) = (TablePattern(name: "orders"), KeyTerm.value("1"))
    guard let filter = try? Filter(parsing: "table:orders verb:u new.n=1 actor:a", now: now) else {
        preconditionFailure("the filter is wrong")
    }
    let lists: [Question] = [
        .transactions(Filter(), at: .newest, limit: 3), .transactions(filter, at: .at(now), limit: 3),
    ]
    let overviews: [Question] = [
        .tables, .actors(containing: ""), .actors(containing: "a"), .tableOverview, .actorOverview,
    ]
    let times: [Question] = [
        .histogram(from: nil, to: nil, spans: 3), .histogram(from: nil, to: nil, spans: 3, of: filter),
        .timeline(from: nil, to: now, spans: 3), .health, .summary(filter),
        .news(since: TrailMoment("100:200:100,150"), Filter()), .news(since: nil, filter),
        .news(since: TrailMoment("seen 100 97,98"), filter),
    ]
    let changes: [Question] = [
        .activity(id: 1), .changes(filter, at: .newest, limit: 3), .history(table, key, limit: 3),
        .row(table, key, at: now), .table(table, at: now), .revert(RevertRequest(filter: filter, isChecked: true)),
    ]
    return [lists, overviews, times, changes][Int(byte % 4)]
}
