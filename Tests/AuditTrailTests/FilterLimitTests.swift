import AuditTrail
import Testing

/// Filters of any size are read or refused, and never end the program.
@Suite struct FilterLimitTests {
    private func parse(_ text: String) throws -> Filter { try Filter(parsing: text, now: FilterTests.now) }

    private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test(arguments: ["(", "not ", "!", "not (", "!(", "(a or "])
    func whatIsNestedTooDeeplyIsRefusedWithItsPlace(_ opening: String) {
        let levels = opening == "not (" || opening == "!(" ? 2 : 1
        for count in [101, 20_000, 1_000_000] {
            let text = repeated(opening, count) + "a" + (opening.contains("(") ? repeated(")", count) : "")
            let isLong = text.unicodeScalars.count > 100_000
            do {
                _ = try parse(text)
                Issue.record("\(opening) \(count)")
            } catch {
                #expect((error as? FilterError)?.reason == (isLong ? .tooLong : .tooDeep))
                guard !isLong else { continue }
                let place = opening.unicodeScalars.count * (100 / levels)
                let at = (error as? FilterError)?.range.lowerBound
                #expect(at == place)
            }
        }
    }

    @Test func aHundredLevelsAreReadAndPrinted() throws {
        for (opening, closing) in [("(", ")"), ("!", ""), ("not ", "")] {
            let filter = try parse(repeated(opening, 100) + "a" + repeated(closing, 100))
            #expect(try parse(filter.description) == filter)
        }
        let nested = try parse(repeated("a or b (", 49) + "c" + repeated(")", 49))
        #expect(try parse(nested.description) == nested)
    }

    /// `a or b c` is printed with parentheses that were not typed, and `!=` with a negation.
    @Test func whatWouldBePrintedTooDeeplyIsRefusedAsWell() throws {
        #expect(throws: FilterError(.tooDeep, 99 * 8 + 7..<99 * 8 + 8)) {
            try parse(repeated("a or b (", 100) + "c" + repeated(")", 100))
        }
        for count in 1...100 {
            guard let filter = try? parse(repeated("a or b (", count) + "x!=c" + repeated(")", count)) else { continue }
            #expect(try parse(filter.description) == filter)
        }
    }

    @Test(arguments: [" or ", " ", " & !"])
    func moreThan500TermsAreRefused(_ joiner: String) throws {
        let terms = (0..<500).map { "w\($0)" }
        let filter = try parse(terms.joined(separator: joiner))
        #expect(try parse(filter.description) == filter)
        let text = (terms + ["x"]).joined(separator: joiner)
        let end = text.unicodeScalars.count
        #expect(throws: FilterError(.tooManyTerms, end - 1..<end)) { try parse(text) }
    }

    /// Names and numbers are one parameter, however many; others are a condition each.
    @Test func aListCountsAsWhatItCosts() throws {
        let numbers = (0..<501).map(String.init).joined(separator: ",")
        for cheap in ["id:", "tx:", "table:", "actor:", "xid:"] { #expect(try !parse(cheap + numbers).isEmpty) }
        for dear in ["n:", "col:", "new.x:"] {
            #expect(throws: FilterError.self, "\(dear)") { try parse(dear + numbers) }
        }
        let columns = (0..<501).map { "c\($0)=1" }.joined(separator: ",")
        #expect(throws: FilterError.self) { try parse("row:t:" + columns) }
        #expect(throws: FilterError.self) { try FilterTerm("row", "t:" + columns, now: FilterTests.now) }
    }

    @Test func aLongTextIsReadUpToTheLimit() throws {
        let longest = repeated("*", 99_994) + "é"
        #expect(try parse("table:" + longest.dropFirst()).terms.count == 1)
        #expect(throws: FilterError(.tooLong, 100_000..<100_001)) { try parse("table:" + longest) }
        #expect(throws: FilterError.self) { try FilterTerm("table", repeated("x", 100_001), now: FilterTests.now) }
        #expect(try parse("\"" + repeated("\"\"", 49_999) + "\"").terms.count == 1)
        #expect(try parse("any.x~" + repeated("(", 90_000)).terms.count == 1)
    }

    @Test func aZeroByteIsRefused() {
        #expect(throws: FilterError(.zeroCharacter, 7..<8)) { try parse("table:a\0b") }
        #expect(throws: FilterError(.zeroCharacter, 1..<2)) { try FilterTerm("table", "a\0b", now: FilterTests.now) }
    }

    @Test func anArrowNeedsAValueOnOneSide() throws {
        #expect(throws: FilterError(.missingValue("v:"), 2..<4)) { try parse("v:->") }
        #expect(try parse("v:->x").terms == [.term(.change(path: ["v"], from: .anything, to: .glob("x")))])
        #expect(try parse("v:\"\"->\"\"").terms == [.term(.change(path: ["v"], from: .glob(""), to: .glob("")))])
        #expect(try parse("v:*->*").terms == [.term(.change(path: ["v"], from: .anything, to: .anything))])
    }
}
