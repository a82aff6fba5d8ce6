extension FilterExpression {
    /// How much of the trail has to be read to find what holds for an expression.
    public enum Cost: Int, Comparable, Sendable {
        /// An index or the order of the trail leads to it.
        case index
        /// The activities are read from the newest on; what is common is found soon.
        case boundedScan
        /// The values of every row are taken apart.
        case longScan

        /// Orders from cheap to dear.
        public static func < (left: Cost, right: Cost) -> Bool { left.rawValue < right.rawValue }
    }

    /// The cost of the expression by itself.
    public var cost: Cost {
        switch self {
        case .term(let term): term.cost
        case .not(let operand): max(.boundedScan, operand.cost)
        case .all(let operands): operands.map(\.cost).min() ?? .boundedScan
        case .any(let operands): operands.map(\.cost).max() ?? .boundedScan
        }
    }
}

extension FilterTerm {
    fileprivate var cost: FilterExpression.Cost {
        switch self {
        case .since, .until, .at, .actor(.anyOf), .actor(.exactly): .index
        case .word, .regex, .value: .longScan
        default: .boundedScan
        }
    }
}
