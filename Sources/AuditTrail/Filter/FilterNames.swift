/// The names that a filter takes to be known, wherever they stand in it, each once and in the order of the filter.
public struct FilterNames: Equatable, Sendable {
    /// The tables, also those of rows.
    public private(set) var tables: [TablePattern] = []
    /// The actors by label or key.
    public private(set) var actors: [ActorTerm] = []
    /// The columns, also those at the beginning of paths; globs where the term takes globs.
    public private(set) var columns: [String] = []

    /// The names in a filter.
    public init(of filter: Filter) {
        for expression in filter.terms { add(expression) }
    }

    /// Whether the filter names nothing.
    public var isEmpty: Bool { tables.isEmpty && actors.isEmpty && columns.isEmpty }

    private mutating func add(_ expression: FilterExpression) {
        switch expression {
        case .term(let term): add(term)
        case .not(let operand): add(operand)
        case .all(let operands), .any(let operands): for operand in operands { add(operand) }
        }
    }

    private mutating func add(_ term: FilterTerm) {
        switch term {
        case .table(.anyOf(let patterns)): for pattern in patterns { insert(pattern, \.tables) }
        case .table(.exactly(let table)), .row(let table, _): insert(table, \.tables)
        case .actor(.anyOf(let actors)): for actor in actors where actor != .none { insert(actor, \.actors) }
        case .actor(.exactly(let actor)) where actor != .none: insert(actor, \.actors)
        case .column(.anyOf(let paths)): for path in paths { insert(path[0], \.columns) }
        case .column(.exactly(let path)), .change(let path, _, _), .value(_, let path, _): insert(path[0], \.columns)
        default: break
        }
    }

    private mutating func insert<Name: Equatable>(_ name: Name, _ list: WritableKeyPath<FilterNames, [Name]>) {
        // What is longer names nothing, and a list of tens of thousands is not typed by a person.
        if self[keyPath: list].count < 100, !self[keyPath: list].contains(name) { self[keyPath: list].append(name) }
    }
}
