import Screen
import Testing

@Suite struct FrameTests {
    @Test func textIsClippedAtTheEdgeAndAtItsWidth() {
        var frame = Frame(size: Size(columns: 8, rows: 2))
        #expect(frame.put("0123456789", column: 2, row: 0, role: .text) == 8)
        #expect(frame.put("abcdef", column: 0, row: 1, width: 4, role: .text) == 4)
        #expect(frame.text == "  01234…\nabc…")
    }

    @Test func wideCharactersNeverStraddleTheEdge() {
        var frame = Frame(size: Size(columns: 5, rows: 1))
        frame.put("田中太", column: 0, row: 0, role: .text)
        #expect(frame.text == "田中…")
        frame = Frame(size: Size(columns: 3, rows: 1))
        frame.put("田", column: 2, row: 0, role: .text)
        #expect(frame.text == "  …")
    }

    @Test func overwritingHalfOfAWideCharacterBlanksTheOtherHalf() {
        var frame = Frame(size: Size(columns: 6, rows: 1))
        frame.put("田中", column: 0, row: 0, role: .text)
        frame.put("x", column: 1, row: 0, role: .text)
        #expect(frame.text == " x中")
        frame.put("y", column: 2, row: 0, role: .text)
        #expect(frame.text == " xy")
    }

    @Test func whatLiesOutsideIsIgnored() {
        var frame = Frame(size: Size(columns: 3, rows: 1))
        #expect(frame.put("x", column: 5, row: 0, role: .text) == 5)
        frame.put("x", column: 0, row: 7, role: .text)
        frame.overlay(row: 3, columns: 0..<9, role: .cursor)
        frame.fill(row: -1, columns: 0..<9, role: .header)
        #expect(frame == Frame(size: Size(columns: 3, rows: 1)))
    }

    @Test func rolesAreShownWithTheirLegend() {
        var frame = Frame(size: Size(columns: 3, rows: 1))
        frame.put("ab", column: 0, row: 0, role: .title)
        frame.overlay(row: 0, columns: 1..<2, role: .cursor)
        #expect(frame.roles == "ab \na ui.title\nb ui.title + ui.cursor")
    }
}

@Suite struct ThemeTests {
    @Test func aRoleFallsBackAlongItsDots() {
        let theme = Theme(
            name: "t",
            styles: ["ui.text": Style(.ansi(7)), "diff": Style(.ansi(1)), "diff.add": Style(.ansi(2))]
        )
        #expect(theme.style(for: .diffAdd) == Style(.ansi(2)))
        #expect(theme.style(for: .diffDelete) == Style(.ansi(1)))
        #expect(theme.style(for: .title) == Style(.ansi(7)))
    }

    @Test(arguments: [Theme.standard, .mono])
    func everyNamedRoleExists(_ theme: Theme) {
        let names = Role.all.map(\.name)
        #expect(Set(theme.styles.keys).subtracting(names).isEmpty)
        #expect(Set(names).count == names.count)
    }

    @Test func monoHasNoColourAndStillTellsOldFromNew() {
        for style in Theme.mono.styles.values {
            #expect(style.foreground == .standard && style.background == .standard)
        }
        #expect(Theme.mono.style(for: .diffAdd) != Theme.mono.style(for: .diffDelete))
        #expect(Theme.mono.style(for: .cursor) != Theme.mono.style(for: .text))
    }

    @Test func anOverlayKeepsTheColoursItDoesNotSet() {
        let style = Style(.ansi(2)).overlaid(by: Style(.standard, on: .standard, .reverse))
        #expect(style == Style(.ansi(2), on: .standard, .reverse))
    }
}

@Suite struct KeyTests {
    @Test func keysAreNamedAsInTheHelp() {
        let keys: [Key] = [
            .character("j"), .character(" "), .control("f"), .alt("x"), .function(5), .pageDown, .enter, .backTab,
        ]
        #expect(keys.map(\.name) == ["j", "Space", "^F", "M-x", "F5", "PgDn", "Enter", "⇧Tab"])
    }
}
