import AuditTrail
import Postgres

/// The columns of `health.sql` in words, and what is known of the trail already.
func health(from row: borrowing Row, of trail: Trail) throws(PostgresError) -> [HealthFact] {
    let rows = (activities: try row.optionalInteger(0) ?? 0, transactions: try row.optionalInteger(1) ?? 0)
    let bytes = try row.optionalInteger(2) ?? 0
    let (day, week) = (try row.integer(3), try row.integer(4))
    let (looked, outside) = (try row.integer(9), try row.integer(10))
    let perActivity = rows.activities > 0 ? bytes / rows.activities : 0
    return [
        HealthFact(
            "activities",
            "about \(grouped(rows.activities)) in about \(grouped(rows.transactions)) transactions"
        ),
        HealthFact("size", "\(byteText(bytes)) with indexes, \(byteText(perActivity)) an activity"),
        HealthFact(
            "growth",
            "\(try row.boolean(5) ? "about " : "")\(grouped(day)) activities in the last day, "
                + "\(try row.boolean(6) ? "about " : "")\(grouped(week)) in seven days, "
                + "about \(byteText(week / 7 * perActivity)) a day"
        ),
        time("first write", try row.optionalInteger(7)),
        time("last write", try row.optionalInteger(8)),
        HealthFact(
            "without transaction",
            "\(grouped(outside)) of the newest \(grouped(looked)) activities: written outside the application"
        ),
        HealthFact("recorded tables", grouped(try row.integer(11))),
        list("switched off", texts(try json(row, 12)), "every capture trigger fires"),
        list("no primary key", texts(try json(row, 13)), "every recorded table has one", otherwise: .info),
        list("invalid indexes", texts(try json(row, 14)), "none"),
    ] + trail.facts
}

private func time(_ name: String, _ microseconds: Int64?) -> HealthFact {
    HealthFact(name, microseconds.map { Timestamp(microseconds: $0).calendar.text + " UTC" } ?? "none")
}

private func list(
    _ name: String,
    _ names: [String],
    _ good: String,
    otherwise state: HealthFact.State = .bad
) -> HealthFact {
    names.isEmpty ? HealthFact(name, good, .good) : HealthFact(name, names.joined(separator: ", "), state)
}

extension Trail {
    /// What was found out of the trail when it was opened.
    fileprivate var facts: [HealthFact] {
        [
            hasNativeIndex
                ? HealthFact("index by transaction", "yes", .good)
                : HealthFact("index by transaction", "missing: every page is slow", .bad),
            index("index by table", indexes.hasTable),
            index("index by row", !indexes.rowKeys.isEmpty),
            index("index by actor", indexes.hasActor),
            HealthFact(
                "order",
                isInNativeOrder
                    ? "transaction numbers rise with time" : "by activity: transaction numbers do not rise with time"
            ),
        ]
    }

    private func index(_ name: String, _ exists: Bool) -> HealthFact {
        exists ? HealthFact(name, "yes", .good) : HealthFact(name, "no; audit-tui index builds it", .info)
    }
}
