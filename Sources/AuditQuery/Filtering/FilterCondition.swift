import AuditTrail
import Postgres

/// A filter as a condition of SQL on a row `a` of activity, with its values as parameters.
///
/// Put together of the fixed pieces below, the words and, or, not, and the numbers of parameters: what a person has typed is
/// a parameter always. A condition is an expression of two values at its negations: null is false there.
struct FilterCondition: Equatable, Sendable {
    private(set) var text: SQL = "true"
    private(set) var parameters: [String?] = []
    /// What the filter says of the time of the activities, as a condition by itself.
    private(set) var period: SQL = "true"
    let trail: Trail
    /// The quoted name of the audit schema.
    let schema: SQL
    /// Whether the condition looks at the actor table.
    private var looksAtActors = false
    private let firstParameter: Int
    /// The keys that the labels of the first actor term were looked up to, to be used instead of looking again.
    private var actors: ResolvedFilter.Actors?

    /// What the terms for rows mean, to be used instead of looking at the catalog.
    let rows: [FilterTerm: [ResolvedFilter.KeyedTable]]

    /// The condition of a filter for a statement with so many parameters of its own.
    init(
        _ filter: Filter,
        of trail: Trail,
        actors: ResolvedFilter.Actors? = nil,
        rows: [FilterTerm: [ResolvedFilter.KeyedTable]] = [:],
        after parameterCount: Int
    ) {
        self.trail = trail
        schema = .identifier(trail.schema)
        self.actors = actors
        self.rows = rows
        firstParameter = parameterCount + 1
        guard !filter.isEmpty else { return }
        let conditions = filter.terms.map { (isOfTime: $0.isOfTime, text: condition($0, isTopLevel: true)) }
        text = conditions.map(\.text).joined(separator: " and ")
        if filter.hasTimes { period = conditions.filter(\.isOfTime).map(\.text).joined(separator: " and ") }
    }

    /// Whether what it selects from is one table.
    var isOfOneTable: Bool { trail.isPlain }

    /// The variables of a statement about the trail with this condition in it.
    var values: [String: Template.Value] {
        trail.values.merging(["filter": .sql(text), "period": .sql(period)]) { _, own in own }
    }

    /// What must hold of the trail, and of the actor table where the condition looks at it.
    private var safeguard: Safeguard? {
        looksAtActors ? trail.actorSafeguard?.and(trail.safeguard) ?? trail.safeguard : trail.safeguard
    }

    /// The statement for the trail with this condition in it, and with other variables.
    func within(_ file: StatementFile, _ others: [String: Template.Value] = [:]) -> Statement {
        file.statement(values.merging(others) { _, other in other }).guarded(by: safeguard)
    }

    private mutating func condition(_ expression: FilterExpression, isTopLevel: Bool = false) -> SQL {
        switch expression {
        case .term(.actor(let test)) where isTopLevel: topLevelActor(test)
        case .term(let term): condition(term)
        case .not(let operand): "not coalesce(\(condition(operand)), false)"
        case .all(let operands): "(" + operands.map { condition($0) }.joined(separator: " and ") + ")"
        case .any(let operands): "(" + operands.map { condition($0) }.joined(separator: " or ") + ")"
        }
    }

    private mutating func topLevelActor(_ test: NameTest<ActorTerm>) -> SQL {
        guard let actors else { return actorCondition(test) }
        if case .regex = test { return actorCondition(test) }
        self.actors = nil
        return keyCondition(actors)
    }

    /// A parameter with a value of a type.
    mutating func bind(_ value: String, _ type: SQL = "text") -> SQL { "\(parameter(value))::\(type)" }

    /// A parameter with a value, of the type that is written behind it.
    mutating func parameter(_ value: String) -> SQL {
        parameters.append(value)
        return "$\(firstParameter + parameters.count - 1)"
    }

    mutating func bind(_ values: [String]) -> SQL { bind(arrayLiteral(values), "text[]") }

    /// Nobody claimed it: there is no transaction row, or none with an actor.
    private var nobody: SQL { "(a.transaction_id is null or \(transaction("t.actor_id is null")))" }

    /// The condition on the transaction row of the activity, which is false without one.
    func transaction(_ condition: SQL) -> SQL {
        "exists (select from \(schema).transaction t where t.id = a.transaction_id and (\(condition)))"
    }

    private mutating func keyCondition(_ actors: ResolvedFilter.Actors) -> SQL {
        var alternatives: [SQL] = []
        if actors.includesNone { alternatives.append(nobody) }
        if !actors.keys.isEmpty {
            alternatives.append(transaction(trail.actorID(isAnyOf: parameter(arrayLiteral(actors.keys)))))
        }
        if !actors.patterns.isEmpty { alternatives.append(named("~~*", "any (\(bind(actors.patterns)))")) }
        return alternatives.isEmpty ? "false" : "(" + alternatives.joined(separator: " or ") + ")"
    }

    mutating func actorCondition(_ test: NameTest<ActorTerm>) -> SQL {
        switch test {
        case .regex(let pattern): return named("~*", bind(pattern))
        case .exactly(let term): return actorCondition([term])
        case .anyOf(let terms): return actorCondition(terms)
        }
    }

    private mutating func actorCondition(_ terms: [ActorTerm]) -> SQL {
        var keys: [String] = []
        var patterns: [String] = []
        var alternatives: [SQL] = []
        for term in terms {
            switch term {
            case .none: alternatives.append(nobody)
            case .exactly(let actor): keys.append(actor.id)
            case .matching(let glob): patterns.append(likePattern(glob))
            }
        }
        if !keys.isEmpty { alternatives.append(transaction("\(trail.actorID(of: "t")) = any (\(bind(keys)))")) }
        if !patterns.isEmpty { alternatives.append(named("~~*", "any (\(bind(patterns)))")) }
        return "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// The key or label of the activity's actor compares so.
    mutating func named(_ sign: SQL, _ value: SQL) -> SQL { transaction(actorNamed(sign, value)) }

    /// The key or label of the actor of transaction row t compares so.
    mutating func actorNamed(_ sign: SQL, _ value: SQL) -> SQL {
        let key = trail.actorID(of: "t")
        let byKey: SQL = "\(key) \(sign) \(value)"
        guard let table = trail.actorTable, let label = table.label else { return byKey }
        looksAtActors = true
        return """
            \(byKey) or \(key) in (
              select \(table.keyText(of: "u")) from \(table.relation) u
              where \(table.labelText(label, of: "u")) \(sign) \(value))
            """
    }
}
