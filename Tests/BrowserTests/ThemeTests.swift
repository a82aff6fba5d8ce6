import Screen
import Settings
import Testing

@testable import Browser

@Suite struct ThemeTests {
    private func fixture(at current: String = "default") -> Fixture {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.model.themes = ThemeNames(
            current: current,
            all: ["default", "modus-operandi", "modus-vivendi", "mono"]
        )
        return fixture
    }

    private func run(_ command: String, _ fixture: inout Fixture) -> String? {
        fixture.press(.character(":"))
        fixture.type(command)
        fixture.press(.enter)
        return if case .command(let prompt) = fixture.model.overlay { prompt.error } else { nil }
    }

    @Test func aKeyGoesThroughTheThemes() {
        var fixture = fixture(at: "modus-vivendi")
        fixture.press(.character("C"), .character("C"))
        #expect(fixture.effects.suffix(2) == [.useTheme("mono"), .useTheme("default")])
        #expect(fixture.model.themes.current == "default")
    }

    @Test func afterAThemeOfAFileComesTheFirst() {
        var fixture = fixture(at: "./own.toml")
        fixture.press(.character("C"))
        #expect(fixture.effects.last == .useTheme("default"))
    }

    @Test func theCommandTakesTheBeginningOfAName() {
        var fixture = fixture()
        #expect(run("theme mon", &fixture) == nil)
        #expect(fixture.effects.last == .useTheme("mono"))
        #expect(run("theme", &fixture) == nil)
        #expect(fixture.effects.last == .useTheme("default"))
    }

    @Test(arguments: [
        ("theme sun", "there is no theme sun; there are default, modus-operandi, modus-vivendi, mono"),
        ("theme modus", "modus may be modus-operandi, modus-vivendi"),
    ])
    func aNameThatIsNoThemeIsSaid(_ command: String, _ words: String) {
        var fixture = fixture()
        #expect(run(command, &fixture) == words)
    }

    @Test func tabCompletesTheNameAndGoesOnToTheNext() {
        var fixture = fixture()
        fixture.press(.character(":"))
        fixture.type("theme mod")
        var lines: [String] = []
        for _ in 0..<3 {
            fixture.press(.tab)
            if case .command(let prompt) = fixture.model.overlay { lines.append(prompt.line.text) }
        }
        #expect(lines == ["theme modus-operandi", "theme modus-vivendi", "theme modus-operandi"])
    }

    @Test func aBannerFillsTheFirstRow() throws {
        var fixture = Fixture.loaded(columns: 60, rows: 12)
        fixture.model.banner = "PRODUCTION\u{202E}"
        try checkScreen(view(fixture.model), "banner")
    }

    @Test func theNoiseColumnsAreThoseOfTheConfiguration() {
        let model = Model(size: Size(columns: 80, rows: 24), now: Fixture.now, noiseColumns: ["etag"])
        #expect(model.detail.settings.noiseColumns == ["etag"])
        #expect(Model(size: model.size, now: model.now).detail.settings.noiseColumns.contains("updated_at"))
    }

    /// One view in every theme: how each pair of role and overlay looks there, with colours of 24 bits and with 16.
    @Test func theChangesInEveryTheme() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.character("j"))
        let frame = view(fixture.model)
        let library = ThemeLibrary()
        var lines: [String] = []
        for name in library.names {
            let theme = try #require(library.theme(name)).theme
            lines += ["== \(name)"] + looks(of: frame, in: theme)
        }
        try checkText(lines.joined(separator: "\n") + "\n", "changes-80x24.themes")
    }

    private func looks(of frame: borrowing Frame, in theme: Theme) -> [String] {
        var seen: Set<String> = []
        var lines: [String] = []
        for row in 0..<frame.size.rows {
            for column in 0..<frame.size.columns {
                let cell = frame[column: column, row: row]
                let name = cell.role.name + (cell.overlay.map { " under \($0.name)" } ?? "")
                guard seen.insert(name).inserted else { continue }
                let modes = [ColorMode.truecolor, .ansi16].map {
                    words(theme.style(for: cell.role, overlay: cell.overlay, in: $0))
                }
                lines.append("\(name): \(modes.joined(separator: " | "))")
            }
        }
        return lines
    }

    private func words(_ style: Style) -> String {
        let attributes: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
        ]
        let set = attributes.filter { style.attributes.contains($0.0) }.map { " " + $0.1 }
        return "\(words(style.foreground)) on \(words(style.background))" + set.joined()
    }

    private func words(_ color: Color?) -> String {
        switch color {
        case nil, .standard?: return "default"
        case .ansi(let index)?: return String(index)
        case .rgb(let red, let green, let blue)?:
            let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
            let digits = String(value, radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }
}
