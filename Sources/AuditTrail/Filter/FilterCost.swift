/// To what the indexes of a trail lead.
public struct IndexedTerms: Equatable, Sendable {
    /// To the activities of a table.
    public var tables: Bool
    /// To those of a row.
    public var rows: Bool
    /// To the transactions of an actor.
    public var actors: Bool

    /// What is led to; nothing without arguments.
    public init(tables: Bool = false, rows: Bool = false, actors: Bool = false) {
        self.tables = tables
        self.rows = rows
        self.actors = actors
    }
}

extension FilterExpression {
    /// How much of the trail has to be read to find what holds for an expression.
    public enum Cost: Int, Comparable, Sendable {
        /// An index or the order of the trail leads to it.
        case index
        /// The activities, or for an actor the transactions, are read from the newest on; what is common is found soon.
        case boundedScan
        /// The values of every row are taken apart.
        case longScan

        /// Orders from cheap to dear.
        public static func < (left: Cost, right: Cost) -> Bool { left.rawValue < right.rawValue }
    }

    /// The cost of the expression by itself, on a trail with these indexes.
    public func cost(with indexes: IndexedTerms) -> Cost {
        switch self {
        case .term(let term): term.cost(with: indexes)
        case .not(let operand): max(.boundedScan, operand.cost(with: indexes))
        case .all(let operands): operands.map { $0.cost(with: indexes) }.min() ?? .boundedScan
        case .any(let operands): max(.boundedScan, operands.map { $0.cost(with: indexes) }.max() ?? .boundedScan)
        }
    }
}

extension FilterTerm {
    fileprivate func cost(with indexes: IndexedTerms) -> FilterExpression.Cost {
        switch self {
        case .since, .until, .at, .number(.transaction, .anyOf), .number(.nativeTransaction, .anyOf),
            .number(.activity, .anyOf):
            .index
        case .table(.anyOf), .table(.exactly): indexes.tables ? .index : .boundedScan
        case .row: indexes.rows ? .index : .boundedScan
        // What nobody claims is not looked for by its actor.
        case .actor(.anyOf(let actors)) where actors.contains(.none): .boundedScan
        case .actor(.anyOf), .actor(.exactly): indexes.actors ? .index : .boundedScan
        case .word, .regex, .value: .longScan
        default: .boundedScan
        }
    }
}
