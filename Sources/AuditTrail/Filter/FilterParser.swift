extension Filter {
    /// Reads a filter as it is typed; an empty text selects everything.
    ///
    /// `now` is what relative times are counted from. Throws `FilterError` with the place of the first mistake.
    public init(parsing text: String, now: Timestamp) throws(FilterError) {
        var parser = FilterParser(scanner: FilterScanner(text), now: now)
        switch try parser.parse() {
        case .all(let terms)?: self.init(terms)
        case let expression?: self.init([expression])
        case nil: self.init()
        }
    }
}

extension FilterTerm {
    /// Reads `field:value` where the value stands by itself, as in an option, so that blanks and parentheses need no
    /// quotes.
    ///
    /// Throws `FilterError` with the place in the value.
    public init(_ field: String, _ value: String, now: Timestamp) throws(FilterError) {
        var scanner = FilterScanner(value)
        let text = try scanner.takeText { _ in false }
        let parser = FilterParser(scanner: scanner, now: now)
        self = try parser.term(field, ":", field == "row" ? [text] : text.split(","))
    }
}

/// Recursive descent over the grammar: `or` binds least, then `and`, which may be left out, then `not`.
struct FilterParser {
    var scanner: FilterScanner
    let now: Timestamp

    mutating func parse() throws(FilterError) -> FilterExpression? {
        scanner.skipBlanks()
        if scanner.next == nil { return nil }
        let expression = try parseAny()
        if scanner.next != nil {
            throw FilterError(.unbalancedParenthesis, scanner.position..<scanner.position + 1)
        }
        return expression
    }

    private mutating func parseAny() throws(FilterError) -> FilterExpression {
        var operands = [try parseAll()]
        while takeJoiner("or", "|") {
            guard startsOperand else { throw missingOperand("or") }
            operands.append(try parseAll())
        }
        return operands.count == 1 ? operands[0] : .any(operands)
    }

    private mutating func parseAll() throws(FilterError) -> FilterExpression {
        guard startsOperand else { throw missingOperand(joinerAhead ?? "(") }
        var operands = [try parseOperand()]
        while true {
            scanner.skipBlanks()
            if takeJoiner("and", "&") {
                guard startsOperand else { throw missingOperand("and") }
            } else if !startsOperand {
                return operands.count == 1 ? operands[0] : .all(operands)
            }
            operands.append(try parseOperand())
        }
    }

    private mutating func parseOperand() throws(FilterError) -> FilterExpression {
        scanner.skipBlanks()
        let isNot = scanner.take("!")
        if isNot || scanner.takeKeyword("not") {
            guard startsOperand else { throw missingOperand(isNot ? "!" : "not") }
            return .not(try parseOperand())
        }
        let start = scanner.position
        guard scanner.take("(") else { return try parseTerm() }
        let expression = try parseAny()
        scanner.skipBlanks()
        guard scanner.take(")") else { throw FilterError(.unbalancedParenthesis, start..<start + 1) }
        return expression
    }

    private mutating func takeJoiner(_ word: String, _ sign: String) -> Bool {
        scanner.skipBlanks()
        guard scanner.take(sign) || scanner.takeKeyword(word) else { return false }
        scanner.skipBlanks()
        return true
    }

    private var joinerAhead: String? {
        var scanner = scanner
        if scanner.take("|") || scanner.takeKeyword("or") { return "or" }
        return scanner.take("&") || scanner.takeKeyword("and") ? "and" : nil
    }

    private var startsOperand: Bool {
        guard let next = scanner.next else { return false }
        return next != ")" && joinerAhead == nil
    }

    private func missingOperand(_ word: String) -> FilterError {
        FilterError(.missingOperand(word), scanner.position..<scanner.position)
    }
}
