import AuditTrail
import Screen
import Testing

@testable import Browser

@Suite struct UpdateTests {
    @Test func theNewestPageIsAskedForWhenTheSessionStands() {
        var fixture = Fixture()
        fixture.send(.connection(.ready(database: "shop", host: "")))
        #expect(fixture.asked.map(\.question) == [.transactions(Filter(), at: .newest, limit: 200)])
    }

    @Test func thePreviewOfTheSelectedTransactionIsReadWhereThereIsRoomForIt() {
        let wide = Fixture.loaded()
        #expect(wide.model.detail.activities.value?.count == 2)
        let narrow = Fixture.loaded(columns: 80, rows: 24)
        #expect(narrow.model.detail.activities == .notAsked)
    }

    @Test func enterOpensTheChangesAndBackReturnsToTheList() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        #expect(fixture.model.focus == .detail)
        #expect(fixture.model.detail.activity?.id == 9_998_700)
        fixture.press(.character("q"))
        #expect(fixture.model.focus == .list)
        #expect(!fixture.effects.contains(.quit))
    }

    @Test func backInTheListQuitsButEscapeNeverDoes() {
        var fixture = Fixture.loaded()
        fixture.press(.escape)
        #expect(!fixture.effects.contains(.quit))
        fixture.press(.character("q"))
        #expect(fixture.effects.last == .quit)
    }

    @Test func theListIsFilledUpBeforeItsEndIsReachedAndKeepsAWindow() {
        var fixture = Fixture(columns: 80, rows: 24)
        let all = Fixture.many(7000)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(all)
        #expect(fixture.model.list.rows.count == 200)
        for _ in 0..<400 {
            fixture.press(.pageDown)
            fixture.answer(all)
        }
        #expect(fixture.model.list.selected?.id == 1)
        #expect(fixture.model.list.rows.count == TransactionList.capacity)
        #expect(fixture.model.list.olderEdge == .end)
        for _ in 0..<400 {
            fixture.press(.pageUp)
            fixture.answer(all)
        }
        #expect(fixture.model.list.selected?.id == 7000)
        #expect(fixture.model.list.newerEdge == .end)
        #expect(fixture.model.list.rows.map(\.nativeID) == all.prefix(TransactionList.capacity).map(\.nativeID))
    }

    @Test func theLastPageIsReadFromTheOldestEnd() {
        var fixture = Fixture(columns: 80, rows: 24)
        let all = Fixture.many(1000)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(all)
        fixture.press(.character("G"))
        #expect(fixture.asked.map(\.question) == [.transactions(Filter(), at: .oldest, limit: 200)])
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 1)
        fixture.press(.character("g"))
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 1000)
    }

    @Test(arguments: [0, 1, 300])
    func readingAgainInTheMiddleOfTheListLosesNothing(_ rowsDown: Int) {
        var fixture = Fixture(columns: 80, rows: 24)
        let all = Fixture.many(1000)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(all)
        for _ in 0..<rowsDown {
            fixture.press(.character("j"))
            fixture.answer(all)
        }
        let selected = fixture.model.list.selected
        for _ in 0..<2 {
            fixture.press(.character("R"))
            fixture.answer(all)
            #expect(fixture.model.list.selected == selected)
        }
        for _ in 0..<rowsDown {
            fixture.press(.character("k"))
            fixture.answer(all)
        }
        let rows = fixture.model.list.rows
        #expect(rows.map(\.nativeID) == all.prefix(rows.count).map(\.nativeID))
    }

    @Test func theNextTransactionCanBeReachedFromTheChanges() {
        var fixture = Fixture.loaded()
        fixture.press(.enter, .character("J"))
        fixture.answer()
        #expect(fixture.model.focus == .detail)
        #expect(fixture.model.detail.activity?.nativeTransactionID == 999_840)
        fixture.press(.character("K"))
        fixture.answer()
        #expect(fixture.model.detail.activity?.nativeTransactionID == 999_870)
    }

    @Test func changesOfATransactionAreSteppedThrough() {
        var fixture = Fixture.loaded()
        fixture.press(.enter, .character("}"))
        #expect(fixture.model.detail.index == 1)
        fixture.press(.character("}"))
        #expect(fixture.model.detail.index == 1)
        #expect(fixture.model.notice?.text == "this is the last change of the transaction")
        fixture.press(.character("{"), .character("{"))
        #expect(fixture.model.notice?.text == "this is the first change of the transaction")
    }

    @Test func anAnswerThatNobodyWantsAnyMoreIsDropped() {
        var fixture = Fixture()
        fixture.send(.connection(.ready(database: "shop", host: "")))
        let stale = fixture.asked[0].id
        fixture.press(.character("v"))
        let page = TransactionPage(transactions: Fixture.transactions, order: .native, next: nil)
        fixture.send(.answered(stale, .transactions(page)))
        #expect(fixture.model.list.rows.isEmpty)
        #expect(!fixture.model.list.isLoaded)
    }

    @Test func theVerbIsCycledThroughTheFilter() {
        var fixture = Fixture.loaded()
        var seen: [String] = []
        for _ in 0..<5 {
            fixture.press(.character("v"))
            fixture.answer()
            seen.append(fixture.model.filter.description)
        }
        #expect(seen == ["verb:insert", "verb:update", "verb:delete", "verb:truncate", ""])
    }

    @Test func aTablePickedByTypingBecomesTheFilter() {
        var fixture = Fixture.loaded()
        fixture.press(.character("t"))
        fixture.answer()
        fixture.type("cst")
        fixture.press(.enter)
        fixture.answer()
        #expect(fixture.model.filter.description == "table:public.customers")
        #expect(fixture.model.list.rows.map(\.id) == [99984])
        fixture.press(.backspace)
        fixture.answer()
        #expect(fixture.model.filter.isEmpty)
    }

    @Test func severalActorsAreMarkedAndTheServerFindsThoseThatWereNotListed() {
        var fixture = Fixture.loaded()
        fixture.press(.character("a"))
        fixture.answer()
        fixture.press(.character(" "))
        fixture.type("alan")
        fixture.answer()
        fixture.press(.character(" "), .enter)
        #expect(fixture.model.filter.description == "actor:alice,Alan")
    }

    @Test func escapeLeavesThePickerWithoutChangingTheFilter() {
        var fixture = Fixture.loaded()
        fixture.press(.character("t"))
        fixture.answer()
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
        #expect(fixture.model.filter.isEmpty)
    }

    @Test func theSearchGoesToTheMatchWhileTypingAndBackOnEscape() {
        var fixture = Fixture.loaded()
        fixture.press(.character("/"))
        fixture.type("delete 412")
        #expect(fixture.model.list.selection == 2)
        fixture.press(.escape)
        #expect(fixture.model.list.selection == 0)
        fixture.press(.character("/"))
        fixture.type("Alice")
        #expect(fixture.model.notice == nil)
        fixture.press(.enter)
        #expect(fixture.model.notice?.text == "not found in what is loaded: Alice")
        fixture.press(.character("/"))
        fixture.type("alice")
        fixture.press(.enter, .character("n"))
        #expect(fixture.model.list.selection == 2)
        fixture.press(.character("N"))
        #expect(fixture.model.list.selection == 0)
    }

    @Test func followingShowsNewTransactionsOnTopAndCountsThemElsewhere() {
        var fixture = Fixture.loaded()
        fixture.press(.character("F"))
        fixture.answer()
        func tick(_ news: [Int64], _ list: [Transaction]) {
            fixture.send(.tick(Fixture.now))
            guard case .ask(.news, let id)? = fixture.effects.last else {
                Issue.record("no news were asked for")
                return
            }
            let moment = TrailMoment("\(list.count):9:")
            fixture = fixture.answered(id, .news(moment, nativeIDs: news))
            fixture.answer(list)
        }
        let newer = Fixture.transaction(100_001, minutesAgo: 0, Fixture.bob, VerbCounts(inserts: 1))
        tick([], Fixture.transactions)
        tick([1_000_010], [newer] + Fixture.transactions)
        #expect(fixture.model.list.rows.first?.id == 100_001)
        fixture.press(.character("j"))
        let newest = Fixture.transaction(100_002, minutesAgo: 0, Fixture.bob, VerbCounts(inserts: 1))
        tick([1_000_020], [newest, newer] + Fixture.transactions)
        // What was in the page already is not counted; what came late with a low number is.
        tick([1_000_010, 17], [newest, newer] + Fixture.transactions)
        #expect(fixture.model.follow?.unseen == [1_000_020, 17])
        #expect(fixture.model.list.rows.first?.id == 100_001)
        fixture.press(.character("g"))
        fixture.answer([newest, newer] + Fixture.transactions)
        #expect(fixture.model.list.rows.first?.id == 100_002)
        #expect(fixture.model.follow?.unseen.isEmpty == true)
    }

    @Test func cancelStopsAWaitingQueryAndOnlyThenArmsQuitting() {
        var fixture = Fixture()
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.press(.control("c"))
        #expect(fixture.effects.last == .cancel)
        fixture.send(.failed(fixture.asked[0].id, Failure(message: "cancelled", isCancellation: true)))
        #expect(fixture.model.list.failure?.isCancellation == true)
        fixture.press(.control("c"))
        #expect(fixture.effects.last == .cancel)
        fixture.press(.control("c"))
        #expect(fixture.effects.last == .quit)
    }

    @Test func whatIsAnsweredBeforeItIsCancelledIsNotSaidToBeCancelling() {
        var fixture = Fixture()
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.press(.control("c"))
        #expect(fixture.model.notice?.text == "cancelling")
        fixture.answer()
        #expect(fixture.model.notice == nil)
        fixture.press(.control("c"))
        #expect(fixture.model.notice?.text == "press ^C again to quit")
    }

    @Test func aSearchTellsHowFarItHasLookedAndGoesOnAfterItWasStopped() throws {
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        let place = Position(order: .activity, place: 700, stepSize: 4000)
        let time = Fixture.now.adding(seconds: -86400)
        let page = TransactionPage(transactions: [], order: .activity, next: place, searchedTo: time)
        fixture.send(.answered(fixture.asked[0].id, .transactions(page)))
        #expect(view(fixture.model).text().contains("searching… looked back to 2026-10-08 17:34:34  (^C stops)"))
        #expect(fixture.asked.last?.question == .transactions(Filter(), at: .older(than: place), limit: 200))
        let id = try #require(fixture.asked.last?.id)
        fixture.send(.failed(id, Failure(message: "cancelled", isCancellation: true)))
        #expect(view(fixture.model).text().contains("stopped, having looked back to 2026-10-08 17:34:34  (j goes on)"))
        fixture.press(.character("j"))
        #expect(fixture.asked.last?.question == .transactions(Filter(), at: .older(than: place), limit: 200))
    }

    @Test func aLostSessionKeepsTheScreenAndRefreshConnectsAgain() {
        var fixture = Fixture.loaded()
        fixture.send(.connection(.lost("server closed the connection")))
        #expect(fixture.model.list.rows.count == 5)
        #expect(fixture.model.reconnectionText == "connecting again in 1 s, R now")
        fixture.press(.character("R"))
        #expect(fixture.effects.last == .reconnect)
        #expect(fixture.model.reconnectionText == "connecting again")
    }

    @Test func aLostSessionIsTriedAgainAfterGrowingDelays() {
        var fixture = Fixture.loaded()
        fixture.press(.down)
        let kept = fixture.model.list.selected
        var now = Fixture.now
        for delay: Int64 in [1, 2, 4, 8, 15, 30, 30] {
            fixture.send(.connection(.lost("no route to host")))
            let words = "connecting again in \(delay) s, R now · no route to host"
            #expect(view(fixture.model).text().contains(words), "\(delay)")
            let attempts = fixture.effects.count { $0 == .reconnect }
            fixture.send(.tick(now.adding(seconds: delay - 1)))
            #expect(fixture.effects.count { $0 == .reconnect } == attempts)
            now = now.adding(seconds: delay)
            fixture.send(.tick(now))
            #expect(fixture.effects.count { $0 == .reconnect } == attempts + 1)
            fixture.send(.connection(.connecting))
            #expect(view(fixture.model).text().contains("✘ connecting again · no route to host"))
        }
        fixture.send(.connection(.ready(database: "shop", host: "db-prod")))
        fixture.answer()
        #expect(fixture.model.reconnection == Reconnection())
        #expect(fixture.model.list.selected == kept)
    }

    @Test func aKeyWithoutMeaningSaysSo() {
        var fixture = Fixture.loaded()
        fixture.press(.character("Y"))
        #expect(fixture.model.notice?.text == "Y does nothing here; ? lists the keys")
    }

    @Test func everyActionHasAKeyAndNoKeyHasTwoActionsInTheSamePlace() {
        let places = Keymap.Place.allCases
        let everywhere = Keymap.standard.bindings.filter(\.places.isEmpty).flatMap(\.keys)
        #expect(Set(everywhere).count == everywhere.count)
        for place in places {
            let keys = Keymap.standard.bindings.filter { $0.places.contains(place) }.flatMap(\.keys)
            #expect(Set(keys).count == keys.count)
        }
        for action in Action.allCases {
            let keys = Keymap.standard.bindings.first { $0.action == action }?.keys ?? []
            #expect(!keys.isEmpty, "\(action)")
        }
    }
}

extension Fixture {
    /// The browser after one answer of the test's own.
    func answered(_ id: RequestID, _ answer: Answer) -> Fixture {
        var copy = self
        copy.forget(id)
        copy.send(.answered(id, answer))
        return copy
    }
}
