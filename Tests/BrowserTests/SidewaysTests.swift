import AuditTrail
import Screen
import Testing

@testable import Browser

/// What a screen is too narrow for: the list goes sideways, the changes give it their room.
@Suite struct SidewaysTests {
    private func row(_ number: Int, of fixture: Fixture) -> String {
        String(view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)[number])
    }

    private func fixture(columns: Int, summaryOf length: Int) -> Fixture {
        var wide = Fixture.transactions[0]
        wide.changeSummary = "begin " + String(repeating: "é", count: length) + " end"
        return Fixture.loaded(columns: columns, rows: 24, [wide] + Fixture.transactions.dropFirst())
    }

    @Test func theListGoesRightToItsLastWordAndBack() throws {
        var fixture = fixture(columns: 80, summaryOf: 60)
        let list = Layout(of: fixture.model).listRows.lowerBound
        let (heading, first) = (row(list - 1, of: fixture), row(list, of: fixture))
        #expect(first.hasSuffix("…"))
        fixture.press(.character("l"))
        #expect(row(list - 1, of: fixture).dropFirst(3) == heading.dropFirst(43))
        #expect(row(list, of: fixture).hasPrefix(" ▶ "))
        fixture.press(.right)
        #expect(row(list, of: fixture).hasSuffix(" end"))
        fixture.press(.right)
        #expect(fixture.model.notice?.text == "nothing is cut off at the right")
        fixture.press(.character("h"), .left)
        #expect(row(list, of: fixture) == first)
        fixture.press(.left)
        #expect(fixture.model.notice?.text == "this is the left end")
    }

    @Test func aWideCharacterThatIsCutAtTheLeftLeavesItsColumnsInPlace() throws {
        var wide = Fixture.transactions[0]
        wide.changeSummary = String(repeating: "変", count: 60)
        var fixture = Fixture.loaded(columns: 79, rows: 24, [wide])
        let list = Layout(of: fixture.model).listRows.lowerBound
        fixture.press(.character("l"))
        for line in [row(list, of: fixture), row(list - 1, of: fixture)] { #expect(SafeText(line).width <= 79) }
        #expect(row(list, of: fixture).contains("変変変"))
    }

    @Test func onlyTheListGoesSideways() throws {
        var fixture = fixture(columns: 80, summaryOf: 60)
        fixture.press(.character("2"))
        fixture.answer()
        fixture.press(.character("l"))
        #expect(fixture.model.notice?.text == "only the list of transactions goes sideways")
        fixture.press(.character("q"), .enter)
        fixture.answer()
        fixture.press(.character("l"))
        #expect(fixture.model.list.shift == 0)
    }

    @Test func thePreviewGoesAndComesBack() throws {
        var fixture = Fixture.loaded()
        let rows = Layout(of: fixture.model)
        fixture.press(.character("p"))
        #expect(Layout(of: fixture.model).detailRows.isEmpty)
        fixture.press(.character("p"))
        #expect(Layout(of: fixture.model) == rows)
        fixture.press(.enter, .character("p"))
        #expect(fixture.model.focus == .list)
        #expect(Layout(of: fixture.model).detailRows.isEmpty)
        var small = Fixture.loaded(columns: 80, rows: 24)
        small.press(.character("p"))
        #expect(small.model.notice?.text == "the screen is too small for both; Enter opens the changes")
    }

    @Test func aSearchTurnsRoundAndKeepsItsDirection() throws {
        var fixture = Fixture.loaded()
        let before = fixture.model.list.selection
        fixture.press(.character("/"))
        #expect(view(fixture.model).text().contains("/  ^R turns round"))
        fixture.press(.control("r"))
        fixture.type("orders")
        #expect(view(fixture.model).text().contains("?orders"))
        fixture.press(.enter, .character("g"))
        let matching = fixture.model.list.rows.indices.filter {
            searchText(fixture.model.list.rows[$0], in: .utc).contains("orders")
        }
        try #require(matching.count > 2 && before == 0)
        fixture.press(.character("n"))
        #expect(fixture.model.list.selection == matching.last)
        fixture.press(.character("N"))
        #expect(fixture.model.list.selection == matching.first)
    }
}
