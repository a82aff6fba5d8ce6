import AuditTrail
import JSON
import Screen

@testable import Browser

/// A browser over a small made-up trail whose server is the test itself.
struct Fixture {
    /// 2026-10-09 17:34:34 UTC.
    static let now = Timestamp(microseconds: 1_791_567_274_000_000)

    var model: Model
    /// The histograms that have been asked for and not answered yet.
    private(set) var askedHistograms: [(question: Question, id: RequestID)] = []
    /// What else has been asked and not answered yet.
    private(set) var asked: [(question: Question, id: RequestID)] = []
    private(set) var effects: [Effect] = []

    init(columns: Int = 120, rows: Int = 35) {
        model = Model(size: Size(columns: columns, rows: rows), now: Fixture.now)
    }

    /// Hands a message to the browser and keeps what it wants done.
    mutating func send(_ message: Message) {
        for effect in update(&model, message) {
            effects.append(effect)
            guard case .ask(let question, let id) = effect else { continue }
            // The tables are as their changes say, unless a test answers otherwise.
            if case .shape = question { continue }
            if case .histogram = question {
                askedHistograms.append((question, id))
            } else {
                asked.append((question, id))
            }
        }
    }

    /// Takes a question off the list of the open ones.
    mutating func forget(_ id: RequestID) {
        asked.removeAll { $0.id == id }
    }

    mutating func press(_ keys: Key...) {
        for key in keys { send(.key(key)) }
    }

    mutating func type(_ text: String) {
        for character in text { send(.key(.character(character))) }
    }

    /// Answers the open questions, and those that the answers lead to, from a list of transactions.
    mutating func answer(_ transactions: [Transaction] = Fixture.transactions, pageSize: Int = 200) {
        while !asked.isEmpty || !askedHistograms.isEmpty {
            let (question, id) = asked.isEmpty ? askedHistograms.removeFirst() : asked.removeFirst()
            send(.answered(id, Fixture.answer(question, transactions, pageSize)))
        }
    }

    /// A browser whose list and preview have been read.
    static func loaded(columns: Int = 120, rows: Int = 35, _ list: [Transaction] = transactions) -> Fixture {
        var fixture = Fixture(columns: columns, rows: rows)
        fixture.send(.connection(.ready(database: "shop", host: "db-prod")))
        fixture.answer(list)
        return fixture
    }

    private static func answer(_ question: Question, _ transactions: [Transaction], _ pageSize: Int) -> Answer {
        switch question {
        case .transactions(let filter, let anchor, _): .transactions(page(transactions, filter, anchor, pageSize))
        case .activities(let scope, let after, let limit):
            .activities(
                activities(of: scope.nativeID).filter { $0.id > after }.prefix(limit).map(\.self),
                hasMore: false
            )
        case .activity: .activity(nil)
        case .names: .names([])
        case .count: .count(PartialCount(transactions: transactions.count, changes: 1234, reached: nil, next: nil))
        case .changes(_, .newest, _), .changes(_, .oldest, _):
            .changes(
                ChangePage(
                    changes: attributed(activities(of: transactions[0].nativeID)),
                    next: .older(than: Position(order: .activity, place: 1))
                )
            )
        case .changes: .changes(ChangePage(changes: attributed(activities(of: 1)), next: nil))
        case .histogram(let from, let to, let spans, _): .histogram(histogram(from, to, spans))
        case .tables:
            .tables([
                TableCount(table: orders, activities: 1_284_000, isEstimate: true, isAudited: true),
                TableCount(
                    table: TableName(schema: "public", name: "customers"),
                    activities: 88,
                    isEstimate: true,
                    isAudited: true
                ),
                TableCount(
                    table: TableName(schema: "sales", name: "Old List"),
                    activities: nil,
                    isEstimate: true,
                    isAudited: false
                ),
            ])
        case .actors(let text):
            .actors(
                text.isEmpty
                    ? [ActorCount(actor: alice, transactions: 38112), ActorCount(actor: nil, transactions: 12)]
                    : [ActorCount(actor: Actor(id: "99", label: "Alan"), transactions: nil)]
            )
        case .timeline(let from, let to, let spans):
            .timeline(
                Timeline(
                    histogram: histogram(from, to, spans),
                    samples: (0..<spans).map { VerbCounts(inserts: $0 % 4, updates: 10, deletes: $0 % 3) }
                )
            )
        case .tableOverview: .tableOverview(tableOverviews)
        case .actorOverview:
            .actorOverview([
                ActorOverview(
                    actor: alice,
                    transactions: 38112,
                    lastWrite: now.adding(seconds: -180),
                    lastClient: "10.0.3.17"
                ),
                ActorOverview(actor: nil, transactions: 12, lastWrite: nil, lastClient: nil),
            ])
        case .shape(let table): .shape(table, nil)
        case .history: .history(history)
        case .row(_, _, let moment): .row(row(at: moment))
        case .table: .unanswerable("not asked by the browser")
        case .revert(let request): .revert(script(request))
        case .health:
            .health([
                HealthFact("recorded tables", "41"), HealthFact("switched off", "public.orders", .bad),
                HealthFact("invalid indexes", "none", .good),
            ])
        case .summary: .summary(summary)
        case .news: .news(TrailMoment("1:1:"), nativeIDs: [])
        }
    }

