import AuditTrail

/// A screen of the program, by the name it has in the table of results, and what it asks.
struct Screen {
    enum Subject {
        /// A page of the list of transactions for a filter, asked for until a screen is full or the trail is at its end.
        case list(String, at: Anchor = .newest, pagesOn: Int = 0)
        /// A page of the transaction that this activity belongs to, behind that activity.
        case changes(of: Int64, isLarge: Bool, after: Int64 = 0)
        /// What has been written since the moment before: nothing, as nobody writes here.
        case news
        /// Anything that one question answers.
        case question(Question)
    }

    let name: String
    let subject: Subject

    init(_ name: String, _ subject: Subject) {
        self.name = name
        self.subject = subject
    }
}

/// What is measured, on a trail of so many activities that `Benchmarks/generate` has written.
///
/// Tables, actors and keys are what the generator makes of its numbers: orders has 31 % of the activities,
/// feature_flags one in 200,000, legacy_imports some in the oldest twentieth; actor 1 has 8 % of the transactions,
/// actor 4900 two in a hundred thousand. The order with that key was written somewhere in the middle, setting 7 from
/// the beginning on.
func screens(ofTrailWith activities: Int64) -> [Screen] {
    // Noon of 24 December 2024.
    let middle = Timestamp(microseconds: 1_735_041_600_000_000)
    let (orders, settings) = (TablePattern(name: "orders"), TablePattern(name: "settings"))
    let order = String(activities / 50)
    return [
        Screen("newest page", .list("")),
        Screen("50 pages on", .list("", pagesOn: 50)),
        Screen("oldest page", .list("", at: .oldest)),
        Screen("jump to a date", .list("", at: .at(middle))),
        Screen("until a date", .list("until:2024-12-24")),
        Screen("common table", .list("table:orders")),
        Screen("rare table", .list("table:feature_flags")),
        Screen("table written only long ago", .list("table:legacy_imports")),
        Screen("table not there", .list("table:nothing")),
        Screen("common actor", .list("actor:#1")),
        Screen("rare actor", .list("actor:#4900")),
        Screen("actor none", .list("actor:none")),
        Screen("table, actor and a month", .list("table:orders actor:#20 since:2025-03-01 until:2025-04-01")),
        Screen("verb and table", .list("verb:delete table:refunds")),
        Screen("changed column and table", .list("col:email table:employees")),
        Screen("changed column", .list("col:email")),
        Screen("absent column", .list("col:ssn")),
        Screen("history of a row", .list("row:orders:\(activities / 50)")),
        Screen("history of a row with many versions", .list("row:settings:7")),
        Screen("life of a row, and blame", .question(.history(orders, .value(order), limit: 5000))),
        Screen("row as of a date", .question(.row(orders, .value(order), at: middle))),
        Screen("row with many versions as of a date", .question(.row(settings, .value("7"), at: middle))),
        Screen("small transaction", .changes(of: activities / 3, isLarge: false)),
        Screen("transaction of 100,000 rows", .changes(of: 500_001, isLarge: true)),
        Screen("the same, half-way", .changes(of: 500_001, isLarge: true, after: 550_000)),
        Screen("table picker", .question(.tables)),
        Screen("actor picker", .question(.actors(containing: ""))),
        Screen("actor picker, search", .question(.actors(containing: "curie"))),
        Screen("table overview", .question(.tableOverview)),
        Screen("actor overview", .question(.actorOverview)),
        Screen("histogram", .question(.histogram(from: nil, to: nil, spans: 60))),
        Screen("timeline", .question(.timeline(from: nil, to: nil, spans: 60))),
        Screen("summary", .question(.summary(Filter()))),
        Screen("follow, a second without news", .news),
    ]
}
