import Screen
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        (Key.character("j"), "j"), (.character(" "), "Space"), (.character("^"), "^"), (.character("ä"), "ä"),
        (.character("F"), "F"), (.control("f"), "^F"), (.control("\\"), "^\\"), (.alt("x"), "M-x"),
        (.alt(" "), "M-Space"), (.function(1), "F1"), (.function(12), "F12"), (.up, "↑"), (.down, "↓"), (.left, "←"),
        (.right, "→"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.insert, "Ins"),
        (.delete, "Del"), (.backspace, "Backspace"), (.tab, "Tab"), (.backTab, "⇧Tab"), (.enter, "Enter"),
        (.escape, "Esc"),
    ])
    func keysAreNamedAsInTheHelp(key: Key, name: String) {
        #expect(key.name == name)
        #expect(Key(name: name) == key)
    }

    @Test(arguments: [
        ("^I", Key.tab), ("^m", .enter), ("C-h", .backspace), ("^[", .escape), ("^f", .control("f")), ("Up", .up),
        ("<C-d>", .control("d")), ("Ctrl-D", .control("d")), ("<^D>", .control("d")), ("C-@", .control("@")),
        ("<A-x>", .alt("x")), ("Alt-X", .alt("X")), ("<M-space>", .alt(" ")), ("<PageDown>", .pageDown),
        ("pagedown", .pageDown), ("<F5>", .function(5)), ("f12", .function(12)), ("<S-Tab>", .backTab),
        ("<space>", .character(" ")), ("ESC", .escape), ("<CR>", .enter), ("<", .character("<")),
        (">", .character(">")), ("<j>", .character("j")),
    ])
    func otherSpellingsOfAKeyGiveThatKey(name: String, key: Key) {
        #expect(Key(name: name) == key)
    }

    @Test(arguments: [Key.alt("\u{301}"), .alt("\u{747}"), .character("\u{301}"), .alt("日"), .alt("-")])
    func aMarkThatWouldJoinTheNameOfAKeyIsReadAgain(key: Key) {
        #expect(Key(name: key.name) == key)
    }

    @Test func everyKeyThatATextCanWriteIsReadAgain() {
        let characters = (0x21...0x7E).compactMap { Unicode.Scalar($0) }.map { Character($0) }
        let controls = (Array("abcdefghijklmnopqrstuvwxyz@\\]^_") as [Character]).filter { !"hijm".contains($0) }
        let keys =
            characters.flatMap { [Key.character($0), .alt($0)] } + controls.map(Key.control)
            + (1...63).map(Key.function)
        for key in keys { #expect(Key(name: key.name) == key) }
        // Control with i, j, m and h is Tab, Enter and Backspace; ncurses reports them so.
        #expect("ijmh".map { Key(name: "^\($0)") } == [.tab, .enter, .enter, .backspace])
    }

    @Test(arguments: [
        "", "F0", "F64", "^1", "^ä", "M-", "M-xy", "nothing", "^ff", "<>", "<<", "yy", "C-", "Unknown", "<Up", "<jk>",
    ])
    func otherNamesGiveNoKey(name: String) {
        #expect(Key(name: name) == nil)
    }
}
