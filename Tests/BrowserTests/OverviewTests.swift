import AuditTrail
import Screen
import Testing

@testable import Browser

/// The views beside the list of transactions.
@Suite struct OverviewTests {
    private func opened(_ key: Character, columns: Int = 120, rows: Int = 35) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.press(.character(key))
        fixture.answer()
        return fixture
    }

    @Test func backLeadsToTheTransactionsAndSoDoesTheirKey() {
        for key in [Key.character("q"), .escape, .character("1")] {
            var fixture = opened("3")
            #expect(fixture.model.overview?.subject == .actors)
            fixture.press(key)
            #expect(fixture.model.overview == nil)
            #expect(!fixture.effects.contains(.quit))
        }
    }

    @Test(arguments: [
        ("2", 1, "table:sales.lines"), ("3", 0, "actor:=42"), ("3", 1, "actor:none"), ("S", 3, "status:pending->paid"),
    ])
    func enterFiltersByTheRow(_ key: String, _ row: Int, _ term: String) throws {
        var fixture = opened(Character(key))
        for _ in 0..<row { fixture.press(.down) }
        fixture.press(.enter)
        fixture.answer()
        #expect(fixture.model.overview == nil)
        let filter = fixture.model.filter
        #expect(filter.terms.count == 1)
        if term != "actor:=42" { #expect(filter.description == term) } else { #expect(filter.actors.count == 1) }
    }

    @Test func minusFiltersTheRowOut() {
        var fixture = opened("2")
        fixture.press(.character("-"))
        #expect(fixture.model.filter.description == "!table:public.orders")
    }

    @Test func whatCannotBeFilteredBySaysSo() {
        for (key, row) in [("5", 0), ("S", 4)] {
            var fixture = opened(Character(key))
            for _ in 0..<row { fixture.press(.down) }
            fixture.press(.enter)
            #expect(fixture.model.notice?.text == "there is nothing to filter by here")
            #expect(fixture.model.filter.isEmpty)
        }
    }

    @Test func aLineOfTheTimelineIsASpanOfTime() throws {
        var fixture = opened("4")
        fixture.press(.character("g"), .down, .enter)
        let (since, until) = (try #require(fixture.model.filter.since), try #require(fixture.model.filter.until))
        // 50 hours less three minutes in 48 lines.
        #expect((until.microseconds - since.microseconds) / 1_000_000 == 3746)
        #expect(until < Fixture.now)
    }

    @Test func theTimelineIsZoomed() {
        var fixture = opened("4")
        let before = fixture.model.overview?.remark
        fixture.press(.character("z"))
        fixture.answer()
        #expect(before == "62 min a line")
        #expect(fixture.model.overview?.remark == "30 min a line")
    }

    @Test func aViewThatCannotBeReadSaysWhy() {
        var fixture = Fixture.loaded()
        fixture.press(.character("5"))
        let id = fixture.asked[0].id
        fixture.forget(id)
        fixture.send(.failed(id, Failure(message: "permission denied")))
        #expect(view(fixture.model).text().contains("✘ permission denied"))
        fixture.press(.character("R"))
        fixture.answer()
        #expect(view(fixture.model).text().contains("recorded tables"))
    }

    @Test func keysOfTheListSayWhereTheyBelong() {
        var fixture = opened("2")
        fixture.press(.character("/"))
        #expect(fixture.model.notice?.text == "not in this view; q leads back to the transactions")
    }
}