    private static func attributed(_ activities: [Activity]) -> [AttributedActivity] {
        activities.map { AttributedActivity($0, actor: alice, clientAddress: nil, context: nil) }
    }

    private static let tableOverviews = [
        TableOverview(
            count: TableCount(table: orders, activities: 1_284_000, isEstimate: true, isAudited: true),
            newest: VerbCounts(inserts: 120, updates: 8400, deletes: 12),
            lastWrite: now.adding(seconds: -180),
            lastActor: alice,
            capture: .recording,
            keyColumns: ["id"]
        ),
        TableOverview(
            count: TableCount(
                table: TableName(schema: "sales", name: "lines"),
                activities: 88,
                isEstimate: false,
                isAudited: true
            ),
            newest: VerbCounts(truncates: 1),
            lastWrite: now.adding(seconds: -86400 * 9),
            capture: .disabled,
            keyColumns: ["order_id", "no"]
        ),
        TableOverview(
            count: TableCount(
                table: TableName(schema: "sales", name: "Old List"),
                activities: nil,
                isEstimate: true,
                isAudited: false
            )
        ),
    ]

    private static let summary = Summary(
        activities: 2000,
        oldest: now.adding(seconds: -7200),
        hasMore: true,
        items: [
            Summary.Item(.actor, "alice", 1500, .actor(.anyOf([.exactly(alice)]))),
            Summary.Item(.actor, "nobody", 500, .actor(.anyOf([.none]))),
            Summary.Item(.table, "public.orders", 2000, .table(.anyOf([TablePattern(orders)]))),
            Summary.Item(
                .transition,
                "status pending→paid",
                412,
                .change(path: ["status"], from: .glob("pending"), to: .glob("paid"))
            ),
            Summary.Item(.transition, "email \(Masks.text)→\(Masks.text)", 12, nil),
        ]
    )

    /// Two days of changes that grow towards the present, with gaps.
    private static func histogram(_ from: Timestamp?, _ to: Timestamp?, _ spans: Int) -> Histogram {
        Histogram(
            start: from ?? now.adding(seconds: -50 * 3600),
            end: to ?? now.adding(seconds: -180),
            counts: (0..<Int64(spans)).map { $0 % 7 == 0 ? 0 : $0 * ($0 % 5 + 1) }
        )
    }

    private static func matches(_ term: FilterExpression, _ transaction: Transaction) -> Bool {
        switch term {
        case .term(.number(.transaction, .anyOf(let ids))): transaction.id.map(ids.contains) ?? false
        case .term(.number(.nativeTransaction, .anyOf(let ids))): ids.contains(transaction.nativeID)
        default: true
        }
    }

