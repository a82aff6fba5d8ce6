import AuditTrail
import Screen
import Testing

@testable import Browser

/// Moving through time: going to a place, the histogram and its spans.
@Suite struct TimeTests {
    /// 1000 transactions, one a minute, on a narrow screen.
    private func fixture() -> (fixture: Fixture, all: [Transaction]) {
        let all = Fixture.many(1000)
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(all)
        return (fixture, all)
    }

    private func go(to text: String, _ fixture: inout Fixture, _ all: [Transaction]) {
        fixture.press(.character("@"))
        fixture.type(text)
        fixture.press(.enter)
        fixture.answer(all)
    }

    @Test(arguments: [
        ("-2h", 880), ("2026-10-09 12:34:34", 700), ("tx:31", 31), ("31", 31), ("xid:310", 31), ("yesterday 23:30", 0),
    ])
    func goingToATimeOrATransaction(_ text: String, _ number: Int64) {
        var (fixture, all) = fixture()
        go(to: text, &fixture, all)
        #expect(fixture.model.list.selected?.id == (number == 0 ? 1 : number), "\(text)")
        // The list goes on in both directions.
        fixture.press(.up)
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == (number == 0 ? 2 : number + 1))
    }

    @Test func whatCannotBeReadOrFoundIsSaid() {
        var (fixture, all) = fixture()
        go(to: "the moon", &fixture, all)
        guard case .goTo(let prompt) = fixture.model.overlay else {
            Issue.record("the prompt has closed")
            return
        }
        #expect(prompt.error?.description.hasPrefix("cannot go to \"the moon\"; use a time such as") == true)
        fixture.press(.escape)
        go(to: "tx:5000", &fixture, all)
        #expect(fixture.model.notice?.text == "the trail has nothing of tx:5000")
    }

    @Test func aDayBackAndOnAgain() {
        var (fixture, all) = fixture()
        fixture.press(.character("d"))
        fixture.answer(all)
        // The oldest is 999 minutes old, less than a day.
        #expect(fixture.model.list.selected?.id == 1)
        fixture.press(.character("D"))
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 1000)
    }

    @Test func theHistogramIsZoomedAroundTheCursor() throws {
        var (fixture, all) = fixture()
        func shownSeconds() throws -> Int64 {
            let histogram = try #require(fixture.model.timeStrip.histogram.value)
            return (histogram.end.microseconds - histogram.start.microseconds) / 1_000_000
        }
        var seen: [Int64] = [try shownSeconds()]
        for key in ["z", "z", "Z", "Z", "Z"] {
            fixture.press(.character(Character(key)))
            fixture.answer(all)
            seen.append(try shownSeconds())
        }
        #expect(seen == [179_820, 86400, 21600, 86400, 604_800, 2_592_000])
    }

    @Test func theSpansOfTheHistogramLeadToTheirTransactions() throws {
        var (fixture, all) = fixture()
        fixture.press(.character("z"))
        fixture.answer(all)
        let histogram = try #require(fixture.model.timeStrip.histogram.value)
        let first = try #require(fixture.model.list.selected?.issuedAt.flatMap(histogram.index(of:)))
        fixture.press(.character("("))
        fixture.answer(all)
        let second = try #require(fixture.model.list.selected?.issuedAt.flatMap(histogram.index(of:)))
        #expect(second == histogram.nextFilled(from: first, older: true))
        fixture.press(.character(")"))
        fixture.answer(all)
        #expect(fixture.model.list.selected?.issuedAt.flatMap(histogram.index(of:)) == first)
    }

    @Test func theHistogramCanBeHidden() {
        var (fixture, _) = fixture()
        let rows = Layout(of: fixture.model).listRows.count
        fixture.press(.character("i"))
        #expect(Layout(of: fixture.model).listRows.count == rows + 1)
        fixture.press(.character("i"))
        #expect(Layout(of: fixture.model).listRows.count == rows)
    }

    /// The histogram of the fixture is as it is, whatever the filter: what is loaded of the list corrects it.
    @Test func theHistogramOfAFilterIsCorrectedByTheList() throws {
        var (fixture, all) = fixture()
        let whole = try #require(fixture.model.shownHistogram)
        #expect(whole == fixture.model.timeStrip.histogram.value)
        fixture.press(.character("f"))
        fixture.type("id>0")
        fixture.press(.enter)
        guard case .histogram(_, _, _, let filter)? = fixture.askedHistograms.last?.question else {
            Issue.record("no histogram was asked for")
            return
        }
        #expect(filter == fixture.model.filter && !filter.isEmpty)
        // The newest are after the end of the fixture's histogram.
        let found = Array(all.dropFirst(10).prefix(50))
        fixture.answer(found)
        let shown = try #require(fixture.model.shownHistogram)
        #expect(fixture.model.list.olderEdge == .end)
        #expect(shown.counts.reduce(0, +) == 50)
        #expect(!shown.isEstimate)
    }
}
