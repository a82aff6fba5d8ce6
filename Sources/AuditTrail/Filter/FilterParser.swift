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
        try FilterLimits.check(scanner.characters)
        let text = try scanner.takeText { _ in false }
        let parser = FilterParser(scanner: scanner, now: now)
        self = try parser.term(field, ":", field == "row" ? [text] : text.split(","))
        guard conditionCount <= FilterLimits.terms else { throw FilterError(.tooManyTerms, text.range) }
    }
}

/// Recursive descent over the grammar: `or` binds least, then `and`, which may be left out, then `not`.
struct FilterParser {
    var scanner: FilterScanner
    let now: Timestamp
    private var depth = 0
    /// The greatest depth so far, and where it was reached.
    private var deepest = (depth: 0, place: 0)
    private var conditionCount = 0

    init(scanner: FilterScanner, now: Timestamp) {
        self.scanner = scanner
        self.now = now
    }

    mutating func parse() throws(FilterError) -> FilterExpression? {
        try FilterLimits.check(scanner.characters)
        scanner.skipBlanks()
        if scanner.next == nil { return nil }
        let expression = try parseAny()
        if scanner.next != nil {
            throw FilterError(.unbalancedParenthesis, scanner.position..<scanner.position + 1)
        }
        // `a or b c` is two levels, as it would be with the parentheses that it is printed with.
        guard expression.height <= FilterLimits.depth else {
            throw FilterError(.tooDeep, deepest.place..<deepest.place + 1)
        }
        return expression
    }

    /// Goes one level down for what begins at a place.
    private mutating func descend(at place: Int) throws(FilterError) {
        depth += 1
        guard depth <= FilterLimits.depth else { throw FilterError(.tooDeep, place..<place + 1) }
        if depth > deepest.depth { deepest = (depth, place) }
    }

    /// A term, counted.
    private mutating func parseCountedTerm() throws(FilterError) -> FilterExpression {
        let start = scanner.position
        let expression = try parseTerm()
        conditionCount += expression.conditionCount
        guard conditionCount <= FilterLimits.terms else {
            throw FilterError(.tooManyTerms, start..<scanner.position)
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
        let start = scanner.position
        let isNot = scanner.take("!")
        if isNot || scanner.takeKeyword("not") {
            guard startsOperand else { throw missingOperand(isNot ? "!" : "not") }
            try descend(at: start)
            let operand = try parseOperand()
            depth -= 1
            return .not(operand)
        }
        guard scanner.take("(") else { return try parseCountedTerm() }
        try descend(at: start)
        let expression = try parseAny()
        depth -= 1
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
