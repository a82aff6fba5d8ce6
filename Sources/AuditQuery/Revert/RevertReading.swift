import AuditTrail
import Postgres

/// Makes a revert: reads the changes, the tables as they are, and where asked what would become of each statement.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RevertReading: Dialogue {
    private enum Stage {
        case changes(ActivitySearch)
        case tables
        case identity
        case large
        case check(RevertCheck)
        case blame(ActivitySearch, step: Int)
        case labels
        case done
    }

    /// Of so many rows in conflict it is told who changed them.
    private static let mostBlamed = 50

    private let request: RevertRequest
    private let trail: Trail
    private var stage: Stage
    private var changes: [AttributedActivity] = []
    private var plan = RevertPlan(of: [], [:])
    private var identity = DatabaseIdentity(name: "")
    /// The values that stay in the trail.
    private var largeValues: LargeValues
    /// Whether all values are read, however large they are.
    private var isWhole: Bool
    private var verdicts: [RevertScript.Verdict]?
    private var conflicts: [Int] = []
    /// The last change of the row of a step in conflict.
    private var lastChanges: [Int: AttributedActivity] = [:]
    /// Why there is no script.
    private(set) var problem: String?

    /// The revert of what a filter selects.
    init(_ request: RevertRequest, in trail: Trail) {
        self.request = request
        self.trail = trail
        largeValues = LargeValues(plan, in: trail)
        // A script reads no views, and of bytes that are no UTF-8 only the whole is known.
        isWhole = !trail.isTable || trail.isOfBytes
        let mostBytes = isWhole ? request.mostBytes : Excerpts.mostBytes
        stage = .changes(ActivitySearch(request.filter, in: trail, mostBytes: mostBytes))
        if let warning = trail.partWarning {
            (problem, stage) = (warning + ", and part of a transaction cannot be taken back", .done)
        }
    }

    /// The script, when all has been read; nil when there is a problem.
    var script: RevertScript? {
        guard problem == nil else { return nil }
        let title = request.title(changes)
        return RevertWording(
            plan: plan,
            title: title,
            identity: identity,
            isPartial: request.isPartial,
            large: largeValues
        ).script(explained)
    }

    /// What has been read, or why it cannot be.
    var finished: Answer { script.map(Answer.revert) ?? .unanswerable(problem ?? "") }

    /// The statement to run next, with its parameters; nil when all has been read.
    mutating func next() -> Request? {
        while true {
            switch stage {
            case .changes(var search):
                let next = search.next()
                stage = .changes(search)
                if let next { return next }
                changes = search.found.map(\.withOrigins)
                stage = changes.isEmpty ? .done : .tables
                if changes.isEmpty { problem = "nothing is selected that could be taken back" }
                if let large { (problem, stage) = (large, .done) }
            case .tables:
                let tables = Set(changes.map(\.activity.table)).sorted()
                return TableShape.lookup(tables.map { ($0.schema, $0.name) })
            case .identity: return (Statements.serverIdentity.statement(), [])
            case .large:
                if let next = largeValues.next() { return next }
                problem = largeValues.problem
                stage = problem != nil ? .done : request.isChecked ? .check(check) : .labels
            case .check(var check):
                let next = check.next()
                stage = .check(check)
                if let next { return next }
                take(check.verdicts)
            case .blame(var search, let step):
                let next = search.next()
                stage = .blame(search, step: step)
                if let next { return next }
                blame(search.found.first, step)
            case .labels:
                let keys = ([changes.last] + Array(lastChanges.values)).compactMap { $0?.actor?.id }
                guard trail.labelledActorTable != nil, !keys.isEmpty else {
                    stage = .done
                    return nil
                }
                let statement = Statements.actorLabels.statement(of: trail)
                return (statement, [arrayLiteral(Set(keys).sorted())])
            case .done: return nil
            }
        }
    }

    private var check: RevertCheck { RevertCheck(plan, largeValues, in: trail, isPartial: request.isPartial) }

    /// Reads the changes once more, now with all of their values.
    private mutating func readAll() {
        isWhole = true
        changes = []
        stage = .changes(ActivitySearch(request.filter, in: trail, mostBytes: request.mostBytes))
    }

    /// That a change was left out for its size; nil when there is none.
    private var large: String? {
        guard isWhole, let mostBytes = request.mostBytes else { return nil }
        let large = changes.first { change in
            change.activity.holdsExcerpts
        }
        return large.map { change in
            let id = change.activity.id
            return "activity \(id) holds more than \(byteText(Int64(mostBytes))), too much to look at here; "
                + "audit-tui revert prints its script"
        }
    }

    /// Whether there is a way on after the statement was refused: a value that its column does not take any more is no reason
    /// to say nothing of all others.
    mutating func recover(from error: PostgresError) -> Bool {
        if case .changes(var search) = stage {
            defer { stage = .changes(search) }
            return search.recover(from: error)
        }
        guard case .check(var check) = stage, case .refused(let refusal) = error, refusal.sqlState.hasPrefix("22")
        else {
            return false
        }
        guard case .refused(let shown) = trail.masks.isEmpty ? error : error.withoutValues else { return false }
        check.refuse(shown.message)
        stage = .check(check)
        return true
    }

    /// Takes in the result of the statement, which took so many milliseconds.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        switch stage {
        case .changes(var search):
            try search.received(result, milliseconds: milliseconds)
            stage = .changes(search)
        case .tables:
            let shapes = try result.map(TableShape.init(from:))
            plan = RevertPlan(
                of: changes,
                Dictionary(shapes.map { ($0.name, $0) }) { first, _ in first },
                ofBytes: trail.isOfBytes
            )
            largeValues = LargeValues(plan, in: trail)
            stage = .identity
            if !isWhole, plan.lacksValues { readAll() }
        case .identity:
            let found = try result.first { row throws(PostgresError) in
                DatabaseIdentity(name: try row.text(0), system: row.optionalText(1))
            }
            identity = found ?? identity
            stage = .large
        case .large: try largeValues.received(result)
        case .check(var check):
            try check.received(result)
            stage = .check(check)
        case .blame(var search, let step):
            try search.received(result, milliseconds: milliseconds)
            stage = .blame(search, step: step)
        case .labels:
            let labels = try result.map { row throws(PostgresError) in (try row.text(0), row.optionalText(1)) }
            name(Dictionary(labels) { first, _ in first })
            stage = .done
        case .done: break
        }
    }

    private mutating func take(_ verdicts: [RevertScript.Verdict]) {
        self.verdicts = verdicts
        conflicts = verdicts.indices.filter { index in
            switch verdicts[index] {
            case .conflict, .partly: true
            case .applies, .reverted, .impossible: false
            }
        }
        conflicts = Array(conflicts.prefix(Self.mostBlamed).reversed())
        blameNext()
    }

    /// Looks up who changed the row of the next conflict last, be it of some columns only.
    private mutating func blameNext() {
        while let step = conflicts.popLast() {
            let table = plan.steps[step].change.activity.table
            guard let shape = plan.shapes[table], let key = plan.steps[step].currentKey(shape.keyColumns) else {
                continue
            }
            let filter = Filter(table, shape.spelled(key))
            stage = .blame(ActivitySearch(filter, in: trail, limit: 1, mostBytes: Excerpts.mostBytes), step: step)
            return
        }
        stage = .labels
    }

    private mutating func blame(_ newest: AttributedActivity?, _ step: Int) {
        if let newest, newest.activity.id > plan.steps[step].change.activity.id { lastChanges[step] = newest }
        blameNext()
    }

    private mutating func name(_ labels: [String: String?]) {
        changes[changes.count - 1].actor?.name(by: labels)
        for step in lastChanges.keys { lastChanges[step]?.actor?.name(by: labels) }
    }

    /// The verdicts, with who changed the rows that are in conflict.
    private var explained: [RevertScript.Verdict]? {
        verdicts?.enumerated().map { index, verdict in
            guard let newest = lastChanges[index] else { return verdict }
            let transaction =
                newest.activity.transactionID.map { "tx \($0)" } ?? "xid \(newest.activity.nativeTransactionID)"
            let actor = newest.actor.map { " by \($0.displayName)" } ?? ""
            let writer = "; last written\(actor) in \(transaction)"
            return switch verdict {
            case .conflict(let reason): .conflict(reason + writer)
            case .partly(let reason): .partly(reason + writer)
            case .applies, .reverted, .impossible: verdict
            }
        }
    }
}
