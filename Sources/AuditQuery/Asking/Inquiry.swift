import AuditTrail
import JSON
import Postgres

/// One question on its way to its answer: says which statement to run next, and is given its result.
///
/// Does no input or output itself, so that a loop that never waits and a command that may wait both drive it.
public struct Inquiry: Sendable {
    /// What to do next.
    public enum Step: Sendable {
        /// Run the statement and hand its result to `advance`.
        case run(Statement, [String?])
        /// The question is answered.
        case answered(Answer)
    }

    /// What the result of the last statement is for.
    enum Stage {
        case spelling(RowTermLookups)
        case resolving(FilterResolution)
        case placing(ResolvedFilter)
        case walking(TransactionSearch)
        case gathering([TableCount])
        case sampling(Histogram)
        case estimating(Histogram)
        case comparing(Snapshot, since: TrailMoment?, Filter)
        case findingSeen
        case findingArrived(SeenActivities, Filter)
        case findingNews(TrailMoment)
        case reading(any Dialogue)
        case collecting(WalkStep)
        case counting(WalkStep)
        case asking
        case labelling(Answer)
    }

    /// How many of the newest activities or transactions a picker or an overview looks at.
    static let newestSample = "5000"
    /// How many activities of each span are looked at for the histogram of a filter.
    static let histogramSample = "30"
    /// How far beyond the last activity a large transaction is searched for the next.
    static let largeTransactionWindow: Int64 = 50000

    /// What is asked.
    public private(set) var question: Question
    let trail: Trail
    var stage = Stage.asking
    private var isSorting = false

    /// A question to a trail.
    public init(_ question: Question, of trail: Trail) {
        self.question = question
        self.trail = trail
    }

    /// The first step.
    public mutating func start() -> Step { masked(spell(RowTermLookups(of: question.conditionFilter ?? Filter()))) }

    /// Looks up what the terms for rows mean where a question has no more to be looked up for its filter.
    private mutating func spell(_ lookups: RowTermLookups) -> Step {
        var lookups = lookups
        if let next = lookups.next(in: trail) {
            stage = .spelling(lookups)
            return .run(next.statement, next.parameters)
        }
        question.conditionFilter = question.conditionFilter?.spelled(by: lookups.rows)
        return begin()
    }

    /// The step that follows the result of the last one, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable` when the result is not what the statement promises.
    public mutating func advance(
        with result: borrowing QueryResult,
        milliseconds: Int
    ) throws(PostgresError) -> Step {
        masked(try received(result, milliseconds: milliseconds))
    }

    /// The step that follows when the server has refused the last statement; nil when there is none, and the question fails.
    public mutating func recover(from error: PostgresError) -> Step? {
        switch stage {
        case .spelling(var lookups):
            guard lookups.recover(from: error) else { return nil }
            return masked(spell(lookups))
        case .resolving(var resolution):
            guard resolution.recover(from: error) else { return nil }
            return masked(resolve(resolution))
        case .reading(var dialogue):
            guard dialogue.recover(from: error) else { return nil }
            return masked(read(dialogue))
        default: return nil
        }
    }

    /// The step with masked values hidden in an answer.
    private func masked(_ step: Step) -> Step {
        if case .answered(let answer) = step { .answered(answer.masked(by: trail.masks)) } else { step }
    }

    private mutating func begin() -> Step {
        switch question {
        case .transactions(let filter, let anchor, _):
            return resolve(FilterResolution(of: filter, in: trail, disorder: TimeBounds.disorderOfPages, at: anchor))
        case .summary(let filter):
            let disorder = TimeBounds.disorderOfPages
            return resolve(FilterResolution(of: filter, in: trail, disorder: disorder, finding: .activity))
        case .changes(let filter, _, _):
            let disorder = TimeBounds.disorderOfReports
            return resolve(FilterResolution(of: filter, in: trail, disorder: disorder, finding: .activity))
        case .count(let filter, let anchor):
            let order = countOrder(of: filter)
            let disorder = TimeBounds.disorderOfReports
            return resolve(FilterResolution(of: filter, in: trail, disorder: disorder, finding: order, at: anchor))
        case .history(let table, let key, let limit):
            return read(HistoryReading(table, key, in: trail, limit: limit))
        case .table(let table, let moment): return read(TableAtReading(table, at: moment, in: trail))
        case .revert(let request): return read(RevertReading(request, in: trail))
        case .row(let table, let key, let moment):
            return read(RowAtReading(table, key, at: moment, in: trail))
        case .names(let filter): return read(NameReading(filter, in: trail))
        default: return ask()
        }
    }

