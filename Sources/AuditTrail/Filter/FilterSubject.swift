/// What a filter asks for in the rows themselves.
extension Filter {
    /// The columns, or the paths in their values, that its terms name: those of `col:`, of values and of their changes, in the
    /// order in which they are written.
    ///
    /// What a term under a negation names is not asked for, and a regular expression names nothing.
    public var namedPaths: [[String]] { terms.flatMap(\.namedPaths) }
}

extension FilterExpression {
    fileprivate var namedPaths: [[String]] {
        switch self {
        case .not: []
        case .all(let operands), .any(let operands): operands.flatMap(\.namedPaths)
        case .term(.column(.anyOf(let paths))): paths
        case .term(.column(.exactly(let path))), .term(.value(_, let path, _)), .term(.change(let path, _, _)): [path]
        case .term: []
        }
    }
}
