import Screen
import Testing

@testable import Browser

/// The help, made from the live keymap.
@Suite struct HelpTests {
    private func help(_ fixture: Fixture) -> Help? {
        if case .help(let help) = fixture.model.overlay { help } else { nil }
    }

    private func opened(columns: Int = 80, rows: Int = 24, _ keys: Key...) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        for key in keys {
            fixture.press(key)
            fixture.answer()
        }
        fixture.press(.character("?"))
        return fixture
    }

    @Test(arguments: [(160, 50), (120, 35), (80, 24), (60, 12), (24, 6)])
    func theHelpFitsEveryScreen(_ columns: Int, _ rows: Int) throws {
        try checkScreen(view(opened(columns: columns, rows: rows).model), "help")
    }

    @Test func everyActionOfAViewIsInItsHelpAndThoseOfOtherViewsAreNot() throws {
        let views: [(Fixture, Keymap.Place)] = [
            (opened(), .list), (opened(.enter), .changes), (opened(columns: 120, .character("H")), .history),
            (opened(columns: 120, .character("A")), .row), (opened(.character("r")), .revert),
            (opened(.character("3")), .overview),
        ]
        for (fixture, place) in views {
            let lines = try #require(help(fixture)).lines
            #expect(lines.first == .heading(place.title))
            let names = lines.compactMap { if case .keys(_, _, let name) = $0 { name } else { nil } }
            let expected = Action.allCases.filter { $0.places.isEmpty || $0.places.contains(place) }.map(\.name)
            #expect(names.sorted() == expected.sorted(), "\(place)")
        }
    }

    @Test func keysOfAPersonAreShownAndActionsWithoutOneToo() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        let settings = [
            KeySetting(place: "list", action: "search", keys: ["^S", "<F3>"], line: 1),
            KeySetting(place: "all", action: "open", keys: [], line: 2),
        ]
        fixture.model.keymap = Keymap.standard.applying(settings).keymap
        fixture.press(.character("?"))
        let lines = try #require(help(fixture)).lines
        #expect(lines.contains(.keys("^S F3", purpose: Action.search.purpose, name: "search")))
        #expect(lines[1] == .keys("–", purpose: Action.open.purpose, name: "open"))
    }

    @Test func theHelpIsMovedInAndLeft() {
        var fixture = opened()
        fixture.press(.character("G"))
        #expect(help(fixture)?.top == (help(fixture)?.lines.count ?? 0) - 22)
        fixture.press(.character("g"), .character("0"), .character("3"), .character("j"))
        #expect(help(fixture)?.top == 3)
        fixture.press(.pageDown, .control("u"))
        #expect(help(fixture)?.top == 14)
        fixture.press(.control("z"))
        #expect(fixture.effects.last == .suspend)
        fixture.press(.character("q"))
        #expect(fixture.model.overlay == nil)
        fixture.press(.character("?"), .character("Q"))
        #expect(fixture.effects.last == .quit)
    }

    @Test func theHelpIsSearchedOnwardsAndBackAndEscapeReturns() throws {
        var fixture = opened()
        fixture.press(.character("j"), .character("/"))
        fixture.type("histogram")
        try checkScreen(view(fixture.model), "help-search")
        fixture.press(.enter)
        let first = try #require(help(fixture)?.found)
        fixture.press(.character("n"))
        let second = try #require(help(fixture)?.found)
        #expect(second > first)
        fixture.press(.character("N"))
        #expect(help(fixture)?.found == first)
        fixture.press(.character("N"))
        #expect((help(fixture)?.found ?? 0) > second)
        fixture.press(.character("g"), .character("j"), .character("/"))
        fixture.type("nothing like this")
        #expect(help(fixture)?.prompt?.isMissing == true)
        #expect(view(fixture.model).text().contains("/nothing like this  not found"))
        fixture.press(.control("u"))
        fixture.type("suspend")
        #expect((help(fixture)?.top ?? 0) > 1)
        fixture.press(.control("z"), .escape)
        #expect(fixture.effects.last == .suspend)
        #expect(help(fixture)?.top == 1)
    }
}