    private mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) -> Step {
        switch stage {
        case .spelling(var lookups):
            try lookups.received(result)
            return spell(lookups)
        case .resolving(var resolution):
            try resolution.received(result)
            return resolve(resolution)
        case .placing(let resolved): return walk(resolved, at: try resolved.anchor(from: result, in: trail))
        case .walking(var search):
            if let page = try search.received(result, milliseconds: milliseconds) { return label(.transactions(page)) }
            return walk(search)
        case .gathering(let counts):
            return label(.tableOverview(overviews(counts, try result.map(tableOverview(from:)))))
        case .sampling(let histogram):
            return .answered(.timeline(Timeline(histogram: histogram, samples: try result.map(sample(from:)))))
        case .estimating(let histogram):
            let samples = try result.map { row throws(PostgresError) in
                (looked: try row.integer(0), selected: try row.integer(1))
            }
            return .answered(.histogram(histogram.selecting(samples)))
        case .comparing(let now, let since, let filter):
            let isOfAnother = try result.first { row throws(PostgresError) in try row.boolean(0) } ?? false
            return isOfAnother ? askForArrived(since: since, filter) : askForNews(since: since, filter, now: now)
        case .findingSeen: return .answered(.news(TrailMoment(try SeenActivities(result).text), nativeIDs: []))
        case .findingArrived(let seen, let filter):
            let arrived = try result.map { row throws(PostgresError) in try row.integer(0) }
            return askForNews(of: arrived, seen, filter)
        case .findingNews(let moment):
            let found = try result.map { row throws(PostgresError) in try row.integer(0) }
            return .answered(.news(moment, nativeIDs: found))
        case .collecting(let step): return label(.changes(try changePage(from: result, of: step, milliseconds)))
        case .counting(let step):
            let part = try result.first { row throws(PostgresError) in
                try partialCount(from: row, of: step, milliseconds)
            }
            return .answered(.count(part ?? PartialCount(transactions: 0, changes: 0, reached: nil, next: nil)))
        case .reading(var dialogue):
            try dialogue.received(result, milliseconds: milliseconds)
            return read(dialogue)
        case .asking:
            if let step = try secondStep(after: result) { return step }
            let answer = try AuditQuery.answer(to: question, from: result, of: trail)
            return wholeTransaction(instead: answer) ?? label(answer)
        case .labelling(let answer):
            let labels = try result.map { row throws(PostgresError) in (try row.text(0), row.optionalText(1)) }
            return .answered(answer.naming(Dictionary(labels) { first, _ in first }))
        }
    }

    private mutating func read(_ dialogue: any Dialogue) -> Step {
        var dialogue = dialogue
        guard let next = dialogue.next() else { return label(dialogue.finished) }
        stage = .reading(dialogue)
        return .run(next.statement, next.parameters)
    }

    private mutating func resolve(_ resolution: FilterResolution) -> Step {
        var resolution = resolution
        guard let lookup = resolution.nextLookup() else { return ask(for: resolution.resolved) }
        stage = .resolving(resolution)
        return .run(lookup.statement, lookup.parameters)
    }

    /// The second of two statements that a question takes; nil when one is enough.
    private mutating func secondStep(after result: borrowing QueryResult) throws(PostgresError) -> Step? {
        switch question {
        case .tableOverview:
            stage = .gathering(try result.map(tableCount(from:)))
            return run(Statements.tablesNewest, [Self.newestSample])
        case .timeline:
            guard let (histogram, edges) = try result.first(histogramWithEdges(from:)) else {
                return .answered(.timeline(nil))
            }
            stage = .sampling(histogram)
            return run(Statements.timeline, [arrayLiteral(edges.map { String($0) }), "15"])
        case .histogram(_, _, _, let filter) where !filter.isOfTimes:
            guard let (histogram, edges) = try result.first(histogramWithEdges(from:)) else {
                return .answered(.histogram(nil))
            }
            stage = .estimating(histogram)
            let values = [arrayLiteral(edges.map { String($0) }), Self.histogramSample]
            let condition = FilterCondition(filter, of: trail, after: values.count)
            return .run(condition.within(Statements.histogramSelected), values + condition.parameters)
        case .news(let since, let filter):
            let now = try Snapshot(result)
            // A session has but one way, and the first moment tells which.
            if let since, Snapshot(since.text) != nil { return askForNews(since: since, filter, now: now) }
            stage = .comparing(now, since: since, filter)
            return run(Statements.future, [now.firstUnended])
        default: return nil
        }
    }

    mutating func ask() -> Step {
        stage = .asking
        switch question {
        case .transactions, .summary, .changes, .count, .history, .row, .table, .revert, .names:
            return begin()
        case .activities(let scope, let after, let limit): return page(of: scope, after: after, limit: limit)
        case .activity(let id):
            return .run(Statements.activity.statement(of: trail, Excerpts.columnsOfOne), [String(id)])
        case .tables, .tableOverview: return run(Statements.tables, [Self.newestSample, trail.schema])
        case .actorOverview: return run(Statements.actorsNewest, [Self.newestSample])
        case .health: return run(Statements.health, [Self.newestSample, trail.schema])
        case .actors(let text): return askForActors(text)
        case .histogram(let from, let to, let spans, _), .timeline(let from, let to, let spans):
            return run(Statements.histogram, [from.map(timestampLiteral), to.map(timestampLiteral), String(spans)])
        case .news(let since, let filter):
            let isOfAnother = trail.isOfAnotherServer || since.flatMap { SeenActivities($0.text) } != nil
            return isOfAnother ? askForArrived(since: since, filter) : run(Statements.snapshot, [])
        case .shape(let table):
            let lookup = TableShape.lookup([(table.schema, table.name)])
            return .run(lookup.statement, lookup.parameters)
        }
    }

    private func askForActors(_ text: String) -> Step {
        guard !text.isEmpty, trail.labelledActorTable != nil else {
            return run(Statements.actorsRecent, [Self.newestSample])
        }
        return run(Statements.actorsMatching, [arrayLiteral(["%" + likePattern(text) + "%"]), "200"])
    }

    /// The statement that sorts a large transaction, when a walk through a part of the trail did not fill the page.
    private mutating func wholeTransaction(instead answer: Answer) -> Step? {
        guard case .activities(var scope, let after, let limit) = question, scope.isLarge, !isSorting, !trail.isByTime,
            case .activities(_, hasMore: false) = answer
        else { return nil }
        isSorting = true
        scope.isLarge = false
        return page(of: scope, after: after, limit: limit)
    }

    private func page(of scope: ActivityScope, after: Int64, limit: Int) -> Step {
        let page = activityPage(scope, of: trail, after: after, limit: limit)
        return .run(page.statement, page.parameters)
    }

    func run(_ file: StatementFile, _ parameters: [String?]) -> Step {
        .run(file.statement(of: trail), parameters)
    }

    /// Looks the labels of the answer's actors up, when there are any and there is a table that has them.
    private mutating func label(_ answer: Answer) -> Step {
        let keys = answer.unnamedActorKeys
        guard trail.labelledActorTable != nil, !keys.isEmpty else { return .answered(answer) }
        stage = .labelling(answer)
        return run(Statements.actorLabels, [arrayLiteral(keys.sorted())])
    }
}
