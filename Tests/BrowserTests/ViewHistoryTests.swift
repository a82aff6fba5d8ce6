import AuditTrail
import Screen
import Testing

@testable import Browser

/// Back and forward in the views.
@Suite struct ViewHistoryTests {
    private func press(_ fixture: inout Fixture, _ keys: Key...) {
        for key in keys {
            fixture.press(key)
            fixture.answer()
        }
    }

    private func place(_ fixture: Fixture) -> [String] {
        let model = fixture.model
        let overview = model.overview.map { [$0.subject.rawValue] } ?? []
        return [model.filter.description, model.list.selected?.name ?? ""] + overview + model.panes.map(\.title)
    }

    @Test func filtersViewsAndPanesAreGoneBackToAndForwardAgain() {
        var fixture = Fixture.loaded()
        var places = [place(fixture)]
        let steps: [[Key]] = [
            [.character("j"), .character("v"), .character("v")], [.character("3")], [.character("1"), .character("H")],
            [.character("A")],
        ]
        for step in steps {
            for key in step { press(&fixture, key) }
            places.append(place(fixture))
        }
        #expect(places.map(\.count) == [2, 2, 3, 3, 4])
        // Leaving the actors for the list is a step of its own.
        let list = places[1]
        for expected in [places[3], list, places[2], list] {
            press(&fixture, .character("<"))
            #expect(place(fixture) == expected)
        }
        press(&fixture, .character("<"))
        #expect(place(fixture) == ["verb:insert", ""])
        press(&fixture, .character("<"))
        #expect(place(fixture) == ["", "99984"])
        press(&fixture, .character("<"))
        #expect(fixture.model.notice?.text == "this is where you began; there is nothing to go back to")
        for expected in [["verb:insert", ""], list, places[2], list, places[3], places[4]] {
            press(&fixture, .character(">"))
            #expect(place(fixture) == expected)
        }
        press(&fixture, .character(">"))
        #expect(fixture.model.notice?.text == "there is nothing to go forward to")
    }

    @Test func goingElsewhereForgetsTheWayForward() {
        var fixture = Fixture.loaded()
        press(&fixture, .character("2"), .character("<"), .character("3"), .character(">"))
        #expect(fixture.model.overview?.subject == .actors)
        press(&fixture, .character("<"))
        #expect(fixture.model.overview == nil)
    }

    @Test func aJumpIsUndoneToWhereTheCursorWas() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        press(&fixture, .character("j"), .character("@"))
        fixture.type("tx:99940")
        press(&fixture, .enter)
        let there = fixture.model.list.selected?.id
        press(&fixture, .character("<"))
        #expect(fixture.model.list.selected?.id == 99984)
        press(&fixture, .character(">"))
        #expect(fixture.model.list.selected?.id == there)
    }

    @Test func aJumpOutOfWhatIsLoadedIsUndoneByReadingThatPlaceAgain() {
        var fixture = Fixture(columns: 80, rows: 24)
        let all = Fixture.many(1000)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(all)
        for _ in 0..<5 { fixture.press(.character("j")) }
        fixture.press(.character("@"))
        fixture.type("tx:17")
        fixture.press(.enter)
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 17)
        fixture.press(.character("<"))
        fixture.answer(all)
        #expect(fixture.model.list.selected?.id == 995)
    }

    @Test func whatWasAwaitedWhenAViewWasLeftIsAskedForAgain() {
        var fixture = Fixture.loaded()
        fixture.press(.character("H"), .character("q"), .character("<"))
        fixture.answer()
        guard case .history(let pane)? = fixture.model.panes.last else {
            Issue.record("the history is not open")
            return
        }
        #expect(pane.history.value != nil)
        fixture.press(.character("q"), .character("5"), .character("1"), .character("<"))
        fixture.answer()
        #expect(fixture.model.overview?.rows.value?.isEmpty == false)
    }
}
