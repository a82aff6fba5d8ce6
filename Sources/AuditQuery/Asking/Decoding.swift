import AuditTrail
import JSON
import Postgres

/// The columns of `transactions.sql` as a page.
func transactionPage(
    from result: borrowing QueryResult,
    of step: WalkStep,
    milliseconds: Int
) throws(PostgresError) -> TransactionPage {
    var cursor: Int64?
    var reached: Int64?
    let namedPaths = step.resolved.filter.namedPaths
    let found = try result.map { row throws(PostgresError) -> Transaction? in
        cursor = try row.optionalInteger(0)
        reached = try row.optionalInteger(14)
        return try row.boolean(2) ? try transaction(from: row, step.trail.preferences, namedPaths) : nil
    }
    let transactions = found.compactMap(\.self)
    return TransactionPage(
        transactions: step.isTowardsThePast ? transactions : transactions.reversed(),
        order: step.walk.order,
        next: step.next(cursor: cursor, found: transactions.count, milliseconds: milliseconds),
        searchedTo: reached.map(Timestamp.init(microseconds:))
    )
}

private func transaction(
    from row: borrowing Row,
    _ preferences: TrailPreferences,
    _ namedPaths: [[String]]
) throws(PostgresError) -> Transaction {
    let tables = try tables(from: row, 11)
    let counts = VerbCounts(
        inserts: Int(try row.integer(7)),
        updates: Int(try row.integer(8)),
        deletes: Int(try row.integer(9)),
        truncates: Int(try row.integer(10))
    )
    return Transaction(
        nativeID: try row.integer(1),
        id: try row.optionalInteger(3),
        actor: row.optionalText(4).map { Actor(id: $0) },
        origin: Origin(context: try json(row, 15)),
        clientAddress: row.optionalText(5),
        issuedAt: try row.optionalInteger(6).map(Timestamp.init(microseconds:)),
        counts: counts.capped,
        tables: tables,
        samples: try samples(from: row, 12).map { $0.masked(by: preferences.masks, of: tables) },
        noiseColumns: preferences.noiseColumns,
        namedPaths: namedPaths,
        firstActivityID: try row.optionalInteger(13) ?? 0
    )
}

extension VerbCounts {
    /// The statement counts one more than the limit, which says that there are more.
    fileprivate var capped: VerbCounts {
        var counts = self
        counts.isCapped = total > VerbCounts.limit
        return counts
    }
}

private func tables(from row: borrowing Row, _ column: Int) throws(PostgresError) -> [TableName] {
    guard let pairs = try json(row, column)?.elements else { return [] }
    return pairs.compactMap { pair in
        guard case .array(let parts) = pair, parts.count == 2, case .string(let name) = parts[1] else { return nil }
        if case .string(let schema) = parts[0] { return TableName(schema: schema, name: name) }
        return TableName(schema: "", name: name)
    }
}

private func samples(from row: borrowing Row, _ column: Int) throws(PostgresError) -> [UpdateSample] {
    guard let elements = try json(row, column)?.elements else { return [] }
    return elements.map { element in
        let new = element["new"]
        let names = element["keys"]?.elements?.compactMap { if case .string(let name) = $0 { name } else { nil } }
        return UpdateSample(columns: new?.members?.map(\.name) ?? names ?? [], old: element["old"], new: new)
    }
}

/// The first columns of `activities.sql`, `activity.sql` and `log.sql`.
func activity(from row: borrowing Row) throws(PostgresError) -> Activity {
    let old = try excerptedJSON(row, 8)
    let changed = try excerptedJSON(row, 9)
    let verb = Verb(stored: row.optionalText(6) ?? "")
    let keyColumns = try json(row, 7)?.elements?.compactMap { if case .string(let name) = $0 { name } else { nil } }
    return Activity(
        id: try row.integer(0),
        transactionID: try row.optionalInteger(1),
        nativeTransactionID: try row.optionalInteger(2) ?? 0,
        issuedAt: try row.optionalInteger(3).map(Timestamp.init(microseconds:)),
        table: TableName(schema: row.optionalText(4) ?? "", name: row.optionalText(5) ?? ""),
        verb: verb,
        key: rowKey(columns: keyColumns ?? [], in: verb == .insert ? changed : old),
        oldData: old,
        changedData: changed
    )
}

/// The key columns with their values; nil when there are none or the row lacks one of them.
private func rowKey(columns: [String], in data: JSON?) -> RowKey? {
    guard !columns.isEmpty, let data else { return nil }
    let key = columns.compactMap { column in data[column].map { JSON.Member(column, $0) } }
    return key.count == columns.count ? key : nil
}

