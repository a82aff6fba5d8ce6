/// Reading the values of terms.
extension FilterParser {
    func tablePattern(_ text: FilterText) throws(FilterError) -> TablePattern {
        let parts = text.split(".")
        guard parts.count <= 2 else { throw FilterError(.tooManyParts(text.string), text.range) }
        let names = try strings(parts, of: text)
        return names.count == 2 ? TablePattern(schema: names[0], name: names[1]) : TablePattern(name: names[0])
    }

    func actor(_ text: FilterText) -> ActorTerm {
        if !text.hasQuotes, text.string.lowercased() == "none" { return .none }
        if text.signs.first == FilterText.Sign(character: "#"), text.signs.count > 1 {
            return .exactly(Actor(id: String(text.string.unicodeScalars.dropFirst())))
        }
        return .matching(text.string)
    }

    /// Whether the one value is the word none, without quotes.
    func isNone(_ values: [FilterText]) -> Bool {
        values.count == 1 && !values[0].hasQuotes && values[0].string.lowercased() == "none"
    }

    func origin(_ text: FilterText) -> OriginTerm { isNone([text]) ? .none : .matching(text.string) }

    func exactActor(_ text: FilterText) -> ActorTerm { .exactly(Actor(id: text.string)) }

    /// The parts of a path, which dots divide.
    func path(_ text: FilterText) throws(FilterError) -> [String] { try strings(text.split("."), of: text) }

    func strings(_ parts: [FilterText], of text: FilterText) throws(FilterError) -> [String] {
        guard parts.allSatisfy({ !$0.signs.isEmpty }) else { throw FilterError(.emptyPart(text.string), text.range) }
        return parts.map(\.string)
    }

    func verb(_ text: FilterText) throws(FilterError) -> Verb {
        guard let verb = Verb(parsing: text.string) else { throw FilterError(.notAVerb(text.string), text.range) }
        return verb
    }

    func client(_ text: FilterText) throws(FilterError) -> ClientTerm {
        if text.string.lowercased() == "none" { return .none }
        guard isNetwork(text.string) else { throw FilterError(.notANetwork(text.string), text.range) }
        return .network(text.string)
    }

    func time(_ values: [FilterText]) throws(FilterError) -> TimeTerm {
        let text = values.map(\.string).joined(separator: ",")
        do {
            return try TimeTerm(parsing: text, now: now)
        } catch {
            throw FilterError(.notATime(text), values[0].range)
        }
    }

    func number(_ field: String, _ sign: String, _ values: [FilterText]) throws(FilterError) -> FilterTerm {
        guard let field = NumberField(rawValue: field) else {
            throw FilterError(.unknownField(field), values[0].range)
        }
        let numbers = try values.map { text throws(FilterError) in
            // Large numbers are shown with commas between thousands, but a comma divides a list.
            guard let number = Int64(text.string) else { throw FilterError(.notANumber(text.string), text.range) }
            return number
        }
        guard let order = OrderOperator(rawValue: sign) else { return .number(field, .anyOf(numbers)) }
        return .number(field, .ordered(order, numbers[0]))
    }

    func row(_ text: FilterText) throws(FilterError) -> FilterTerm {
        let pieces = text.split(":", maxSplits: 1)
        guard pieces.count == 2, !pieces[0].signs.isEmpty, !pieces[1].signs.isEmpty else {
            throw FilterError(.notARow(text.string), text.range)
        }
        let table = try tablePattern(pieces[0])
        let columns = pieces[1].split(",").map { $0.split("=", maxSplits: 1) }
        guard columns.allSatisfy({ $0.count == 2 && !$0[0].signs.isEmpty }) else {
            return .row(table, .value(pieces[1].string))
        }
        return .row(table, .columns(columns.map { KeyColumn($0[0].string, $0[1].string) }))
    }

    func pattern(_ text: FilterText) -> ValuePattern {
        if text.isQuoted { return .glob(text.string) }
        switch text.string {
        case "*", "": return .anything
        case "null": return .null
        default: return .glob(text.string)
        }
    }

    func valueTest(_ sign: String, _ values: [FilterText]) throws(FilterError) -> ValueTest {
        let text = values[0]
        let value = FilterValue(text.string, isQuoted: text.hasQuotes)
        switch sign {
        case ":": return .anyOf(values.map(pattern))
        case "=": return .equals(value)
        case "!=": return .differs(value)
        case "~": return .regex(text.string)
        case "!~": return .notRegex(text.string)
        default:
            guard value != .null else { throw FilterError(.nullHasNoOrder, text.range) }
            return .ordered(OrderOperator(rawValue: sign) ?? .less, value)
        }
    }
}
