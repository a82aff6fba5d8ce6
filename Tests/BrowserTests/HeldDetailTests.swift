import Screen
import Testing

@testable import Browser

/// The changes that were looked at before stay while others are on their way, for a moment.
@Suite struct HeldDetailTests {
    /// The pane of the changes with its heading.
    private func pane(_ fixture: Fixture) -> [Substring] {
        let rows = Layout(of: fixture.model).detailRows
        let lines = view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines[rows.lowerBound - 1..<rows.upperBound])
    }

    private func isLoading(_ fixture: Fixture) -> Bool { pane(fixture).contains { $0.contains("loading…") } }

    @Test func thePaneKeepsWhatItShowsUntilTheNextIsThere() {
        var fixture = Fixture.loaded()
        let first = pane(fixture)
        fixture.press(.character("j"))
        #expect(fixture.model.isHoldingDetail && pane(fixture) == first)
        // The next key comes before the answer.
        fixture.press(.character("j"))
        #expect(fixture.model.isHoldingDetail && pane(fixture) == first)
        fixture.answer()
        #expect(!fixture.model.isHoldingDetail)
        #expect(pane(fixture).first?.contains("tx \(Fixture.transactions[2].name) ") == true && !isLoading(fixture))
    }

    @Test func whoHasWaitedIsToldThatItIsLoading() {
        var fixture = Fixture.loaded()
        fixture.press(.character("j"))
        fixture.send(.waited)
        #expect(!fixture.model.isHoldingDetail && isLoading(fixture))
        #expect(pane(fixture).first?.contains("tx \(Fixture.transactions[1].name) ") == true)
        // Nothing was shown that could stay.
        fixture.press(.character("j"))
        #expect(isLoading(fixture))
    }

    @Test func aPaneThatOpensHoldsNothing() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.character("q"), .character("j"), .enter)
        #expect(!fixture.model.isHoldingDetail && isLoading(fixture))
    }
}
