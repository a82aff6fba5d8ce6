import AuditQuery
import AuditTrail
import Postgres

/// A screen ready to be asked for, as often as one likes.
struct Request {
    /// The first question.
    let question: Question
    /// Whether a page that is not full yet is searched on for.
    let isSearch: Bool
}

/// A screen asked for once.
struct Run {
    /// Milliseconds of each question that it took, one after the other.
    var steps: [Double] = []
    /// How many transactions it shows; nil for what is no list of them.
    var found: Int?
    /// Whether there was time for all of it.
    var isComplete = true

    var total: Double { steps.reduce(0, +) }
    var longest: Double { steps.max() ?? 0 }
}

/// A connection to the trail that is measured.
struct Session: ~Copyable {
    /// A search that has taken so long is given up.
    static let limitMilliseconds = 30_000.0
    static let pageSize = 200
    /// As many transactions fill a screen; what else the page holds is asked for while they are looked at.
    static let screenful = 50

    let connection: Connection
    let trail: Trail

    static func open(_ conninfo: String) throws -> Session {
        let connection = try Connection.open(ConnectionSettings(database: conninfo))
        let trail = try Trail.open(on: connection, schema: "audit")
        return Session(connection: connection, trail: trail)
    }

    /// Finds out what has to be known before the screen can be asked for, such as where its page begins.
    func prepare(_ subject: Screen.Subject) throws -> Request {
        switch subject {
        case .question(let question):
            return Request(question: question, isSearch: false)
        case .news:
            guard case .news(let moment, _) = try trail.answer(to: .news(since: nil, Filter()), on: connection) else {
                throw BenchmarkError.noMoment
            }
            return Request(question: .news(since: moment, Filter()), isSearch: false)
        case .list(let text, var anchor, let pagesOn):
            let filter = try Filter(parsing: text, now: Timestamp(microseconds: 0))
            for _ in 0..<pagesOn {
                let page = try page(.transactions(filter, at: anchor, limit: Self.pageSize))
                guard let next = page?.next else { break }
                anchor = .older(than: next)
            }
            return Request(question: .transactions(filter, at: anchor, limit: Self.pageSize), isSearch: true)
        case .changes(let id, let isLarge, let after):
            let scope = ActivityScope(of: try transaction(of: id, isLarge: isLarge), filter: Filter())
            return Request(question: .activities(scope, after: after, limit: Self.pageSize), isSearch: false)
        }
    }

    /// Asks and waits for the answers.
    func run(_ request: Request) throws -> Run {
        var run = Run()
        var question: Question? = request.question
        while let asked = question {
            guard run.total < Self.limitMilliseconds else {
                run.isComplete = false
                break
            }
            let start = ContinuousClock.now
            let page = try page(asked)
            run.steps.append((ContinuousClock.now - start) / .milliseconds(1))
            if let page { run.found = (run.found ?? 0) + page.transactions.count }
            question = request.isSearch && run.found ?? 0 < Self.screenful ? page.flatMap { following($0, asked) } : nil
        }
        return run
    }

    /// The answer when it is a page of transactions; nil when it is another.
    private func page(_ question: Question) throws -> TransactionPage? {
        guard case .transactions(let page) = try trail.answer(to: question, on: connection) else { return nil }
        return page
    }

    private func following(_ page: TransactionPage, _ question: Question) -> Question? {
        guard case .transactions(let filter, let anchor, let limit) = question, let next = page.next else { return nil }
        switch anchor {
        case .newest, .older, .at: return .transactions(filter, at: .older(than: next), limit: limit)
        case .oldest, .newer: return .transactions(filter, at: .newer(than: next), limit: limit)
        }
    }

    /// The transaction of an activity, of which only what its page is asked for by is filled in.
    private func transaction(of id: Int64, isLarge: Bool) throws -> Transaction {
        guard case .activity(let activity?) = try trail.answer(to: .activity(id: id), on: connection) else {
            throw BenchmarkError.noActivity(id)
        }
        return Transaction(
            nativeID: activity.nativeTransactionID,
            id: activity.transactionID,
            actor: nil,
            clientAddress: nil,
            issuedAt: nil,
            counts: VerbCounts(isCapped: isLarge),
            tables: [],
            samples: [],
            firstActivityID: id
        )
    }
}

enum BenchmarkError: Error, CustomStringConvertible {
    case noActivity(Int64)
    case noMoment

    var description: String {
        switch self {
        case .noActivity(let id): "no activity \(id): not a trail of the size that was said"
        case .noMoment: "the trail does not say what time it is"
        }
    }
}
