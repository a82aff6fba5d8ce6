import AuditTrail
import Postgres

/// A filter as a condition of SQL on a row `a` of activity, with its values as parameters.
///
/// This is the one place where SQL is put together: of the fixed pieces below, the words and, or, not, and the numbers
/// of parameters. Nothing that a person has typed gets into the text; names of tables and columns of the trail are
/// `:"variables"` like everywhere. A condition is an expression of two values at its negations: null is false there.
struct FilterCondition: Equatable, Sendable {
    private(set) var text = "true"
    private(set) var parameters: [String?] = []
    /// What the filter says of the time of the activities, as a condition by itself.
    private(set) var period = "true"
    private let trail: Trail
    private let firstParameter: Int
    /// The keys that the labels of the first actor term were looked up to, to be used instead of looking again.
    private var actors: ResolvedFilter.Actors?

    /// The tables that the first term for a row by one value means, to be used instead of looking at the catalog.
    private var keyedTables: [ResolvedFilter.KeyedTable]?

    /// The condition of a filter for a statement with so many parameters of its own.
    init(
        _ filter: Filter,
        of trail: Trail,
        actors: ResolvedFilter.Actors? = nil,
        keyedTables: [ResolvedFilter.KeyedTable]? = nil,
        after parameterCount: Int
    ) {
        self.trail = trail
        self.actors = actors
        self.keyedTables = keyedTables
        firstParameter = parameterCount + 1
        guard !filter.isEmpty else { return }
        let conditions = filter.terms.map { (isOfTime: $0.isOfTime, text: condition($0, isTopLevel: true)) }
        text = conditions.map(\.text).joined(separator: " and ")
        if filter.hasTimes { period = conditions.filter(\.isOfTime).map(\.text).joined(separator: " and ") }
    }

    /// Whether what it selects from is one table.
    var isOfOneTable: Bool { trail.isPlain }

    /// The statement for a trail with this condition in it.
    func within(_ statement: Statement) -> Statement {
        statement.inserting(text, for: "filter").inserting(period, for: "period").naming(trail.identifiers)
    }

    private mutating func condition(_ expression: FilterExpression, isTopLevel: Bool = false) -> String {
        switch expression {
        case .term(.actor(let test)) where isTopLevel: topLevelActor(test)
        case .term(.row(_, .value(let value))) where isTopLevel && keyedTables != nil: topLevelRow(value)
        case .term(let term): condition(term)
        case .not(let operand): "not coalesce(\(condition(operand)), false)"
        case .all(let operands): "(" + operands.map { condition($0) }.joined(separator: " and ") + ")"
        case .any(let operands): "(" + operands.map { condition($0) }.joined(separator: " or ") + ")"
        }
    }

    private mutating func topLevelActor(_ test: NameTest<ActorTerm>) -> String {
        guard let actors else { return actorCondition(test) }
        if case .regex = test { return actorCondition(test) }
        self.actors = nil
        return keyCondition(actors)
    }

    private mutating func topLevelRow(_ value: String) -> String {
        let tables = keyedTables ?? []
        keyedTables = nil
        let alternatives = tables.map { table in
            "(a.schema = \(bind(table.schema)) and a.table_name = \(bind(table.name)) and "
                + "\(keyCondition([KeyColumn(table.key, value)])))"
        }
        return alternatives.isEmpty ? "false" : "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// A parameter with a value of a type.
    mutating func bind(_ value: String, _ type: String = "text") -> String {
        parameters.append(value)
        return "$\(firstParameter + parameters.count - 1)::\(type)"
    }

    mutating func bind(_ values: [String]) -> String { bind(arrayLiteral(values), "text[]") }

    /// The condition on the transaction row of the activity, which is false without one.
    func transaction(_ condition: String) -> String {
        "exists (select from :\"schema\".transaction t where t.id = a.transaction_id and (\(condition)))"
    }

    private mutating func keyCondition(_ actors: ResolvedFilter.Actors) -> String {
        var alternatives: [String] = []
        if actors.includesNone { alternatives.append("a.transaction_id is null") }
        if !actors.keys.isEmpty {
            let keys = "cast(\(bind(actors.keys)) as :\"actor_type_schema\".:\"actor_type\"[])"
            alternatives.append(transaction("t.actor_id = any (\(keys))"))
        }
        if !actors.patterns.isEmpty { alternatives.append(named("~~*", "any (\(bind(actors.patterns)))")) }
        return alternatives.isEmpty ? "false" : "(" + alternatives.joined(separator: " or ") + ")"
    }

    mutating func actorCondition(_ test: NameTest<ActorTerm>) -> String {
        switch test {
        case .regex(let pattern): return named("~*", bind(pattern))
        case .exactly(let term): return actorCondition([term])
        case .anyOf(let terms): return actorCondition(terms)
        }
    }

    private mutating func actorCondition(_ terms: [ActorTerm]) -> String {
        var keys: [String] = []
        var patterns: [String] = []
        var alternatives: [String] = []
        for term in terms {
            switch term {
            case .none: alternatives.append("a.transaction_id is null")
            case .exactly(let actor): keys.append(actor.id)
            case .matching(let glob): patterns.append(likePattern(glob))
            }
        }
        if !keys.isEmpty { alternatives.append(transaction("t.actor_id::text = any (\(bind(keys)))")) }
        if !patterns.isEmpty { alternatives.append(named("~~*", "any (\(bind(patterns)))")) }
        return "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// The key or label of the activity's actor compares so.
    func named(_ sign: String, _ value: String) -> String { transaction(actorNamed(sign, value)) }

    /// The key or label of the actor of transaction row t compares so.
    func actorNamed(_ sign: String, _ value: String) -> String {
        let byKey = "t.actor_id::text \(sign) \(value)"
        guard trail.labelledActorTable != nil else { return byKey }
        return """
            \(byKey) or t.actor_id::text in (
              select u.:"actor_key"::text from :"actor_schema".:"actor_table" u where u.:"actor_label"::text \(sign) \(value))
            """
    }
}
