import Screen
import Testing

@testable import Settings

/// A broken configuration, and what is said about it.
struct BrokenConfiguration: CustomTestStringConvertible, Sendable {
    var text: String
    var problems: [String]
    var testDescription: String { problems.joined(separator: "; ") }
}

@Suite struct ConfigurationTests {
    private func read(_ text: String) -> (configuration: Configuration, problems: [Problem]) {
        Configuration.read(text, file: "c.toml")
    }

    @Test func everySettingIsRead() {
        let (configuration, problems) = read(
            """
            theme = { dark = "nord", light = "solarized-light" }
            time_zone = "UTC"
            noise_columns = ["updated_at", "etag"]
            masks = [
              "customers.email",
              "billing.*.number",
            ]
            keymap = "less"
            mouse = true
            order = "oldest"
            follow_interval = "2s"
            actor_labels = ["nickname"]
            [keys.list]
            open = ["Enter", "o"]
            quit = "x"
            [profile.production]
            service = "shop"
            filter = "since:-24h"
            banner = "PRODUCTION"
            banner_color = "#b00020"
            [profile.local]
            connection = "host=/run/postgresql dbname=shop"
            """
        )
        var expected = Configuration()
        expected.file = "c.toml"
        expected.theme = Located(.pair(dark: "nord", light: "solarized-light"), line: 1)
        expected.timeZone = Located("UTC", line: 2)
        expected.noiseColumns = ["updated_at", "etag"]
        expected.masks = [Located("customers.email", line: 5), Located("billing.*.number", line: 6)]
        expected.keymap = Located("less", line: 8)
        expected.mouse = true
        expected.isOldestFirst = true
        expected.followIntervalMilliseconds = 2000
        expected.actorLabels = ["nickname"]
        expected.keyBindings = [
            KeyBinding(
                context: Located("list", line: 13),
                action: Located("open", line: 14),
                keys: [Located("Enter", line: 14), Located("o", line: 14)]
            ),
            KeyBinding(
                context: Located("list", line: 13),
                action: Located("quit", line: 15),
                keys: [Located("x", line: 15)]
            ),
        ]
        var production = Profile(line: 16)
        production.service = "shop"
        production.filter = Located("since:-24h", line: 18)
        production.banner = "PRODUCTION"
        production.bannerColor = .rgb(176, 0, 32)
        var local = Profile(line: 21)
        local.connection = "host=/run/postgresql dbname=shop"
        expected.profiles = ["production": production, "local": local]
        #expect(configuration == expected)
        #expect(problems == [])
    }

    @Test func aThemeIsAName() {
        #expect(read("theme = \"nord\"").configuration.theme == Located(.named("nord"), line: 1))
    }

    @Test func anEmptyFileSaysNothing() {
        #expect(read("").problems == [])
    }