    private static func page(
        _ transactions: [Transaction],
        _ filter: Filter,
        _ anchor: Anchor,
        _ limit: Int
    ) -> TransactionPage {
        let all = transactions.filter { transaction in
            (filter.verbs.isEmpty || filter.verbs == [.update] && transaction.counts.updates > 0)
                && (filter.tables.isEmpty || transaction.tables.contains { $0.name == filter.tables[0].name })
                && (filter.actors.isEmpty || filter.actors.contains { $0 == transaction.actor.map(ActorTerm.exactly) })
                && filter.terms.allSatisfy { matches($0, transaction) }
        }
        let found: [Transaction]
        let isOlder: Bool
        switch anchor {
        case .newest: (found, isOlder) = (Array(all.prefix(limit)), true)
        case .older(let position):
            (found, isOlder) = (Array(all.filter { $0.nativeID < position.place }.prefix(limit)), true)
        case .at(let moment):
            (found, isOlder) = (Array(all.filter { $0.issuedAt.map { $0 <= moment } ?? false }.prefix(limit)), true)
        case .oldest: (found, isOlder) = (Array(all.suffix(limit)), false)
        case .newer(let position):
            (found, isOlder) = (Array(all.filter { $0.nativeID > position.place }.suffix(limit)), false)
        }
        let edge = isOlder ? found.last : found.first
        let isEnd = edge == nil || edge?.nativeID == (isOlder ? all.last : all.first)?.nativeID
        return TransactionPage(transactions: found, order: .native, next: isEnd ? nil : edge?.position(in: .native))
    }
}

extension Fixture {
    static let alice = Actor(id: "42", label: "alice")
    static let bob = Actor(id: "7", label: "bob")
    static let orders = TableName(schema: "public", name: "orders")

    static func json(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .null }

    static func transaction(
        _ number: Int64,
        minutesAgo: Int64,
        _ actor: Actor?,
        _ counts: VerbCounts,
        _ tables: [TableName] = [orders],
        samples: [(String, String)] = []
    ) -> Transaction {
        Transaction(
            nativeID: number * 10,
            id: actor == nil ? nil : number,
            actor: actor,
            clientAddress: actor == nil ? nil : "10.0.3.17",
            issuedAt: now.adding(seconds: -60 * minutesAgo),
            counts: counts,
            tables: tables,
            samples: samples.map { old, new in
                UpdateSample(columns: json(new).members?.map(\.name) ?? [], old: json(old), new: json(new))
            },
            firstActivityID: number * 100
        )
    }

    static let transactions: [Transaction] = [
        transaction(
            99987,
            minutesAgo: 3,
            alice,
            VerbCounts(updates: 2),
            samples: [
                (#"{"status":"pending"}"#, #"{"status":"paid"}"#), (#"{"status":"pending"}"#, #"{"status":"paid"}"#),
            ]
        ),
        transaction(
            99984,
            minutesAgo: 5,
            bob,
            VerbCounts(inserts: 1, updates: 1),
            [TableName(schema: "public", name: "customers"), orders],
            samples: [(#"{"credit":120}"#, #"{"credit":95}"#)]
        ),
        transaction(99978, minutesAgo: 12, alice, VerbCounts(deletes: 412)),
        transaction(99970, minutesAgo: 47, nil, VerbCounts(inserts: 1001, isCapped: true)),
        transaction(99960, minutesAgo: 60 * 50, Actor(id: "3", label: "田中太郎"), VerbCounts(truncates: 1)),
    ]

    /// Many transactions, newest first.
    static func many(_ count: Int) -> [Transaction] {
        (0..<Int64(count)).map { index in
            transaction(Int64(count) - index, minutesAgo: index, alice, VerbCounts(inserts: 1))
        }
    }

    static func activities(of nativeID: Int64) -> [Activity] {
        let first = nativeID * 10
        return (0..<2).map { index in
            Activity(
                id: first + index,
                transactionID: nativeID / 10,
                nativeTransactionID: nativeID,
                issuedAt: now,
                table: orders,
                verb: .update,
                key: [JSON.Member("id", .integer(42 + index))],
                oldData: json(
                    #"{"id":\#(42 + index),"total":129.90,"status":"pending","prefs":{"theme":"dark"},"customer_id":1933}"#
                ),
                changedData: json(#"{"status":"paid","prefs":{"theme":"light"}}"#)
            )
        }
    }
}
