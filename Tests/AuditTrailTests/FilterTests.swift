import AuditTrail
import Testing

/// The grammar of filters.
@Suite struct FilterTests {
    static let now = Timestamp(microseconds: 1_790_000_000_000_000)

    private func parse(_ text: String) throws -> Filter { try Filter(parsing: text, now: Self.now) }

    @Test func whatIsPrintedReadsBackAsTheSame() throws {
        var generator = FilterGenerator(random: .init(state: 7), now: Self.now)
        for _ in 0..<20_000 {
            let filter = try generator.filter()
            let text = filter.description
            do {
                let read = try parse(text)
                #expect(read == filter, "\(text)\n\(read)")
                #expect(read.description == text)
            } catch {
                Issue.record("\(text): \(error)")
            }
        }
    }

    @Test(arguments: [
        #"any.x~"^a b$\""#, #"table!~"a/\\\""#, #"new.x~/a\/b\\/"#, "any.x~/\u{301}\\/\u{301}/", "actor~\"/\u{301}\\\"",
    ])
    func aRegularExpressionThatEndsInAnEscapeIsPrintedInQuotes(_ text: String) throws {
        let filter = try parse(text)
        #expect(try parse(filter.description) == filter, "\(filter)")
    }

    @Test func aTimeIsAPeriodAsLongAsItIsWritten() throws {
        let seconds = [
            "friday": 86400, "last monday": 86400, "mon 9": 3600, "14:00": 60, "yesterday 9:30:01": 1, "-1w": 1,
            "now": 1,
            "2026-10-09T17": 3600, "2026-10-09 17:20": 60, "2026-10-09": 86400,
        ]
        for (text, length) in seconds {
            let term = try TimeTerm(parsing: text, now: Self.now)
            #expect(term.end == term.start.adding(seconds: Int64(length)), "\(text)")
        }
        #expect(try parse("since:\"last monday\" until:14:00").description == "since:\"last monday\" until:14:00")
    }

