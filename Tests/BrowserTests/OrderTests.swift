import AuditTrail
import Screen
import Testing

@testable import Browser

/// The list with the oldest transaction first, as a log file is read.
@Suite struct OrderTests {
    /// A browser on so many transactions, the oldest first.
    private func flipped(_ list: [Transaction], columns: Int = 80, rows: Int = 24) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows, list)
        fixture.press(.character("I"))
        return fixture
    }

    /// The lines that the list has on the screen, without the signs of the cursor and the marks.
    private func lines(_ fixture: Fixture) -> [String] {
        let rows = view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)
        return Layout(of: fixture.model).listRows.map { String(rows[$0].dropFirst(ListColumn.margin)) }
    }

    /// The line of the screen, within the list, that has the cursor.
    private func cursorLine(_ fixture: Fixture) -> Int? {
        let rows = view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)
        return Layout(of: fixture.model).listRows.firstIndex { rows[$0].hasPrefix(" ▶") }
            .map { $0 - Layout(of: fixture.model).listRows.lowerBound }
    }

    @Test func flippingTurnsTheScreenRoundAndKeepsTheTransactionUnderTheCursor() throws {
        let all = Fixture.many(1000)
        var fixture = Fixture.loaded(columns: 80, rows: 24, all)
        for _ in 0..<30 { fixture.press(.character("j")) }
        fixture.press(.character("k"), .character("k"))
        let (before, list) = (lines(fixture), fixture.model.list)
        let place = try #require(cursorLine(fixture))
        fixture.press(.character("I"))
        #expect(lines(fixture) == before.reversed())
        #expect(fixture.model.list.selected == list.selected)
        #expect(cursorLine(fixture) == before.count - 1 - place)
        #expect(fixture.model.notice?.text == "oldest first: what is new comes at the bottom")
        fixture.press(.character("I"))
        #expect(fixture.model.list == list)
        #expect(lines(fixture) == before)
        #expect(fixture.model.notice?.text == "newest first")
        #expect(fixture.asked.isEmpty)
    }

    @Test func everyRowOfTheWindowStandsInOneLineInEitherOrder() {
        for count in 0...5 {
            for height in 1...7 {
                for top in 0...max(0, count - height) {
                    var list = TransactionList(rows: Fixture.many(count), top: top)
                    let contents = (0..<height).map { list.content(ofLine: $0, height: height) }
                    list.isOldestFirst = true
                    let turned = (0..<height).map { list.content(ofLine: $0, height: height) }
                    #expect(turned.filter { $0 != .beyond } == contents.filter { $0 != .beyond }.reversed())
                }
            }
        }
    }

    @Test(arguments: [
        ("k", 149), ("j", 150), ("kkj", 149), ("g", 1), ("gj", 2), ("gk", 1), ("gG", 150), ("09k", 141), ("012G", 12),
        ("05g", 5), ("K", 149), ("KKJ", 149), ("09K", 141), ("g09J", 10), ("g ", 19), ("gG\u{2}", 132), ("g\u{4}", 10),
        ("\u{15}", 141), ("g\u{6}\u{2}", 1),
    ])
    func keysGoByTheScreen(keys: String, number: Int64) {
        var fixture = flipped(Fixture.many(150))
        for character in keys {
            switch character {
            case "\u{2}": fixture.press(.control("b"))
            case "\u{4}": fixture.press(.control("d"))
            case "\u{6}": fixture.press(.control("f"))
            case "\u{15}": fixture.press(.control("u"))
            default: fixture.press(.character(character))
            }
        }
        #expect(fixture.model.list.selected?.id == number)
        #expect(fixture.model.list.line == Int(number) - 1)
        #expect(cursorLine(fixture) != nil)
        fixture.press(.escape)
        #expect(view(fixture.model).text().contains("tx \(number)/150"))
    }

    @Test func pagesAreReadAtTheEndThatTheCursorComesTo() {
        let all = Fixture.many(1000)
        var fixture = flipped(all)
        func anchor() -> Anchor? {
            guard case .transactions(_, let anchor, _)? = fixture.asked.first?.question else { return nil }
            return anchor
        }
        for _ in 0..<99 { fixture.press(.character("k")) }
        #expect(anchor() == nil)
        fixture.press(.character("k"))
        #expect(anchor() == .older(than: all[199].position(in: .native)))
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 900)
        fixture.press(.character("g"))
        #expect(anchor() == .oldest)
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 1)
        #expect(cursorLine(fixture) == 0)
        for _ in 0..<99 { fixture.press(.character("j")) }
        #expect(anchor() == nil)
        fixture.press(.character("j"))
        #expect(anchor() == .newer(than: all[800].position(in: .native)))
        let before = lines(fixture)
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 101)
        #expect(lines(fixture) == before)
        fixture.press(.character("G"))
        #expect(anchor() == .newest)
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 1000)
        #expect(cursorLine(fixture) == before.count - 1)
    }

    @Test func theWholeTrailIsWalkedThroughInAWindow() {
        let all = Fixture.many(7000)
        var fixture = flipped(all)
        for _ in 0..<400 {
            fixture.press(.pageUp)
            fixture.answer(all)
        }
        #expect(fixture.model.list.selected?.id == 1)
        #expect(fixture.model.list.rows.count == TransactionList.capacity)
        for _ in 0..<400 {
            fixture.press(.pageDown)
            fixture.answer(all)
        }
        #expect(fixture.model.list.selected?.id == 7000)
        #expect(fixture.model.list.rows.map(\.nativeID) == all.prefix(TransactionList.capacity).map(\.nativeID))
    }

    @Test func aSearchGoesDownTheScreenAndMarksAreFoundAlongIt() {
        var fixture = flipped(Fixture.transactions)
        fixture.press(.character("/"))
        fixture.type("orders")
        fixture.press(.enter)
        #expect(fixture.model.list.selection == 0)
        for (key, row) in [("n", 4), ("n", 3), ("N", 4), ("N", 0), ("N", 1)] {
            fixture.press(.character(Character(key)))
            #expect(fixture.model.list.selection == row, "\(key)")
        }
        fixture.press(.character("g"), .character("/"))
        fixture.type("alice")
        #expect(fixture.model.list.selection == 2)
        fixture.press(.control("r"))
        #expect(fixture.model.list.selection == 0)
        fixture.press(.escape, .character("m"), .character("j"), .character("j"), .character("m"), .character("U"))
        #expect(fixture.model.list.selection == 4)
        fixture.press(.character("U"))
        #expect(fixture.model.notice?.text.hasPrefix("no mark above") == true)
        fixture.press(.character("u"))
        #expect(fixture.model.list.selection == 2)
        fixture.press(.character("u"))
        #expect(fixture.model.notice?.text.hasPrefix("no mark below") == true)
    }

    @Test func newTransactionsComeAtTheBottomAndAreCountedWhileTheCursorIsElsewhere() {
        var list = Fixture.many(50)
        var fixture = flipped(list)
        fixture.press(.character("F"))
        fixture.answer(list)
        func tick(_ number: Int64?) {
            let new = number.map { Fixture.transaction($0, minutesAgo: 0, Fixture.bob, VerbCounts(inserts: 1)) }
            list = (new.map { [$0] } ?? []) + list
            fixture.send(.tick(Fixture.now))
            guard case .ask(.news, let id)? = fixture.effects.last else {
                Issue.record("no news were asked for")
                return
            }
            let moment = TrailMoment("\(list.count):9:")
            fixture = fixture.answered(id, .news(moment, nativeIDs: new.map { [$0.nativeID] } ?? []))
            fixture.answer(list)
        }
        let height = Layout(of: fixture.model).listRows.count
        tick(nil)
        tick(51)
        #expect(fixture.model.list.selected?.id == 51)
        #expect(cursorLine(fixture) == height - 1)
        #expect(view(fixture.model).text().contains("● FOLLOW  17:34"))
        fixture.press(.character("k"))
        #expect(view(fixture.model).text().contains("● FOLLOW paused"))
        let before = lines(fixture)
        tick(52)
        #expect(lines(fixture) == before)
        #expect(view(fixture.model).text().contains("● FOLLOW  ▼1 new"))
        fixture.press(.character("G"))
        fixture.answer(list)
        #expect(fixture.model.list.selected?.id == 52)
        #expect(fixture.model.follow?.unseen == [])
        tick(53)
        #expect(fixture.model.list.selected?.id == 53)
        #expect(cursorLine(fixture) == height - 1)
    }

    @Test func theMouseFindsWhatItPointsAt() throws {
        var fixture = flipped(Fixture.transactions)
        fixture.press(.character("%"))
        let top = Layout(of: fixture.model).listRows.lowerBound
        let row = try #require(lines(fixture).firstIndex { $0.contains("DELETE 412 rows") })
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: top + row)))
        #expect(fixture.model.list.selected?.id == 99978)
        fixture.send(.mouse(Mouse(.wheelDown, column: 5, row: top)))
        #expect(fixture.model.list.selected?.id == 99987)
        fixture.send(.mouse(Mouse(.wheelUp, column: 5, row: top)))
        #expect(fixture.model.list.selection == 3)
        // Neither what is said about the end nor the room below is a transaction.
        for row in [0, 6, 7] { fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: top + row))) }
        #expect(fixture.model.list.selection == 3)
        fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: top + 5)))
        #expect(fixture.model.list.selection == 0)
        let all = Fixture.many(150)
        fixture = flipped(all)
        fixture.press(.character("%"), .character("k"), .pageUp)
        for row in Layout(of: fixture.model).listRows {
            let words = lines(fixture)[row - top]
            fixture.send(.mouse(Mouse(.click(count: 1), column: 5, row: row)))
            let number = try #require(fixture.model.list.selected?.id)
            #expect(words.contains(" \(number) "), "\(words)")
        }
    }

    @Test func whatIsSaidAboutTheOldEndStandsAboveTheOldest() throws {
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.press(.character("I"))
        fixture.send(.connection(.ready(database: "shop", host: "")))
        func answer(_ found: [Transaction]) throws {
            let id = try #require(fixture.model.list.pending?.id)
            let next = Position(order: .activity, place: 700, stepSize: 4000)
            let time = Fixture.now.adding(seconds: -86400)
            let page = TransactionPage(transactions: found, order: .activity, next: next, searchedTo: time)
            fixture.send(.answered(id, .transactions(page)))
        }
        func end() -> [String] {
            let rows = view(fixture.model).text().split(separator: "\n", omittingEmptySubsequences: false)
            return Layout(of: fixture.model).listRows.prefix(4).map { String(rows[$0].prefix(60)) }
        }
        func stop() throws {
            let id = try #require(fixture.model.list.pending?.id)
            fixture.send(.failed(id, Failure(message: "cancelled", isCancellation: true)))
        }
        try answer([])
        try stop()
        #expect(view(fixture.model).text().contains("looked back to 2026-10-08 17:34:34  (k goes on)"))
        fixture.press(.character("k"))
        try answer(Array(Fixture.transactions.prefix(2)))
        #expect(end()[0] == " … loading, looked back to 2026-10-08 17:34:34  (^C stops)")
        #expect(end()[1].contains(" 99984 ") && end()[2].contains(" 99987 ") && end()[3] == " ~")
        try stop()
        #expect(end()[0] == " ✘ cancelled")
        fixture.model.list.failure = nil
        #expect(end()[0] == " … more above")
        fixture.press(.character("k"))
        let id = try #require(fixture.model.list.pending?.id)
        let last = TransactionPage(transactions: [], order: .activity, next: nil)
        fixture.send(.answered(id, .transactions(last)))
        #expect(end()[0] == " ~ the oldest transaction is below")
    }

    @Test func jumpsInTimeAndReadingAgainAndOtherFiltersKeepTheOrder() {
        let all = Fixture.many(1000)
        var fixture = flipped(all)
        for (keys, number) in [("d", nil), ("D", nil), ("R", nil), ("v", nil), ("<", Int64?(1000)), (">", nil)] {
            fixture.type(keys)
            fixture.answer(all)
            let isOldestFirst = fixture.model.list.isOldestFirst
            #expect(isOldestFirst, "\(keys)")
            if let number { #expect(fixture.model.list.selected?.id == number, "\(keys)") }
        }
        fixture = flipped(all)
        fixture.press(.character("@"))
        fixture.type("-5h")
        fixture.press(.enter)
        fixture.answer(all)
        // The first that is no newer, the newer ones below.
        #expect(fixture.model.list.selected?.id == 700)
        fixture.press(.character("j"))
        #expect(fixture.model.list.selected?.id == 701)
        let (selected, before) = (fixture.model.list.selected, lines(fixture))
        fixture.press(.character("R"))
        fixture.answer(all)
        #expect(fixture.model.list.selected == selected)
        #expect(lines(fixture).contains(before.last ?? ""))
    }

    @Test func onlyTheListHasAnOrder() {
        var fixture = Fixture.loaded()
        fixture.press(.character("2"))
        fixture.answer()
        fixture.press(.character("I"))
        #expect(fixture.model.notice?.text.hasPrefix("not in this view") == true)
        fixture.press(.character("q"), .character("H"))
        fixture.answer()
        fixture.press(.character("I"))
        #expect(fixture.model.notice?.text.hasPrefix("not in this view") == true)
        #expect(!fixture.model.list.isOldestFirst)
        fixture.press(.character("q"), .enter, .character("I"), .character("K"))
        fixture.answer()
        #expect(fixture.model.detail.activity?.nativeTransactionID == 999_840)
    }

    @Test(arguments: Keymap.presetNames) func theKeyIsTheSameInEveryPreset(name: String) {
        #expect(Keymap.preset(named: name)?.keys(for: .flipOrder, in: .list) == [.character("I")])
    }
}
