import Screen
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        (Key.character("j"), "j"), (.character(" "), "Space"), (.character("^"), "^"), (.character("ä"), "ä"),
        (.character("F"), "F"), (.control("f"), "^F"), (.control("\\"), "^\\"), (.alt("x"), "M-x"),
        (.alt(" "), "M-Space"), (.function(1), "F1"), (.function(12), "F12"), (.up, "↑"), (.down, "↓"), (.left, "←"),
        (.right, "→"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.insert, "Ins"),
        (.delete, "Del"), (.backspace, "Backspace"), (.tab, "Tab"), (.backTab, "⇧Tab"), (.enter, "Enter"),
        (.escape, "Esc"), (.unknown, "Unknown"),
    ])
    func keysAreNamedAsInTheHelp(key: Key, name: String) {
        #expect(key.name == name)
        #expect(Key(name: name) == key)
    }

    @Test func namesOfOneKeyGiveThatKey() {
        #expect(Key(name: "^I") == .tab)
        #expect(Key(name: "^f") == .control("f"))
        #expect(Key(name: "Up") == .up)
    }

    @Test(arguments: ["", "F0", "F64", "^1", "^ä", "M-", "M-xy", "nothing", "^ff"])
    func otherNamesGiveNoKey(name: String) {
        #expect(Key(name: name) == nil)
    }
}
