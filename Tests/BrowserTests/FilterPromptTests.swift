import AuditTrail
import Screen
import Testing

@testable import Browser

/// Typing a filter, and the keys that make one.
@Suite struct FilterPromptTests {
    private func type(_ text: String, in fixture: inout Fixture) {
        for character in text { fixture.press(.character(character)) }
    }

    private func prompt(of fixture: Fixture) -> FilterPrompt? {
        if case .filter(let prompt) = fixture.model.overlay { prompt } else { nil }
    }

    /// What the list was asked for last.
    private func askedFilter(_ fixture: Fixture) -> String? {
        for (question, _) in fixture.asked.reversed() {
            if case .transactions(let filter, _, _) = question { return filter.description }
        }
        return nil
    }

    @Test func whatIsTypedIsAppliedByEnter() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("table:orders status:pending->paid n>=2", in: &fixture)
        fixture.press(.enter)
        #expect(fixture.model.overlay == nil)
        #expect(askedFilter(fixture) == "table:orders status:pending->paid n>=2")
    }

    @Test func whatCannotBeReadStaysAndSoDoesTheOldFilter() {
        var fixture = Fixture.loaded()
        fixture.press(.character("v"))
        fixture.press(.character("f"))
        #expect(prompt(of: fixture)?.line.text == "verb:insert")
        type(" colour:red", in: &fixture)
        fixture.press(.enter)
        #expect(prompt(of: fixture)?.error == FilterError(.unknownField("colour"), 12..<18))
        #expect(fixture.model.filter.description == "verb:insert")
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
        #expect(fixture.model.filter.description == "verb:insert")
    }

    @Test func theLineIsEditedAsInAShell() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("one two", in: &fixture)
        fixture.press(.control("w"))
        type("three", in: &fixture)
        fixture.press(.home, .character("x"), .right, .delete, .left, .backspace)
        #expect(prompt(of: fixture)?.line.text == "oe three")
        fixture.press(.end, .control("u"))
        #expect(prompt(of: fixture)?.line.text == "")
    }

    @Test func fieldsTablesActorsAndColumnsAreCompleted() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        fixture.send(.answered(fixture.asked[0].id, .tables([count("orders"), count("two words"), count("users")])))
        fixture.send(
            .answered(fixture.asked[1].id, .actors([ActorCount(actor: Actor(id: "7", label: "Ada"), transactions: 3)]))
        )
        type("ta", in: &fixture)
        fixture.press(.tab)
        #expect(prompt(of: fixture)?.line.text == "table:")
        type("users,t", in: &fixture)
        fixture.press(.tab)
        #expect(prompt(of: fixture)?.line.text == "table:users,\"two words\"")
        type(" !actor:a", in: &fixture)
        fixture.press(.tab)
        type(" old.sta", in: &fixture)
        fixture.press(.tab)
        #expect(prompt(of: fixture)?.line.text == "table:users,\"two words\" !actor:Ada old.status")
    }

    private func count(_ name: String) -> TableCount {
        TableCount(table: TableName(schema: "public", name: name), activities: 3, isEstimate: true, isAudited: true)
    }

    @Test func tabWalksThroughTheCandidates() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("verb:", in: &fixture)
        fixture.press(.tab, .tab)
        #expect(prompt(of: fixture)?.line.text == "verb:update")
        fixture.press(.backTab)
        #expect(prompt(of: fixture)?.line.text == "verb:insert")
    }

    @Test func recentFiltersComeBack() {
        var fixture = Fixture.loaded()
        for text in ["n>1", "n>2"] {
            fixture.press(.character("f"), .control("u"))
            type(text, in: &fixture)
            fixture.press(.enter)
        }
        fixture.press(.character("f"), .control("u"))
        type("typed", in: &fixture)
        fixture.press(.up, .up)
        #expect(prompt(of: fixture)?.line.text == "n>1")
        fixture.press(.down, .down)
        #expect(prompt(of: fixture)?.line.text == "typed")
        fixture.press(.escape, .control("r"))
        #expect(prompt(of: fixture)?.line.text == "n>2")
    }

    @Test func theFilterIsSwitchedOffAndOn() {
        var fixture = Fixture.loaded()
        fixture.press(.character("\\"))
        #expect(fixture.model.notice?.text.contains("no filter") == true)
        fixture.press(.character("v"), .character("\\"))
        #expect(fixture.model.filter.isEmpty)
        fixture.press(.character("\\"))
        #expect(fixture.model.filter.description == "verb:insert")
    }

    @Test func backspaceDropsTheLastTerm() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("a (b or c) !d", in: &fixture)
        fixture.press(.enter, .backspace)
        #expect(fixture.model.filter.description == "a (b or c)")
        fixture.press(.backspace, .backspace, .backspace)
        #expect(fixture.model.filter.isEmpty)
    }

    @Test func theValueUnderTheCursorBecomesATerm() {
        var fixture = Fixture.loaded()
        fixture.press(.character("+"))
        #expect(fixture.model.notice?.text.contains("no value under the cursor") == true)
        fixture.press(.enter)
        let lines = fixture.model.detail.diff?.lines ?? []
        let place = lines.firstIndex { $0.kind == .removed } ?? 0
        for _ in 0..<place { fixture.press(.character("j")) }
        fixture.press(.character("+"))
        #expect(askedFilter(fixture) == "old.status=pending")
    }

    /// What the names question was asked with last.
    private func askedNames(_ fixture: Fixture) -> (filter: String, id: RequestID)? {
        for (question, id) in fixture.asked.reversed() {
            if case .names(let filter) = question { return (filter.description, id) }
        }
        return nil
    }

    @Test func aNameThatStandsForNothingIsNotTickedOff() throws {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("table:prodcts n>1", in: &fixture)
        let asked = try #require(askedNames(fixture))
        #expect(asked.filter == "table:prodcts")
        let unknown = UnknownName(.table(TablePattern(name: "prodcts")), .everywhere, suggestions: ["products"])
        fixture.send(.answered(asked.id, .names([unknown])))
        #expect(prompt(of: fixture)?.unknown == [unknown])
        let screen = view(fixture.model).text()
        #expect(screen.contains("? table:prodcts n>1") && !screen.contains("✓"))
        #expect(screen.contains("there is no table prodcts in the trail; did you mean products?"))
        fixture.press(.backspace)
        #expect(prompt(of: fixture)?.unknown == [unknown])
        fixture.press(.control("u"))
        #expect(prompt(of: fixture)?.unknown == [])
    }

    @Test func anEmptyListSaysWhichNameStandsForNothing() throws {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        type("actor:bobby", in: &fixture)
        fixture.press(.enter)
        let page = try #require(fixture.model.list.pending?.id)
        fixture.send(.answered(page, .transactions(TransactionPage(transactions: [], order: .native, next: nil))))
        let asked = try #require(askedNames(fixture))
        let unknown = UnknownName(.actor(.matching("bobby")), .everywhere, suggestions: ["\"Bob Mwangi\""])
        fixture.send(.answered(asked.id, .names([unknown])))
        #expect(view(fixture.model).text().contains("there is no actor bobby; did you mean \"Bob Mwangi\"?"))
    }

    @Test(arguments: [(120, 35), (80, 24)])
    func thePromptIsShown(_ columns: Int, _ rows: Int) throws {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.press(.character("f"))
        fixture.send(.answered(fixture.asked[0].id, .tables([count("orders"), count("order_items")])))
        type("status:pending->paid old.total>500 table:or", in: &fixture)
        try checkScreen(view(fixture.model), "filter")
        type("|", in: &fixture)
        try checkScreen(view(fixture.model), "filter-error")
    }
}
