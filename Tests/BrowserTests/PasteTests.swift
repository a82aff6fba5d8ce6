import Screen
import Testing

@testable import Browser

/// Pasted text.
@Suite struct PasteTests {
    @Test(arguments: [
        ("a b", "a b"), ("a\r\nb\rc\nd\te", "a b c d e"), ("line\n", "line"), ("\u{1B}[31mred\u{7}\u{0}", "[31mred"),
        ("\u{85}x\u{2028}y\u{9B}z", " x yz"), ("", ""), ("\n\n", ""), ("ü田\u{202E}", "ü田\u{202E}"),
    ])
    func whatIsPastedBecomesOneLineWithoutControlCharacters(_ text: String, _ line: String) {
        #expect(pastedLine(text) == line)
    }

    @Test func pastedTextNeverActsAsKeys() {
        var fixture = Fixture.loaded()
        let before = fixture.model
        for key in [nil, Key.character("y"), .character("."), .character("?")] {
            var fixture = fixture
            if let key { fixture.press(key) }
            let overlay = fixture.model.overlay
            let effects = fixture.effects.count
            fixture.send(.pasted("Q\rq:quit\r"))
            #expect(fixture.effects.count == effects)
            #expect(fixture.model.overlay == overlay)
            #expect(fixture.model.list == before.list)
            #expect(fixture.model.notice?.text == "pasted text is not run as keys; f, /, : and @ take it")
        }
        fixture.press(.character(":"))
        fixture.type("sql")
        fixture.press(.enter)
        fixture.send(.statements([]))
        fixture.send(.pasted("q"))
        #expect(fixture.model.overlay == .statements(StatementPager([])))
    }

    @Test func everyPromptTakesPastedTextAtItsCursor() {
        let prompts: [(Key, String)] = [
            (.character("f"), "xtable:or ders"), (.character(":"), "xtable:or ders"),
            (.character("@"), "xtable:or ders"),
            (.character("/"), "xytable:or ders"), (.character("t"), "xytable:or ders"),
        ]
        for (key, expected) in prompts {
            var fixture = Fixture.loaded()
            fixture.press(key)
            fixture.answer()
            fixture.type("xy")
            fixture.press(.left)
            fixture.send(.pasted("table:or\nders\n"))
            #expect(typed(fixture.model.overlay)?.before == expected, "\(key.name)")
        }
        var fixture = Fixture.loaded()
        fixture.press(.character("?"), .character("/"))
        fixture.send(.pasted("his\u{1B}togram"))
        guard case .help(let help) = fixture.model.overlay else {
            Issue.record("the help is not open")
            return
        }
        #expect(help.prompt?.text == "histogram")
        #expect(help.found != nil)
    }

    private func typed(_ overlay: Model.Overlay?) -> (before: String, after: String)? {
        switch overlay {
        case .filter(let prompt): (prompt.line.before, prompt.line.after)
        case .command(let prompt): (prompt.line.before, prompt.line.after)
        case .goTo(let prompt): (prompt.line.before, prompt.line.after)
        case .search(let prompt): (prompt.text, "")
        case .picker(let picker): (picker.text, "")
        default: nil
        }
    }

    @Test func aPasteBeyondAllMeasureIsCutOffAndSaidSo() {
        var fixture = Fixture.loaded()
        fixture.press(.character("@"))
        fixture.send(.pasted(String(repeating: "x", count: 10_001)))
        #expect(typed(fixture.model.overlay)?.before.count == 10_000)
        let words = "what was pasted is too long; the first 10,000 characters were taken"
        #expect(fixture.model.notice == Notice(.warning, words))
    }

    @Test func pastedFiltersAndSearchesWorkAsIfTyped() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"), .control("u"))
        fixture.send(.pasted("table:customers\n"))
        fixture.press(.enter)
        fixture.answer()
        #expect(fixture.model.filter.description == "table:customers")
        fixture = Fixture.loaded()
        fixture.press(.character("/"))
        fixture.send(.pasted("delete 412"))
        #expect(fixture.model.list.selection == 2)
        fixture.press(.escape, .character("a"))
        fixture.answer()
        fixture.send(.pasted("alan"))
        #expect(fixture.asked.map(\.question) == [.actors(containing: "alan")])
    }
}