/// The columns of `log.sql`: the activities, and where the next part begins when there were not enough; nil at the end.
func logPart(
    from result: borrowing QueryResult
) throws(PostgresError) -> (activities: [AttributedActivity], edge: Int64?, isAtEdge: Bool) {
    var edge: Int64?
    var isAtEdge = false
    let found = try result.map { row throws(PostgresError) -> AttributedActivity? in
        guard try row.boolean(13) else { return try attributedActivity(from: row) }
        edge = try row.optionalInteger(0)
        isAtEdge = true
        return nil
    }
    return (found.compactMap(\.self), edge, isAtEdge)
}

/// The columns of `log.sql` as a page in the order of the step.
func changePage(
    from result: borrowing QueryResult,
    of step: WalkStep,
    _ milliseconds: Int
) throws(PostgresError) -> ChangePage {
    let part = try logPart(from: result)
    let changes = step.isTowardsThePast ? part.activities : part.activities.reversed()
    let cursor = part.isAtEdge ? part.edge : changes.last?.activity.id
    let next = step.next(cursor: cursor, found: changes.count, milliseconds: milliseconds)
    return ChangePage(changes: changes, next: next.map { step.isTowardsThePast ? .older(than: $0) : .newer(than: $0) })
}

/// The columns of `count.sql`.
func partialCount(
    from row: borrowing Row,
    of step: WalkStep,
    _ milliseconds: Int
) throws(PostgresError) -> PartialCount {
    // The next step may be larger whatever this one found: only its time counts.
    let next = step.next(cursor: try row.optionalInteger(2), found: 0, milliseconds: milliseconds)
    return PartialCount(
        transactions: Int(try row.integer(0)),
        changes: Int(try row.integer(1)),
        reached: try row.optionalInteger(3).map(Timestamp.init(microseconds:)),
        next: next.map(Anchor.older(than:))
    )
}

/// The first columns of `log.sql` and `follow.sql`.
func attributedActivity(from row: borrowing Row) throws(PostgresError) -> AttributedActivity {
    AttributedActivity(
        try activity(from: row),
        actor: row.optionalText(10).map { Actor(id: $0) },
        clientAddress: row.optionalText(11),
        context: try json(row, 12)
    )
}

/// The columns of `tables.sql`.
func tableCount(from row: borrowing Row) throws(PostgresError) -> TableCount {
    TableCount(
        table: TableName(schema: row.optionalText(0) ?? "", name: row.optionalText(1) ?? ""),
        activities: try row.optionalInteger(2),
        isEstimate: try row.boolean(3),
        isAudited: try row.boolean(4)
    )
}

/// The columns of `actors_recent.sql`.
func actorCount(from row: borrowing Row) throws(PostgresError) -> ActorCount {
    ActorCount(actor: row.optionalText(0).map { Actor(id: $0) }, transactions: try row.integer(1))
}

/// The columns of `actors_matching.sql`.
func actorMatch(from row: borrowing Row) throws(PostgresError) -> ActorCount {
    ActorCount(actor: Actor(id: try row.text(0), label: row.optionalText(1)), transactions: nil)
}

/// The columns of `histogram.sql`.
func histogram(from row: borrowing Row) throws(PostgresError) -> Histogram {
    let counts = try json(row, 2)?.elements ?? []
    return Histogram(
        start: Timestamp(microseconds: try row.integer(0)),
        end: Timestamp(microseconds: try row.integer(1)),
        counts: counts.map { if case .number(let number) = $0 { Int64(number) ?? 0 } else { 0 } }
    )
}

/// The histogram with the ids at which its spans begin, and that at which the last ends.
func histogramWithEdges(from row: borrowing Row) throws(PostgresError) -> (Histogram, edges: [Int64]) {
    let histogram = try histogram(from: row)
    let first = try row.optionalInteger(3) ?? 0
    return (
        histogram, histogram.counts.reduce(into: [first]) { edges, count in edges.append((edges.last ?? 0) &+ count) }
    )
}

/// A column of JSON, or nil when it is SQL null.
///
/// Throws `PostgresError.undecodable` for text that is no JSON.
func json(_ row: borrowing Row, _ column: Int) throws(PostgresError) -> JSON? {
    guard let text = row.optionalText(column) else { return nil }
    do throws(JSON.ParseError) {
        return try JSON(parsing: text)
    } catch {
        throw row.undecodable(column)
    }
}
