/// How large a filter may be, so that reading, printing and asking for it stays a matter of a second.
///
/// Whatever is a tree is gone through by functions that call themselves, here and on the server; and PostgreSQL 15 takes
/// 1 to 4 ms to plan a term that looks into rows.
enum FilterLimits {
    /// Unicode scalars of the text.
    static let characters = 100_000
    /// How deeply parentheses and negations may be nested, and how high the expression may be.
    static let depth = 100
    /// Terms, counting each value of a list for which there is a condition of its own.
    static let terms = 500

    /// Throws `FilterError` where the text by itself cannot be a filter.
    static func check(_ characters: [Unicode.Scalar]) throws(FilterError) {
        guard characters.count <= Self.characters else {
            throw FilterError(.tooLong, Self.characters..<characters.count)
        }
        if let place = characters.firstIndex(of: "\0") { throw FilterError(.zeroCharacter, place..<place + 1) }
    }
}

extension FilterTerm {
    /// How many conditions it becomes: lists of names and numbers are one, whatever their length.
    var conditionCount: Int {
        switch self {
        case .number(.count, .anyOf(let numbers)): numbers.count
        case .column(.anyOf(let paths)): paths.count
        case .value(_, _, .anyOf(let patterns)): patterns.count
        case .row(_, .columns(let columns)): columns.count
        default: 1
        }
    }
}

extension FilterExpression {
    /// How many conditions its terms become.
    var conditionCount: Int {
        switch self {
        case .term(let term): term.conditionCount
        case .not(let operand): operand.conditionCount
        case .all(let operands), .any(let operands): operands.map(\.conditionCount).reduce(0, +)
        }
    }

    /// How many expressions are within each other, 0 for a term.
    ///
    /// What is printed has no more parentheses and negations within each other than that.
    var height: Int {
        switch self {
        case .term: 0
        case .not(let operand): operand.height + 1
        case .all(let operands), .any(let operands): (operands.map(\.height).max() ?? 0) + 1
        }
    }
}
