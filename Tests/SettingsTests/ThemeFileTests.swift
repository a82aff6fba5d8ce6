import Glibc
import Screen
import Testing

@testable import Settings

/// A broken theme, and what is said about it.
struct BrokenTheme: CustomTestStringConvertible, Sendable {
    var text: String
    var problems: [String]
    var testDescription: String { problems.joined(separator: "; ") }
}

@Suite struct ThemeFileTests {
    private func load(_ text: String, others: [String: String] = [:]) -> LoadedTheme {
        LoadedTheme(ThemeText(file: "own.toml", text: text), named: "own") { name in
            others[name].map { ThemeText(file: "\(name).toml", text: $0) }
        }
    }

    @Test func aRoleHasItsColoursFromThePaletteTheNamesAndNumbers() {
        let loaded = load(
            """
            name = "own"
            appearance = "light"
            [palette]
            red = "#fb4934"
            sand = 223
            [roles]
            "ui.text" = { fg = "sand", bg = "default" }
            "diff.del" = { fg = "red", bg = 52, attributes = ["bold", "underline"], mono = "reverse" }
            "diff.add" = { fg = "#b8bb26", fg16 = "bright-green", bg16 = 0, attributes = "italic dim" }
            """
        )
        let styles: [Role: Style] = [
            .text: Style(foreground: .ansi(223), background: .standard),
            .diffDelete: Style(
                foreground: .rgb(251, 73, 52),
                background: .ansi(52),
                attributes: [.bold, .underline],
                foreground16: .ansi(1),
                mono: .reverse
            ),
            .diffAdd: Style(
                foreground: .rgb(184, 187, 38),
                attributes: [.italic, .dim],
                foreground16: .ansi(10),
                background16: .ansi(0)
            ),
        ]
        #expect(
            loaded == LoadedTheme(theme: Theme(name: "own", styles: styles), appearance: .light, problems: [])
        )
    }

    @Test func rolesMayBeWrittenAsTablesOfTables() throws {
        let loaded = load(
            """
            [roles.diff]
            attributes = "dim"
            add = { fg = "green" }
            [roles.diff.del]
            fg = "red"
            emph = { fg = "red", attributes = "bold" }
            """
        )
        let group = try #require(Role(name: "diff"))
        let styles: [Role: Style] = [
            group: Style(attributes: .dim), .diffAdd: Style(foreground: .ansi(2)),
            .diffDelete: Style(foreground: .ansi(1)),
            .diffDeleteEmphasis: Style(foreground: .ansi(1), attributes: .bold),
        ]
        #expect(loaded == LoadedTheme(theme: Theme(name: "own", styles: styles), appearance: .any, problems: []))
    }

    @Test func aThemeInheritsRolesAndThePaletteReplacesTheirColours() {
        let base = """
            appearance = "dark"
            [palette]
            paper = "#000000"
            [roles]
            "ui.text" = { bg = "paper", mono = "underline" }
            "diff.add" = { fg = "green", attributes = "bold" }
            "diff.del" = { fg = "red", attributes = "bold" }
            """
        let loaded = load(
            """
            inherits = "base"
            [palette]
            paper = "#111111"
            green = "#00ff00"
            [roles]
            "diff.del" = { fg = "yellow" }
            """,
            others: ["base": base]
        )
        let styles: [Role: Style] = [
            .text: Style(background: .rgb(17, 17, 17), mono: .underline),
            .diffAdd: Style(foreground: .rgb(0, 255, 0), attributes: .bold, foreground16: .ansi(2)),
            .diffDelete: Style(foreground: .ansi(3), mono: .bold),
        ]
        #expect(loaded == LoadedTheme(theme: Theme(name: "own", styles: styles), appearance: .dark, problems: []))
    }

    @Test(arguments: [
        BrokenTheme(
            text: "name = \"x\"\n[roles\n",
            problems: [
                "own.toml:2: not TOML: Error while parsing table header: expected ']', saw '\\n'"
            ]
        ),
        BrokenTheme(
            text: "[roles]\n\n\"ui.txt\" = { fg = \"red\" }",
            problems: ["own.toml:3: there is no role ui.txt"]
        ),
        BrokenTheme(
            text: "[roles]\n\"ui.text\" = { fg = \"purple\" }",
            problems: [
                "own.toml:2: fg must be a name of the palette, default, red to bright-white, #rrggbb, or 0 to 255, not purple"
            ]
        ),
        BrokenTheme(
            text: "[palette]\nred = \"#ff00\"\nsea = 256\n",
            problems: [
                "own.toml:2: red must be default, red to bright-white, #rrggbb, or 0 to 255, not #ff00",
                "own.toml:3: sea must be default, red to bright-white, #rrggbb, or 0 to 255, not 256",
            ]
        ),
        BrokenTheme(
            text: "[roles]\n\"ui.text\" = { fg = \"red\", blink = true }",
            problems: ["own.toml:2: ui.text has no setting blink, only fg, bg, fg16, bg16, attributes and mono"]
        ),
        BrokenTheme(
            text: "[roles.mark]\nattributes = [\n  \"bold\",\n  \"blink\",\n]",
            problems: ["own.toml:4: there is no attribute blink, only bold, dim, italic, underline, reverse"]
        ),
        BrokenTheme(
            text: "[palette]\nred = \"#fb4934\"\n[roles]\nmark = { fg16 = \"#ff0000\" }\ntime = { fg16 = \"red\" }",
            problems: ["own.toml:4: fg16 must be default, red to bright-white, or 0 to 15, not #ff0000"]
        ),
        BrokenTheme(text: "inherits = \"gone\"", problems: ["own.toml:1: there is no theme gone"]),
        BrokenTheme(text: "\ninherits = \"own\"", problems: ["own.toml:2: own inherits from itself"]),
        BrokenTheme(text: "inherits = \"circle\"", problems: ["circle.toml:3: own inherits from itself"]),
        BrokenTheme(
            text: "appearance = \"dusk\"\ncolours = 3",
            problems: [
                "own.toml:1: appearance must be dark, light or any, not dusk",
                "own.toml:2: a theme has no setting colours",
            ]
        ),
        BrokenTheme(
            text: "name = 3\nroles = \"none\"\n[palette]\nred = 1.5",
            problems: [
                "own.toml:1: name must be a string, not an integer", "own.toml:2: roles must be a table, not a string",
                "own.toml:4: red must be default, red to bright-white, #rrggbb, or 0 to 255, not a fraction",
            ]
        ),
    ]) func whatIsWrongIsNamedWithItsLine(broken: BrokenTheme) {
        let circle = "# it goes round\n\ninherits = \"own\""
        #expect(load(broken.text, others: ["circle": circle]).problems.map(\.description) == broken.problems)
    }

    /// The file of a theme may stand under several names, as a link.
    @Test func aThemeThatInheritsFromItsOwnFileByAnotherNameIsToldSo() {
        let text = ThemeText(file: "own.toml", text: "inherits = \"link\"")
        let loaded = LoadedTheme(text, named: "own") { _ in text }
        #expect(loaded.problems.map(\.description) == ["own.toml:1: link inherits from itself"])
    }

    @Test func whatIsRightInABrokenThemeCounts() {
        let loaded = load(
            "[roles]\nmark = { fg = \"purple\", attributes = \"bold\" }\nstar = {}\ntime = { fg = \"red\" }"
        )
        #expect(loaded.problems.map(\.line) == [3, 2])
        #expect(loaded.theme.styles == [.mark: Style(attributes: .bold), .time: Style(foreground: .ansi(1))])
    }
}

