import Testing

@testable import Screen

@Suite struct ThemeTests {
    private let red = Color.ansi(1)
    private let plain = Style(foreground: .standard, background: .standard)

    @Test func rolesHaveTheNamesOfThemeFiles() {
        #expect(Role.all.count == Set(Role.all.map(\.name)).count)
        #expect(Role.all.allSatisfy { Role(name: $0.name) == $0 })
        #expect(Role.diffDeleteEmphasis.name == "diff.del.emph")
        #expect(Role(name: "diff")?.name == "diff")
        #expect(Role(name: "diff.nothing") == nil)
        #expect(Role(name: "") == nil)
    }

    @Test func rolesFallBackAlongTheirDots() throws {
        let group = try #require(Role(name: "diff"))
        var theme = Theme(name: "test", styles: [.text: plain])
        #expect(theme.style(for: .diffDeleteEmphasis) == plain)
        theme.styles[group] = Style(attributes: .dim)
        #expect(theme.style(for: .diffDeleteEmphasis) == Style(attributes: .dim))
        theme.styles[.diffDelete] = Style(attributes: .bold)
        #expect(theme.style(for: .diffDeleteEmphasis) == Style(attributes: .bold))
        #expect(theme.style(for: .diffAdd) == Style(attributes: .dim))
    }

    @Test func openColoursAreThoseBelow() {
        let theme = Theme(
            name: "test",
            styles: [
                .text: Style(foreground: .ansi(7), background: .ansi(0)),
                .diffDelete: Style(foreground: red, attributes: .bold),
                .selection: Style(background: .ansi(4), attributes: .underline),
            ]
        )
        let expected = Style(foreground: red, background: .ansi(4), attributes: [.bold, .underline])
        #expect(theme.style(for: .diffDelete, overlay: .selection, in: .ansi16) == expected)
        #expect(theme.style(for: .diffDelete, overlay: nil, in: .ansi16).background == .ansi(0))
        // Bold and dim at once would be one of them on some terminals and neither on others.
        let bold = Theme(
            name: "test",
            styles: [.text: plain, .muted: Style(attributes: .dim), .cursor: Style(attributes: [.reverse, .bold])]
        )
        #expect(bold.style(for: .muted, overlay: .cursor, in: .ansi16).attributes == [.reverse, .bold])
    }

    @Test func stylesHaveAlternativesForPoorTerminals() {
        let style = Style(foreground: .rgb(251, 73, 52), attributes: .bold, foreground16: .ansi(5), mono: .reverse)
        #expect(style.reduced(to: .truecolor).foreground == .rgb(251, 73, 52))
        #expect(style.reduced(to: .ansi256).foreground == .ansi(203))
        #expect(style.reduced(to: .ansi16) == Style(foreground: .ansi(5), attributes: .bold))
        #expect(style.reduced(to: .never) == Style(attributes: .reverse))
    }

    @Test func coloursAreQuantisedToTheNearest() {
        #expect(ColorMode.ansi256.nearest(to: .rgb(255, 0, 0)) == .ansi(196))
        #expect(ColorMode.ansi256.nearest(to: .rgb(128, 128, 128)) == .ansi(244))
        #expect(ColorMode.ansi16.nearest(to: .rgb(250, 10, 10)) == .ansi(9))
        #expect(ColorMode.ansi16.nearest(to: .ansi(196)) == .ansi(9))
        #expect(ColorMode.ansi256.nearest(to: .ansi(3)) == .ansi(3))
        #expect(ColorMode.never.nearest(to: .standard) == nil)
    }

    @Test func colourModesAreNamedAsOnTheCommandLine() {
        #expect(["never", "16", "256", "truecolor"].compactMap(ColorMode.init(parse:)) == ColorMode.allCases)
        #expect(ColorMode(parse: "auto") == nil)
    }
}
