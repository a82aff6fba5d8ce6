import AuditTrail

/// Random filters, the same for the same seed.
struct FilterGenerator {
    var random: Random
    let now: Timestamp

    struct Random: RandomNumberGenerator {
        var state: UInt64

        /// SplitMix64, after Steele, Lea and Flood (2014).
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }

    mutating func filter() throws -> Filter {
        var terms: [FilterExpression] = []
        for _ in 0..<below(4) { terms.append(try expression(depth: 0)) }
        if terms.count == 1, case .all(let operands) = terms[0] { return Filter(operands) }
        return Filter(terms)
    }

    private mutating func expression(depth: Int) throws -> FilterExpression {
        switch below(depth > 2 ? 4 : 8) {
        case 4: return .not(try expression(depth: depth + 1))
        case 5: return .all([try expression(depth: depth + 1), try expression(depth: depth + 1)])
        case 6: return .any([try expression(depth: depth + 1), try expression(depth: depth + 1)])
        default: return .term(try term())
        }
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

    private mutating func text() -> String {
        pick([
            "orders", "a b", "null", "1.10", "none", "", "\"", "a\"b", "x.y", "or", "NOT", "#5", "/", "a->b", "*", "p*",
            "=", "(", "\u{301}e", "q\u{301}\"\u{301}", "k:v", "a,b", "日本", "🙂", "\u{202E}x", "tab\t", "-2h", "!x",
            "a=b",
            "back\\slash", "a/b", "~", "<3", "1e400", "col",
        ])
    }

    private mutating func name() -> String {
        let name = text()
        return name.isEmpty ? "n" : name
    }

    private mutating func names() -> [String] { (0...below(2)).map { _ in name() } }

    private mutating func regex() -> String { pick(["^a.*b$", "a/b", "(x|y) z", "\\d+", "[\"]", "a)b"]) }

    private mutating func test<T>(_ make: (inout FilterGenerator) -> T) -> NameTest<T> {
        switch below(3) {
        case 0: .exactly(make(&self))
        case 1: .regex(regex())
        default: .anyOf((0...below(3)).map { _ in make(&self) })
        }
    }

    private mutating func table() -> TablePattern {
        below(2) == 0 ? TablePattern(name: name()) : TablePattern(schema: name(), name: name())
    }

    private mutating func actor() -> NameTest<ActorTerm> {
        let test = self.test { generator -> ActorTerm in
            switch generator.below(4) {
            case 0: .none
            case 1: .exactly(Actor(id: generator.name()))
            default: .matching(generator.text())
            }
        }
        if case .exactly = test { return .exactly(.exactly(Actor(id: text()))) }
        return test
    }

    private mutating func pattern() -> ValuePattern { pick([.anything, .null, .glob(text()), .glob(text())]) }

    private mutating func value() -> FilterValue {
        pick([.null, .number(pick(["1.10", "-0", "1e400"])), .text(text())])
    }

    private mutating func valueTest() -> ValueTest {
        switch below(6) {
        case 0: return .equals(value())
        case 1: return .differs(value())
        case 2: return .regex(regex())
        case 3: return .notRegex(regex())
        case 4:
            let value = value()
            return .ordered(pick(OrderOperator.allCases), value == .null ? .text("null") : value)
        default: return .anyOf((0...below(3)).map { _ in pattern() })
        }
    }

    private mutating func time() throws -> TimeTerm {
        try TimeTerm(
            parsing: pick(["-24h", "today", "2026-10-09", "2026-10-09 17:31", "2026-10-09T17:31:02.5+02:00"]),
            now: now
        )
    }

    mutating func term() throws -> FilterTerm {
        switch below(17) {
        case 0: return .table(test { $0.table() })
        case 1: return .actor(actor())
        case 2: return .verb([pick(Verb.known), pick(Verb.known)])
        case 3: return .number(pick(NumberField.allCases), .anyOf([Int64(below(99)), .max]))
        case 4: return .number(pick(NumberField.allCases), .ordered(pick(OrderOperator.allCases), .min))
        case 5: return .client([pick([.none, .network("10.0.0.0/8"), .network("fe80::1")])])
        case 6: return .since(try time())
        case 7: return .until(try time())
        case 8: return .at(try time())
        case 9: return .row(table(), .value(name()))
        case 10: return .row(table(), .columns([KeyColumn(name(), text()), KeyColumn(name(), text())]))
        case 11: return .column(test { $0.names() })
        case 12: return .value(pick(RowSide.allCases), path: names(), valueTest())
        case 13: return .change(path: names(), from: pattern(), to: pattern())
        case 14: return .withoutTransaction
        case 15:
            let test = self.test { $0.below(3) == 0 ? OriginTerm.none : .matching($0.text()) }
            return .origin(pick(OriginField.allCases), test)
        default: return below(3) == 0 ? .regex(regex()) : .word(text())
        }
    }
}
