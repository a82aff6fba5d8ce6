import AuditTrail
import Testing

@testable import Browser

/// The exact count of what the filter selects.
@Suite struct TallyTests {
    private func part(_ transactions: Int, _ changes: Int, next: Anchor? = nil) -> Answer {
        let reached = next == nil ? nil : Timestamp(microseconds: 1_791_000_000_000_000)
        return .count(PartialCount(transactions: transactions, changes: changes, reached: reached, next: next))
    }

    private func secondRow(_ fixture: Fixture) -> String {
        String(view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)[1])
    }

    @Test func thePartsAreAddedUpAndShownAsTheyCome() throws {
        var fixture = Fixture.loaded()
        fixture.press(.character("#"))
        #expect(fixture.model.notice?.text == "counting; ^C stops")
        let first = try #require(fixture.asked.last)
        #expect(first.question == .count(Filter(), at: .newest))
        #expect(secondRow(fixture).contains("0 tx · 0 changes…"))
        let next = Anchor.older(than: Position(order: .activity, place: 700))
        fixture.send(.answered(first.id, part(1200, 4000, next: next)))
        #expect(secondRow(fixture).contains("1,200 tx · 4,000 changes since 2026-10-03…"))
        let second = try #require(fixture.asked.last)
        #expect(second.question == .count(Filter(), at: next))
        fixture.send(.answered(second.id, part(84, 1)))
        #expect(secondRow(fixture).hasSuffix("1,284 tx · 4,001 changes"))
        #expect(fixture.model.notice == nil)
    }

    @Test func itStopsAndIsForgottenWithItsFilter() throws {
        var fixture = Fixture.loaded()
        fixture.press(.character("#"), .character("#"))
        #expect(fixture.asked.count == 1)
        fixture.press(.control("c"))
        #expect(fixture.model.notice?.text == "counting stopped")
        #expect(!secondRow(fixture).contains("changes"))
        fixture.send(.answered(fixture.asked[0].id, part(1, 1)))
        #expect(fixture.model.tally == nil)
        fixture.press(.character("#"), .character("v"))
        #expect(!secondRow(fixture).contains("changes"))
        let effects = fixture.effects.count
        fixture.send(.answered(fixture.asked[1].id, part(1, 1, next: .oldest)))
        #expect(fixture.effects.count == effects)
        #expect(fixture.model.tally == nil)
    }

    @Test func whatIsNewEndsACountThatIsDoneAndNotOneThatRuns() throws {
        var fixture = Fixture.loaded()
        let news = TransactionPage(transactions: Fixture.transactions, order: .native, next: nil)
        fixture.press(.character("#"))
        _ = fixture.model.show(news)
        fixture.send(.answered(fixture.asked[0].id, part(5, 9)))
        #expect(secondRow(fixture).hasSuffix("5 tx · 9 changes"))
        _ = fixture.model.show(news)
        #expect(fixture.model.tally == nil)
    }

    @Test func aFailureEndsIt() throws {
        var fixture = Fixture.loaded()
        fixture.press(.character("#"))
        fixture.send(.failed(fixture.asked[0].id, Failure(message: "permission denied")))
        #expect(fixture.model.notice == Notice(.error, "permission denied"))
        #expect(fixture.model.tally == nil)
    }
}
