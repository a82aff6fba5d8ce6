/// The fields of the grammar, and what each may be compared by.
enum FilterField {
    /// In the order of the help.
    static let names = [
        "table", "actor", "role", "app", "verb", "tx", "xid", "client", "n", "row", "col", "at", "since", "until", "id",
    ]
    /// Longer ones first.
    static let operators = ["!=", "!~", "<=", ">=", ":", "=", "~", "<", ">"]

    static func operators(of field: String) -> Set<String> {
        switch field {
        case "table", "actor", "role", "app", "col": [":", "=", "!=", "~", "!~"]
        case "verb", "client": [":", "=", "!="]
        case "tx", "xid", "id", "n": [":", "=", "!=", "<", "<=", ">", ">="]
        case "row": [":", "="]
        case "old", "new", "any": Set(operators)
        default: [":"]
        }
    }
}

extension FilterParser {
    mutating func parseTerm() throws(FilterError) -> FilterExpression {
        if scanner.next == "/" { return .term(.regex(try scanner.takeRegex())) }
        let head = try scanner.takeText { Self.endsWord($0) || Self.operatorAhead($0) != nil }
        guard let sign = Self.operatorAhead(scanner), !head.isEmpty else { return try word(head) }
        _ = scanner.take(sign)
        if sign.hasSuffix("~") {
            let pattern = try regexValue(after: head)
            return try term(head, sign, [pattern])
        }
        let valueStart = scanner.position
        let value = try scanner.takeText(until: Self.endsWord)
        guard !value.isEmpty else {
            throw FilterError(.missingValue(head.string + sign), valueStart..<valueStart)
        }
        if sign == ":", let (old, new) = value.splitAtArrow() {
            guard !old.isEmpty || !new.isEmpty else {
                throw FilterError(.missingValue(head.string + sign), value.range)
            }
            return .term(.change(path: try path(head), from: pattern(old), to: pattern(new)))
        }
        return try term(head, sign, sign == ":" && head.string.lowercased() != "row" ? value.split(",") : [value])
    }

    /// A bare word; what begins with an operator is one as well.
    private mutating func word(_ head: FilterText) throws(FilterError) -> FilterExpression {
        .term(.word(head.isEmpty ? try scanner.takeText(until: Self.endsWord).string : head.string))
    }

    /// A blank ends a word, and what joins terms does.
    private static func endsWord(_ scanner: FilterScanner) -> Bool {
        scanner.next.map { $0.properties.isWhitespace || isParenthesis($0) || $0 == "&" || $0 == "|" } ?? true
    }

    private static func operatorAhead(_ scanner: FilterScanner) -> String? {
        FilterField.operators.first(where: scanner.peek)
    }

    /// The regular expression behind `~`: between slashes, in quotes, or up to a blank or a parenthesis too many.
    private mutating func regexValue(after head: FilterText) throws(FilterError) -> FilterText {
        let start = scanner.position
        var text = FilterText(range: start..<start)
        if scanner.next == "/" {
            text.signs = try scanner.takeRegex().unicodeScalars.map { FilterText.Sign(character: $0) }
            text.hasQuotes = true
        } else {
            var depth = 0
            var last = start
            text = try scanner.takeText { scanner in
                for character in scanner.characters[last..<scanner.position] {
                    depth += character == "(" ? 1 : character == ")" ? -1 : 0
                }
                last = scanner.position
                return scanner.next.map { $0.properties.isWhitespace || $0 == ")" && depth <= 0 } ?? true
            }
        }
        guard !text.isEmpty else { throw FilterError(.missingValue(head.string + "~"), start..<start) }
        return text
    }

    private func term(_ head: FilterText, _ sign: String, _ values: [FilterText]) throws(FilterError)
        -> FilterExpression
    {
        let parts = head.split(".")
        let isPath = parts.count > 1 && RowSide(rawValue: parts[0].string.lowercased()) != nil
        let field = isPath ? parts[0].string.lowercased() : head.string.lowercased()
        guard isPath || FilterField.names.contains(field), !head.hasQuotes || isPath else {
            throw FilterError(.unknownField(head.string), head.range)
        }
        guard FilterField.operators(of: field).contains(sign) else {
            throw FilterError(.wrongOperator(sign, field: field), head.range)
        }
        if isPath, let side = RowSide(rawValue: field) {
            let path = try strings(Array(parts.dropFirst()), of: head)
            return .term(.value(side, path: path, try valueTest(sign, values)))
        }
        let term = try self.term(field, sign.hasPrefix("!") ? String(sign.dropFirst()) : sign, values)
        return sign.hasPrefix("!") ? .not(.term(term)) : .term(term)
    }

    func term(_ field: String, _ sign: String, _ values: [FilterText]) throws(FilterError) -> FilterTerm {
        switch field {
        case "table": return .table(try nameTest(sign, values, tablePattern))
        case "actor":
            return .actor(try nameTest(sign, values) { text in sign == "=" ? exactActor(text) : actor(text) })
        case "role", "app":
            let field = field == "role" ? OriginField.role : .application
            return .origin(field, try nameTest(sign, values, origin))
        case "tx" where isNone(values) && [":", "="].contains(sign): return .withoutTransaction
        case "col": return .column(try nameTest(sign, values) { text throws(FilterError) in try path(text) })
        case "verb": return .verb(try values.map { text throws(FilterError) in try verb(text) })
        case "client": return .client(try values.map { text throws(FilterError) in try client(text) })
        case "row": return try row(values[0])
        case "since": return .since(try time(values))
        case "until": return .until(try time(values))
        case "at": return .at(try time(values))
        default: return try number(field, sign, values)
        }
    }

    private func nameTest<Pattern>(
        _ sign: String,
        _ values: [FilterText],
        _ read: (FilterText) throws(FilterError) -> Pattern
    ) throws(FilterError) -> NameTest<Pattern> {
        switch sign {
        case "~": return .regex(values[0].string)
        case "=": return .exactly(try read(values[0]))
        default: return .anyOf(try values.map { text throws(FilterError) in try read(text) })
        }
    }
}