/// Themes that are read once.
@Suite struct ThemeLibraryTests {
    @Test func aThemeIsReadAnewWhereItOrWhatItInheritsFromHasChanged() throws {
        let folder = "/tmp/audit-tui-themes-\(getpid())"
        #expect(mkdir(folder, 0o700) == 0)
        defer {
            for name in ["own", "parent"] { unlink("\(folder)/\(name).toml") }
            rmdir(folder)
        }
        func write(_ text: String, to name: String) throws {
            let file = try #require(fopen("\(folder)/\(name).toml", "w"))
            fputs(text, file)
            fclose(file)
        }
        var library = ThemeLibrary(folders: [folder])
        var theme = library.rememberedTheme("own")
        #expect(theme == nil)
        try write("inherits = \"parent\"\n", to: "own")
        theme = library.rememberedTheme("own")
        #expect(theme?.problems.map(\.text) == ["there is no theme parent"])
        for color in ["red", "blue"] {
            try write("[roles]\n\"ui.text\" = { fg = \"\(color)\" }\n", to: "parent")
            for _ in 0..<2 {
                theme = library.rememberedTheme("own")
                #expect(theme == library.theme("own") && theme?.problems.isEmpty == true)
            }
        }
        try write("name = \"mine\"\n", to: "own")
        theme = library.rememberedTheme("own")
        #expect(theme?.theme.name == "mine")
    }
}