    @Test func termsMeanWhatTheySay() throws {
        let cases: [(String, [FilterExpression])] = [
            ("", []), ("  ", []),
            ("table:pub*.orders", [.term(.table(.anyOf([TablePattern(schema: "pub*", name: "orders")])))]),
            ("actor:alice,bob", [.term(.actor(.anyOf([.matching("alice"), .matching("bob")])))]),
            ("actor:none", [.term(.actor(.anyOf([.none])))]),
            ("actor:\"none\"", [.term(.actor(.anyOf([.matching("none")])))]),
            ("!actor:cron", [.not(.term(.actor(.anyOf([.matching("cron")]))))]),
            ("actor!=5", [.not(.term(.actor(.exactly(.exactly(Actor(id: "5"))))))]),
            ("role:app,none", [.term(.origin(.role, .anyOf([.matching("app"), .none])))]),
            ("app=\"none\"", [.term(.origin(.application, .exactly(.matching("none"))))]),
            ("app!~^psql", [.not(.term(.origin(.application, .regex("^psql"))))]),
            ("tx:none", [.term(.withoutTransaction)]), ("tx!=none", [.not(.term(.withoutTransaction))]),
            ("verb:i,d", [.term(.verb([.insert, .delete]))]),
            ("n>100", [.term(.number(.count, .ordered(.greater, 100)))]),
            ("tx=7", [.term(.number(.transaction, .anyOf([7])))]),
            ("client:10.0.0.0/8", [.term(.client([.network("10.0.0.0/8")]))]),
            ("since:-24h", [.term(.since(try TimeTerm(parsing: "-24h", now: Self.now)))]),
            ("at:2026-10-09T17", [.term(.at(try TimeTerm(parsing: "2026-10-09T17", now: Self.now)))]),
            ("col:status", [.term(.column(.anyOf([["status"]])))]),
            ("row:orders:42", [.term(.row(TablePattern(name: "orders"), .value("42")))]),
            (
                "row:sales.orders:a=1,b=x",
                [
                    .term(
                        .row(
                            TablePattern(schema: "sales", name: "orders"),
                            .columns([KeyColumn("a", "1"), KeyColumn("b", "x")])
                        )
                    )
                ]
            ),
            ("old.total>500", [.term(.value(.old, path: ["total"], .ordered(.greater, .number("500"))))]),
            ("new.prefs.theme=dark", [.term(.value(.new, path: ["prefs", "theme"], .equals(.text("dark"))))]),
            ("any.x!=\"5\"", [.term(.value(.any, path: ["x"], .differs(.text("5"))))]),
            ("status:pending->paid", [.term(.change(path: ["status"], from: .glob("pending"), to: .glob("paid")))]),
            ("prefs.theme:*->null", [.term(.change(path: ["prefs", "theme"], from: .anything, to: .null))]),
            ("foo", [.term(.word("foo"))]), ("10.0.0.1", [.term(.word("10.0.0.1"))]),
            ("\"two words\"", [.term(.word("two words"))]), ("/a b\\/c/", [.term(.regex("a b/c"))]),
            ("table~^(a|b)$", [.term(.table(.regex("^(a|b)$")))]),
            ("a b or c", [.any([.all([.term(.word("a")), .term(.word("b"))]), .term(.word("c"))])]),
            ("a & !(b | c)", [.term(.word("a")), .not(.any([.term(.word("b")), .term(.word("c"))]))]),
            ("not a and b", [.not(.term(.word("a"))), .term(.word("b"))]),
            ("order nothing", [.term(.word("order")), .term(.word("nothing"))]),
        ]
        for (text, terms) in cases { #expect(try parse(text).terms == terms, "\(text)") }
    }

    @Test func aMistakeIsToldWithItsPlace() {
        let cases: [(String, FilterError.Reason, Range<Int>)] = [
            ("table:\"a", .unclosed("\""), 6..<8), ("a /x", .unclosed("/"), 2..<4),
            ("(a", .unbalancedParenthesis, 0..<1), ("a )", .unbalancedParenthesis, 2..<3),
            ("a or", .missingOperand("or"), 4..<4), ("and b", .missingOperand("and"), 0..<0),
            ("a and or b", .missingOperand("and"), 6..<6),
            ("not", .missingOperand("not"), 3..<3), ("a !", .missingOperand("!"), 3..<3),
            ("()", .missingOperand("("), 1..<1),
            ("table: x", .missingValue("table:"), 6..<6), ("x table~", .missingValue("table~"), 8..<8),
            ("a colour:red", .unknownField("colour"), 2..<8), ("verb<i", .wrongOperator("<", field: "verb"), 0..<4),
            ("table:a.b.c", .tooManyParts("a.b.c"), 6..<11), ("table:a.", .emptyPart("a."), 6..<8),
            ("old.:x", .emptyPart("old."), 0..<4),
            ("verb:jump", .notAVerb("jump"), 5..<9), ("n>many", .notANumber("many"), 2..<6),
            ("client:300.0.0.1", .notANetwork("300.0.0.1"), 7..<16),
            ("client:10.0.0.0/33", .notANetwork("10.0.0.0/33"), 7..<18),
            ("since:never", .notATime("never"), 6..<11), ("row:orders", .notARow("orders"), 4..<10),
            ("old.x<null", .nullHasNoOrder, 6..<10),
        ]
        for (text, reason, range) in cases {
            #expect(throws: FilterError(reason, range), "\(text)") { try parse(text) }
            #expect(!FilterError(reason, range).description.isEmpty)
        }
    }

    @Test func aTermOfAFieldThatThereIsNotIsRefused() {
        #expect(throws: FilterError(.unknownField("colour"), 0..<3)) {
            try FilterTerm("colour", "red", now: Self.now)
        }
    }

    @Test func aTimeNamesItsPeriod() throws {
        let cases = [
            ("2026-12", 31 * 86400), ("2026-10-09", 86400), ("2026-10-09T17", 3600), ("2026-10-09 17:31", 60),
            ("2026-10-09T17:31Z", 60), ("2026-10-09T17:31:02", 1), ("2026-10-09T17+02:00", 3600), ("today", 86400),
            ("-2h", 1),
        ]
        for (text, seconds) in cases {
            let time = try TimeTerm(parsing: text, now: Self.now)
            #expect(time.end.microseconds - time.start.microseconds == Int64(seconds) * 1_000_000, "\(text)")
        }
    }

    @Test func theCostOfATermFollowsTheIndexesOfTheTrail() throws {
        let all = IndexedTerms(tables: true, rows: true, actors: true)
        let cases: [(String, FilterExpression.Cost, FilterExpression.Cost)] = [
            ("table:orders", .boundedScan, .index), ("row:orders:42", .boundedScan, .index),
            ("actor:alice", .boundedScan, .index), ("since:-2h", .index, .index), ("xid:900", .index, .index),
            ("verb:d", .boundedScan, .boundedScan), ("!table:orders", .boundedScan, .boundedScan),
            ("(table:orders or table:lines)", .boundedScan, .boundedScan), ("word", .longScan, .longScan),
            ("(word or table:orders)", .longScan, .longScan),
        ]
        for (text, bare, indexed) in cases {
            let terms = try Filter(parsing: text, now: Timestamp(microseconds: 0)).terms
            #expect(terms.map { $0.cost(with: IndexedTerms()) } == [bare], "\(text)")
            #expect(terms.map { $0.cost(with: all) } == [indexed], "\(text)")
        }
    }
}