    @Test(arguments: [
        BrokenConfiguration(
            text: "theme = \"nord\ntheme = 2",
            problems: [
                "c.toml:1: not TOML: Error while parsing string: "
                    + "unescaped control characters other than TAB (U+0009) are explicitly prohibited"
            ]
        ),
        BrokenConfiguration(
            text: "# one\n\ncolour = \"red\"",
            problems: ["c.toml:3: there is no setting colour"]
        ),
        BrokenConfiguration(
            text: "theme = 3\nmouse = \"yes\"\nkeymap = true",
            problems: [
                "c.toml:1: theme must be a name or { dark = NAME, light = NAME }, not an integer",
                "c.toml:2: mouse must be true or false, not a string",
                "c.toml:3: keymap must be a string, not a boolean",
            ]
        ),
        BrokenConfiguration(
            text: "[theme]\ndark = \"nord\"\ndusk = \"mono\"",
            problems: ["c.toml:1: theme needs both dark and light", "c.toml:3: theme has dark and light, not dusk"]
        ),
        BrokenConfiguration(
            text: "\ntime_zone = 2",
            problems: ["c.toml:2: time_zone must be a string, not an integer"]
        ),
        BrokenConfiguration(
            text: "masks = [\n  \"customers.email\",\n  true,\n]\nnoise_columns = [\n1,\n]",
            problems: [
                "c.toml:3: an element of masks must be a string, not a boolean",
                "c.toml:6: an element of noise_columns must be a string, not an integer",
            ]
        ),
        BrokenConfiguration(
            text: "order = \"up\"\n",
            problems: ["c.toml:1: order must be newest or oldest, not up"]
        ),
        BrokenConfiguration(
            text: "order = true\n",
            problems: ["c.toml:1: order must be newest or oldest, not a boolean"]
        ),
        BrokenConfiguration(
            text: "follow_interval = 5",
            problems: ["c.toml:1: follow_interval must be from 100ms to 3600s, not 5"]
        ),
        BrokenConfiguration(
            text: "follow_interval = \"2h\"",
            problems: ["c.toml:1: follow_interval must be from 100ms to 3600s, not 2h"]
        ),
        BrokenConfiguration(
            text: "actor_labels = 2026-11-27\nkeys = \"vi\"\n[keys2]",
            problems: [
                "c.toml:1: actor_labels must be an array of strings, not a time",
                "c.toml:2: keys must be a table, not a string", "c.toml:3: there is no setting keys2",
            ]
        ),
        BrokenConfiguration(
            text: "[keys.list]\nopen = 13\n[keys]\nlist2 = 1.5",
            problems: [
                "c.toml:2: open must be an array of strings, not an integer",
                "c.toml:4: keys.list2 must be a table, not a fraction",
            ]
        ),
        BrokenConfiguration(
            text:
                "[profile.a]\nservice = \"x\"\nconnection = \"y\"\n[profile.b]\nbanner_color = \"rouge\"\npassword = \"z\"",
            problems: [
                "c.toml:1: profile.a must have a service or a connection, not both",
                "c.toml:5: banner_color must be default, red to bright-white, #rrggbb, or 0 to 255, not rouge",
                "c.toml:6: a profile has no setting password, "
                    + "only service, connection, filter, banner and banner_color",
            ]
        ),
        BrokenConfiguration(
            text: "profile = [\"a\"]\n",
            problems: ["c.toml:1: profile must be a table, not an array"]
        ),
        BrokenConfiguration(
            text: "[profile]\na = \"b\"",
            problems: ["c.toml:2: profile.a must be a table, not a string"]
        ),
    ]) func whatIsWrongIsNamedWithItsLine(broken: BrokenConfiguration) {
        let found = read(broken.text).problems.map(\.description)
        #expect(found == broken.problems)
    }

    @Test func filesThatAreNoTextAreRefused() throws {
        #expect(throws: FileError.unreadable(2)) { try Configuration.read(file: "/nowhere/config.toml") }
        #expect(throws: FileError.unreadable(21)) { try Configuration.read(file: "/") }
        #expect(throws: FileError.tooLarge) { try Configuration.read(file: "/dev/zero") }
        #expect(
            [FileError.unreadable(2), .tooLarge, .notUTF8(line: 3)].map { "\($0) \($0.line)" }
                == ["No such file or directory 1", "is larger than 1 MB 1", "not UTF-8 3"]
        )
    }

    @Test func foldersAreThoseOfTheEnvironment() {
        func folders(_ environment: [String: String]) -> [String] {
            let folders = SettingsFolders { environment[$0] }
            return [folders.configuration ?? "-"] + folders.themes
        }
        #expect(
            folders(["HOME": "/h"]) == [
                "/h/.config/audit-tui/config.toml", "/h/.config/audit-tui/themes",
                "/usr/local/share/audit-tui/themes", "/usr/share/audit-tui/themes",
            ]
        )
        #expect(
            folders(["HOME": "/h", "XDG_CONFIG_HOME": "/x", "XDG_DATA_DIRS": "/a::relative:/b"]) == [
                "/x/audit-tui/config.toml", "/x/audit-tui/themes", "/a/audit-tui/themes", "/b/audit-tui/themes",
            ]
        )
        #expect(folders(["XDG_CONFIG_HOME": "relative", "XDG_DATA_DIRS": "/a"]) == ["-", "/a/audit-tui/themes"])
    }

    @Test func theTextOfABannerStandsOut() {
        let theme = Theme(name: "t", styles: [:])
        let red = Style(
            foreground: .rgb(255, 255, 255),
            background: .rgb(176, 0, 32),
            attributes: .bold,
            foreground16: .ansi(15),
            mono: [.reverse, .bold]
        )
        #expect(theme.banner(in: .rgb(176, 0, 32)).styles == [.banner: red])
        #expect(theme.banner(in: .ansi(11)).styles[.banner]?.foreground == .rgb(0, 0, 0))
        #expect(theme.banner(in: nil) == theme)
    }
}
