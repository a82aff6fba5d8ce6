import AuditTrail
import Screen
import Testing

@testable import Browser

/// The mouse, by the screens that are drawn.
@Suite struct MouseTests {
    private func opened(columns: Int = 120, rows: Int = 35, _ keys: Key...) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.press(.character("%"))
        for key in keys {
            fixture.press(key)
            fixture.answer()
        }
        return fixture
    }

    /// Clicks on the first place of the screen that shows the words.
    private func click(_ fixture: inout Fixture, on words: String, times: Int = 1) throws {
        let lines = view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)
        let row = try #require(lines.firstIndex { $0.contains(words) })
        let range = try #require(lines[row].firstRange(of: words))
        let column = lines[row].distance(from: lines[row].startIndex, to: range.lowerBound)
        for count in 1...times { fixture.send(.mouse(Mouse(.click(count: count), column: column, row: row))) }
    }

    @Test func theMouseIsTheTerminalsUntilItIsWanted() {
        var fixture = Fixture.loaded()
        let before = fixture.model
        fixture.send(.mouse(Mouse(.wheelDown, column: 5, row: 6)))
        #expect(fixture.model == before)
        fixture.press(.character("%"))
        #expect(fixture.effects.last == .mouse(true))
        #expect(
            fixture.model.notice?.text == "the mouse scrolls, selects and opens; with Shift it marks text as before"
        )
        fixture.press(.character("%"))
        #expect(fixture.effects.last == .mouse(false))
        #expect(fixture.model.notice?.text == "the mouse is the terminal's again")
    }

    @Test func aClickSelectsATransactionAndTwoOpenIt() throws {
        var fixture = opened()
        try click(&fixture, on: "DELETE 412 rows")
        fixture.answer()
        #expect(fixture.model.list.selection == 2)
        #expect(fixture.model.focus == .list)
        try click(&fixture, on: "+1 row", times: 2)
        fixture.answer()
        #expect(fixture.model.list.selection == 1)
        #expect(fixture.model.focus == .detail)
    }

    @Test func theViewsStandBelowBothPanesAndOpenByClicks() throws {
        var fixture = opened(.down)
        try click(&fixture, on: "[3]actors")
        #expect(fixture.model.overview?.subject == .actors)
        #expect(fixture.model.tabs.isEmpty)
        // A pane alone says more of its transaction.
        fixture = opened(columns: 80, rows: 24, .down)
        #expect(fixture.model.tabs.isEmpty && view(fixture.model).text().contains(" xid "))
        fixture = opened(.down, .character("O"))
        #expect(fixture.model.tabs.isEmpty && view(fixture.model).text().contains(" xid "))
    }

    @Test func aClickInTheChangesGivesThemTheKeysAndTheCursor() throws {
        var fixture = opened()
        try click(&fixture, on: "+ status")
        #expect(fixture.model.focus == .detail)
        #expect(fixture.model.detail.lineUnderCursor?.path == "status")
        try click(&fixture, on: "~ the oldest")
        #expect(fixture.model.focus == .detail)
    }

    @Test func theWheelMovesWhatIsUnderThePointerAndLeavesTheKeys() {
        var fixture = opened()
        fixture.send(.mouse(Mouse(.wheelDown, column: 5, row: 8)))
        #expect(fixture.model.list.selection == 3)
        fixture.send(.mouse(Mouse(.wheelUp, column: 5, row: 8)))
        #expect(fixture.model.list.selection == 0)
        fixture.answer()
        fixture.send(.mouse(Mouse(.wheelDown, column: 5, row: 25)))
        #expect(fixture.model.list.selection == 0)
        #expect(fixture.model.detail.line == 3)
        #expect(fixture.model.focus == .list)
    }

    @Test func aClickOnAHintPressesItsKey() throws {
        var fixture = opened()
        try click(&fixture, on: "H history")
        fixture.answer()
        #expect(fixture.model.panes.count == 1)
        try click(&fixture, on: "q back")
        #expect(fixture.model.panes.isEmpty)
        try click(&fixture, on: "Q quit")
        #expect(fixture.effects.last == .quit)
    }

    @Test func aClickOnTheHistogramGoesToItsTime() throws {
        var fixture = opened()
        fixture.send(.mouse(Mouse(.click(count: 1), column: 20, row: 2)))
        let histogram = try #require(fixture.model.timeStrip.histogram.value)
        let end = Timestamp(microseconds: histogram.start(of: 20).microseconds - 1)
        #expect(fixture.asked.map(\.question) == [.transactions(Filter(), at: .at(end), limit: 200)])
        fixture.answer()
        let before = fixture.model
        fixture.send(.mouse(Mouse(.click(count: 1), column: 119, row: 2)))
        #expect(fixture.asked.isEmpty)
        #expect(fixture.model.list == before.list)
    }

    @Test func overviewsAndPanesAreClickedIn() throws {
        var fixture = opened(.character("2"))
        try click(&fixture, on: "sales.lines")
        let selection = fixture.model.overview?.selection
        #expect(selection == 1)
        fixture.send(.mouse(Mouse(.wheelUp, column: 0, row: 9)))
        #expect(fixture.model.overview?.selection == 0)
        try click(&fixture, on: "sales.lines", times: 2)
        #expect(fixture.model.filter.description == "table:sales.lines")

        fixture = opened(.character("H"))
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: 4)))
        guard case .history(let pane)? = fixture.model.panes.last else {
            Issue.record("the history is not open")
            return
        }
        #expect(pane.versions.line == 1)
        let lower = HistoryLayout(pane, of: fixture.model.size).lower.lowerBound
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: lower + 1)))
        guard case .history(let lowerPane)? = fixture.model.panes.last else { return }
        #expect(lowerPane.isLowerFocused && lowerPane.lowerScroll.line == 1)
        fixture.send(.mouse(Mouse(.click(count: 2), column: 5, row: 4)))
        #expect(fixture.model.panes.isEmpty)

        fixture = opened(.character("A"))
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: 4)))
        guard case .row(let row)? = fixture.model.panes.last else { return }
        #expect(row.scroll.line == 1)
        fixture = opened(.character("r"))
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: 4)))
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: 1)))
        guard case .revert(let revert)? = fixture.model.panes.last else { return }
        #expect(revert.scroll.line == 2)
    }

    @Test func popupsAreTurnedAndClickedIn() throws {
        var fixture = opened(.character("?"))
        fixture.send(.mouse(Mouse(.wheelDown, column: 50, row: 9)))
        guard case .help(let help) = fixture.model.overlay else {
            Issue.record("the help has closed")
            return
        }
        #expect(help.top == 3)
        fixture = opened(.character("t"))
        fixture.send(.mouse(Mouse(.wheelDown, column: 50, row: 9)))
        try click(&fixture, on: "customers", times: 2)
        #expect(fixture.model.filter.description == "table:public.customers")
        fixture = opened(.character("."))
        try click(&fixture, on: "this transaction alone")
        #expect(fixture.model.filter.description == "xid:999870")
        fixture = opened(.character("y"))
        try click(&fixture, on: "the number of the transaction")
        #expect(fixture.effects.last == .copy("99987"))
        fixture = opened(.character(":"))
        fixture.send(.mouse(Mouse(.click(count: 1), column: 1, row: 34)))
        fixture.send(.mouse(Mouse(.wheelUp, column: 1, row: 34)))
        #expect(fixture.model.list.selection == 0)
    }

    @Test(arguments: [Key.character("y"), .character("."), .character("t"), .character("?"), .character(":"), .down])
    func everyPlaceOfEveryScreenCanBeClickedAndTurned(_ key: Key) {
        for (columns, rows) in [(1, 1), (10, 3), (24, 6), (60, 12)] {
            var fixture = opened(.enter, key)
            fixture.send(.resized(Size(columns: columns, rows: rows)))
            for row in 0...rows {
                for act in [Mouse.Act.click(count: 1), .click(count: 2), .wheelDown, .wheelUp] {
                    var copy = fixture
                    copy.send(.mouse(Mouse(act, column: columns / 2, row: row)))
                    #expect(view(copy.model).size == Size(columns: columns, rows: rows))
                }
            }
        }
    }

    @Test func aPageOfTextIsTurned() {
        var fixture = opened()
        let lines = (1...100).map { "line \($0)" }.joined(separator: "\n")
        fixture.send(.statements([StatementRecord(name: "long", text: lines, parameters: [])]))
        fixture.send(.mouse(Mouse(.wheelDown, column: 1, row: 3)))
        fixture.send(.mouse(Mouse(.wheelDown, column: 1, row: 3)))
        fixture.send(.mouse(Mouse(.wheelUp, column: 1, row: 3)))
        guard case .statements(let pager) = fixture.model.overlay else {
            Issue.record("the page has closed")
            return
        }
        #expect(pager.top == 3)
    }
}
