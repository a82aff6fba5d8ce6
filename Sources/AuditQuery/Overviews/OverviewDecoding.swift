import AuditTrail
import JSON
import Postgres

/// The columns of `tables_newest.sql`, without the counts of the whole trail.
func tableOverview(from row: borrowing Row) throws(PostgresError) -> TableOverview {
    let table = TableName(schema: row.optionalText(0) ?? "", name: row.optionalText(1) ?? "")
    return TableOverview(
        count: TableCount(table: table, activities: nil, isEstimate: true, isAudited: false),
        newest: VerbCounts(
            inserts: Int(try row.integer(2)),
            updates: Int(try row.integer(3)),
            deletes: Int(try row.integer(4)),
            truncates: Int(try row.integer(5))
        ),
        lastWrite: try row.optionalInteger(6).map(Timestamp.init(microseconds:)),
        lastActor: row.optionalText(7).map { Actor(id: $0) },
        capture: TableOverview.Capture(rawValue: try row.text(8)) ?? .gone,
        keyColumns: texts(try json(row, 9))
    )
}

/// The overviews of the tables that are known by their counts, in the order of these, and then of the others.
func overviews(_ counts: [TableCount], _ newest: [TableOverview]) -> [TableOverview] {
    let byTable = Dictionary(newest.map { ($0.count.table, $0) }) { first, _ in first }
    let known = Set(counts.map(\.table))
    return counts.map { count in
        var overview = byTable[count.table] ?? TableOverview(count: count)
        overview.count = count
        return overview
    } + newest.filter { !known.contains($0.count.table) }
}

/// The columns of `actors_newest.sql`.
func actorOverview(from row: borrowing Row) throws(PostgresError) -> ActorOverview {
    ActorOverview(
        actor: row.optionalText(0).map { Actor(id: $0) },
        transactions: try row.integer(1),
        lastWrite: try row.optionalInteger(2).map(Timestamp.init(microseconds:)),
        lastClient: row.optionalText(3)
    )
}

/// The columns of `summary.sql`.
func summary(from result: borrowing QueryResult) throws(PostgresError) -> Summary {
    var summary = Summary(activities: 0, oldest: nil, hasMore: false, items: [])
    let items = try result.map { row throws(PostgresError) -> Summary.Item? in
        let count = try row.integer(5)
        guard let subject = Summary.Subject(rawValue: try row.text(0)) else {
            summary.activities = count
            summary.oldest = try row.optionalInteger(1).map(Timestamp.init(microseconds:))
            summary.hasMore = row.optionalText(2) == "true"
            return nil
        }
        return item(subject, row.optionalText(1), row.optionalText(2), try json(row, 3), try json(row, 4), count)
    }
    summary.items = items.compactMap(\.self)
    return summary
}

private func item(
    _ subject: Summary.Subject,
    _ first: String?,
    _ second: String?,
    _ old: JSON?,
    _ new: JSON?,
    _ count: Int64
) -> Summary.Item {
    let name = first ?? ""
    switch subject {
    case .table:
        let table = TableName(schema: name, name: second ?? "")
        return Summary.Item(subject, table.description, count, .table(.anyOf([TablePattern(table)])))
    case .actor:
        if let first { return Summary.Item(subject, "#" + first, count, .actor(.anyOf([.exactly(Actor(id: first))]))) }
        return Summary.Item(subject, "nobody", count, .actor(.anyOf([.none])))
    case .verb: return Summary.Item(subject, name, count, .verb([Verb(stored: name)]))
    // What is counted is updates, and `col:` would select inserts, too.
    case .column: return Summary.Item(subject, name, count, .change(path: [name], from: .anything, to: .anything))
    case .transition:
        let text = "\(name) \(word(old))→\(word(new))"
        guard let old = old.flatMap(ValuePattern.init(of:)), let new = new.flatMap(ValuePattern.init(of:)) else {
            return Summary.Item(subject, text, count, nil, column: name)
        }
        return Summary.Item(subject, text, count, .change(path: [name], from: old, to: new), column: name)
    }
}

private func word(_ value: JSON?) -> String {
    switch value {
    case nil: "∅"
    case .string(let text)?: text.isEmpty ? "\"\"" : text
    case let value?: value.description
    }
}

/// The columns of `timeline.sql`.
func sample(from row: borrowing Row) throws(PostgresError) -> VerbCounts {
    VerbCounts(
        inserts: Int(try row.integer(0)),
        updates: Int(try row.integer(1)),
        deletes: Int(try row.integer(2)),
        truncates: Int(try row.integer(3))
    )
}

/// The strings of an array.
func texts(_ array: JSON?) -> [String] {
    (array?.elements ?? []).compactMap { if case .string(let text) = $0 { text } else { nil } }
}
