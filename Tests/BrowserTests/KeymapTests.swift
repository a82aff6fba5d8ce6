import Screen
import Testing

@testable import Browser

/// Keymaps as data: presets, settings of a person, and what is wrong with them.
@Suite struct KeymapTests {
    private func applying(
        _ settings: [(place: String, action: String, keys: [String])]
    ) -> (keymap: Keymap, problems: [KeymapProblem]) {
        Keymap.standard.applying(
            settings.enumerated().map {
                KeySetting(place: $1.place, action: $1.action, keys: $1.keys, line: $0 + 1)
            }
        )
    }

    @Test func namesOfActionsAreReadAgain() {
        for action in Action.allCases { #expect(Action(name: action.name) == action) }
        #expect(Action.halfPageDown.name == "half-page-down")
        #expect(Action(name: "halfPageDown") == nil)
    }

    @Test func actionsOfSomePlacesAloneKnowThem() {
        #expect(Action.write.places == [.revert])
        #expect(Action.diffLayout.places == [.changes, .history])
        #expect(Action.moveDown.places == [])
    }

    @Test(arguments: Keymap.presetNames)
    func presetsHaveNoMistakesAndLeaveAWayOut(name: String) throws {
        let changes = try #require(Keymap.changes(named: name))
        #expect(Keymap.standard.applying(changes).problems == [])
        let keymap = try #require(Keymap.preset(named: name))
        for place in Keymap.Place.allCases {
            #expect(keymap.action(for: .control("c"), in: place) == .cancel)
            let keys = keymap.keys(in: place)
            for action in [Action.quit, .back, .help, .command, .moveDown, .moveUp, .open] {
                #expect(keys[action]?.isEmpty == false, "\(name) \(place) \(action)")
            }
            // What is shown for an action is what performs it.
            for (action, keys) in keys { for key in keys { #expect(keymap.action(for: key, in: place) == action) } }
        }
    }

    @Test func presetsAreLikeTheProgramsThatTheyAreNamedAfter() throws {
        #expect(Keymap.preset(named: "vi") == nil)
        #expect(Keymap.preset(named: "default") == .standard)
        let expected: [(String, Key, Keymap.Place, Action?)] = [
            ("tig", .control("n"), .list, .nextTransaction), ("tig", .character("h"), .changes, .help),
            ("tig", .character("1"), .list, nil), ("tig", .function(6), .list, .transactions),
            ("less", .character("f"), .list, .pageDown), ("less", .character("f"), .pager, .pageDown),
            ("less", .character("v"), .list, .openOutside), ("less", .character("v"), .history, .markBase),
            ("emacs", .control("v"), .list, .pageDown), ("emacs", .control("g"), .list, .cancel),
            ("emacs", .character("s"), .changes, .diffLayout), ("k9s", .character("/"), .list, .editFilter),
            ("k9s", .character("1"), .list, .transactions),
        ]
        for (name, key, place, action) in expected {
            #expect(Keymap.preset(named: name)?.action(for: key, in: place) == action, "\(name) \(key.name)")
        }
    }

    @Test func aSettingForOnePlaceHoldsThereAlone() {
        let (keymap, problems) = applying([
            ("list", "move-down", ["x", "<Down>"]), ("changes", "search", ["s"]), ("all", "diff-layout", ["L"]),
        ])
        #expect(problems == [])
        #expect(keymap.action(for: .character("x"), in: .list) == .moveDown)
        #expect(keymap.action(for: .character("j"), in: .list) == nil)
        #expect(keymap.action(for: .character("j"), in: .changes) == .moveDown)
        #expect(keymap.keys(for: .moveDown, in: .list) == [.character("x"), .down])
        #expect(keymap.action(for: .character("s"), in: .changes) == .search)
        #expect(keymap.action(for: .character("s"), in: .history) == nil)
        #expect(keymap.keys(for: .diffLayout, in: .changes) == [.character("L")])
        #expect(keymap.keys(for: .diffLayout, in: .list) == [])
    }

    @Test func aSettingForAllTakesTheKeyFromWhatHadItAndMayLeaveAnActionWithoutOne() {
        let (keymap, problems) = applying([("all", "refresh", ["b"]), ("list", "history", [])])
        #expect(problems == [])
        #expect(keymap.action(for: .character("b"), in: .list) == .refresh)
        #expect(keymap.keys(for: .blame, in: .list) == [])
        #expect(keymap.keys(for: .history, in: .list) == [])
        #expect(keymap.keys(for: .history, in: .changes) == [.character("H")])
        #expect(keymap.action(for: .function(5), in: .list) == nil)
    }

    @Test func aSettingForAllTakesTheKeyFromAnotherActionOfTheSameViewsAlone() {
        let (keymap, problems) = applying([("all", "wrap", ["s"])])
        #expect(problems == [])
        #expect(keymap.action(for: .character("s"), in: .history) == .wrap)
        #expect(keymap.keys(for: .diffLayout, in: .changes) == [])
        #expect(keymap.action(for: .character("W"), in: .changes) == nil)
    }

    @Test func aSettingForAPlaceWinsOverOneForAllWhicheverComesFirst() {
        for settings in [
            [("list", "search", ["s"]), ("all", "search", ["S-Tab"])],
            [("all", "search", ["S-Tab"]), ("list", "search", ["s"])],
        ] {
            let keymap = applying(settings).keymap
            #expect(keymap.keys(for: .search, in: .list) == [.character("s")])
            #expect(keymap.keys(for: .search, in: .changes) == [.backTab])
        }
    }

    @Test func whatIsWrongIsSaidWithItsLineAndLeftOut() {
        let (keymap, problems) = applying([
            ("lists", "search", ["s"]), ("list", "moveDown", ["s"]), ("list", "write", ["s"]),
            ("list", "search", ["nokey", "s"]), ("list", "history", ["s", "H"]), ("all", "help", ["^C"]),
            ("all", "quit", []),
        ])
        let places = "all, list, changes, history, row, revert, overview, help, pager"
        #expect(
            problems == [
                KeymapProblem(line: 1, message: "there is no place lists for keys; there are \(places)"),
                KeymapProblem(line: 2, message: "there is no action moveDown; audit-tui keys lists them"),
                KeymapProblem(line: 3, message: "write does nothing in list, only in revert"),
                KeymapProblem(line: 4, message: "there is no key nokey"),
                KeymapProblem(line: 5, message: "s has two actions in list: search of line 4, and history"),
                KeymapProblem(line: 6, message: "^C always cancels and cannot be given to help"),
                KeymapProblem(
                    line: 7,
                    message: "quit would have no key in \(places.dropFirst(5)); Q stays with it"
                ),
            ]
        )
        #expect(keymap.action(for: .character("s"), in: .list) == .search)
        #expect(keymap.action(for: .character("H"), in: .list) == .history)
        #expect(keymap.action(for: .character("Q"), in: .pager) == .quit)
    }

    @Test func whoeverTakesTheKeyOfQuitIsToldAndCancelKeepsItsOwn() {
        let (keymap, problems) = applying([("all", "cancel", ["x"]), ("row", "search", ["Q"])])
        #expect(problems == [KeymapProblem(line: 2, message: "quit would have no key in row; Q stays with it")])
        #expect(keymap.action(for: .character("Q"), in: .row) == .quit)
        #expect(keymap.keys(for: .cancel) == [.character("x"), .control("c")])
    }
}

/// Numbers before keys.
@Suite struct CountTests {
    /// A list of 1,000 in a narrow window, under a keymap.
    private func long(_ preset: String = "default") -> Fixture {
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.model.keymap = Keymap.preset(named: preset) ?? .standard
        fixture.send(.connection(.ready(database: "shop", host: "")))
        fixture.answer(Fixture.many(1000))
        return fixture
    }

    @Test(arguments: [
        ("default", "8j", 8), ("default", "05j", 5), ("default", "0120G", 119), ("default", "7jk", 6),
        ("default", "09J", 9), ("default", "0012g", 11), ("default", "99999j", 199), ("default", "0j", 0),
        ("default", "8\u{7F}j", 1), ("default", "012\u{7F}j", 1), ("default", "8\u{1B}j", 1), ("default", "9Yj", 1),
        ("default", "8\u{3}j", 1), ("less", "5j", 5), ("less", "12G", 11), ("tig", "10J", 10), ("tig", "25jk", 24),
        ("emacs", "12n", 12),
    ])
    func countsRepeatMovementsOrNameLines(preset: String, keys: String, line: Int) {
        var fixture = long(preset)
        for character in keys {
            switch character {
            case "\u{1B}": fixture.press(.escape)
            case "\u{3}": fixture.press(.control("c"))
            case "\u{7F}": fixture.press(.backspace)
            default: fixture.press(.character(character))
            }
        }
        #expect(fixture.model.list.selection == line)
        #expect(fixture.model.count == nil)
    }

    @Test func digitsThatAreViewsOpenThemUnlessACountHasBegun() {
        var fixture = long()
        fixture.press(.character("5"))
        #expect(fixture.model.overview?.subject == .health)
        fixture.press(.character("1"), .alt("5"), .character("2"), .character("j"))
        #expect(fixture.model.overview == nil)
        #expect(fixture.model.list.selection == 52)
    }

    @Test func theCountIsShownWhileItIsTyped() {
        var fixture = long()
        fixture.press(.character("0"), .character("1"), .character("2"))
        #expect(view(fixture.model).text().contains("12  a movement repeats so often, g and G go to that line"))
        fixture.press(.character("G"))
        #expect(view(fixture.model).text().contains("tx 12/"))
    }

    @Test func countsHoldInEveryView() {
        var fixture = Fixture.loaded()
        fixture.press(.enter, .character("6"), .character("]"))
        #expect(fixture.model.detail.settings.context == 7)
        fixture.press(.character("9"), .character("j"))
        #expect(fixture.model.detail.line == min(9, fixture.model.detail.rowCount - 1))
        fixture.press(.character("0"), .character("2"), .character("G"))
        #expect(fixture.model.detail.line == 1)
        fixture.press(.character("9"), .character("}"))
        #expect(fixture.model.detail.index == 1)
        fixture.press(.character("9"), .character("{"))
        #expect(fixture.model.detail.index == 0)
        fixture.press(.character("2"))
        fixture.answer()
        fixture.press(.character("0"), .character("2"), .character("j"))
        #expect(fixture.model.overview?.selection == 2)
    }
}

/// What is said names the keys of the live keymap.
@Suite struct KeyHintTests {
    @Test func noticesNameTheKeysThatTheKeymapHas() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.model.keymap = Keymap.preset(named: "emacs") ?? .standard
        fixture.press(.character("Y"))
        #expect(fixture.model.notice?.text == "Y does nothing here; ? lists the keys")
        fixture.press(.alt("s"))
        #expect(fixture.model.notice?.text == "nothing has been searched for; ^S searches")
        fixture.send(.pasted("x"))
        #expect(fixture.model.notice?.text == "pasted text is not run as keys; f, ^S, M-x and M-g take it")
        fixture.model.keymap =
            Keymap.standard.applying([
                KeySetting(place: "all", action: "help", keys: [], line: 1)
            ]).keymap
        fixture.press(.character("Y"))
        #expect(fixture.model.notice?.text == "Y does nothing here; help lists the keys")
    }
}
