import Glibc
import TestDatabase
import TestProgram
import Testing

/// Themes and the configuration in the built program.
extension BrowserInTerminalTests {
    @Test func aThemeIsChosenOnTheCommandLineAndTheNextWithAKey() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            _ = try open(window, database, "--theme nord")
            let nord = try window.tmux("capture-pane -p -e")
            #expect(nord.contains("48;5;236") && nord.contains("▶"))
            try window.press("C")
            try window.wait(for: "theme solarized-dark")
            let solarized = try window.tmux("capture-pane -p -e")
            #expect(solarized.contains("48;5;234") && !solarized.contains("48;5;236"))
            try window.press(":")
            try window.type("theme d")
            try window.press("Tab")
            try window.wait(for: "theme default")
            try window.press("Enter")
            try window.wait("to have no background") { _ in try !window.tmux("capture-pane -p -e").contains("48;5;") }
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func aThemeMayBeAFileOrStandInTheFolderOfThePerson() throws {
        try withShop { _, database in
            let folder = "/tmp/audit-tui-themes-\(getpid())-\(database.name)"
            defer { _ = try? shell("rm -r \(folder)") }
            let text = "inherits = \\\"dracula\\\"\\n[palette]\\nbg = 17\\n[roles]\\nstars = {}\\n"
            let made = try shell(
                "mkdir -p \(folder)/audit-tui/themes && printf \"\(text)\" >\(folder)/audit-tui/themes/night.toml"
            )
            #expect(made.status == 0, "\(made.output)")
            let window = try TerminalWindow()
            try window.run("export XDG_CONFIG_HOME=\(folder); clear")
            for theme in ["night", "\(folder)/audit-tui/themes/night.toml"] {
                _ = try open(window, database, "--theme \(theme)")
                try window.wait(for: "night.toml:5: there is no role stars")
                #expect(try window.tmux("capture-pane -p -e").contains("48;5;17m"))
                if theme != "night" {
                    _ = try shell("rm \(theme)")
                    try window.press(":")
                    try window.type("theme night")
                    try window.press("Enter")
                    try window.wait(for: "theme night is gone")
                }
                try window.press("Q")
                try window.wait(for: "status 0")
                try window.run("clear")
            }
        }
    }

    @Test func anUnknownThemeIsRefusedWithThoseThereAre() throws {
        let outcome = try shell("script -qec '\(program) --theme sun' /dev/null")
        #expect(outcome.status == 2)
        let known = "auto, default, catppuccin-mocha, deuteranopia-dark"
        #expect(outcome.output.hasPrefix("audit-tui: there is no theme sun; there are \(known)"))
    }

    @Test func aPairOfThemesFollowsTheBackgroundOfTheTerminal() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            // black on white in 256 colours: 231 behind the text
            for (background, isLight) in [("#fdf6e3", true), ("#002b36", false)] {
                try window.tmux("set -g window-style bg=\(background)")
                _ = try open(window, database, "--theme auto")
                #expect(try window.tmux("capture-pane -p -e").contains("48;5;231") == isLight, "\(background)")
                try window.press("Q")
                try window.wait(for: "status 0")
                try window.run("clear")
            }
        }
    }

    @Test func aProfileConnectsFiltersAndWarnsWithItsBanner() throws {
        try withShop { connection, database in
            let folder = "/tmp/audit-tui-config-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            let file = "\(folder)/config.toml"
            let settings = try database.settings()
            let pairs =
                [("host", settings.host), ("port", settings.port), ("user", settings.user)]
                .map { "\($0)=\($1 ?? "")" }.joined(separator: " ") + " dbname=\(database.name)"
            try write(
                """
                theme = "no such theme"
                time_zone = "Asia/Kolkata"
                noise_columns = ["status"]
                masks = ["orders.total"]
                follow_interval = "500ms"
                actor_labels = ["nickname"]
                [profile.production]
                connection = "\(pairs)"
                filter = "table:orders"
                banner = "PRODUCTION"
                banner_color = "#b00020"
                """,
                to: file
            )
            try connection.run("alter table users add nickname text; update users set nickname = 'Ali' where id = 1")
            let profile = "--config \(file) --connection-profile production"
            let log = try shell("\(emptyEnvironment) \(program) log --limit 9 \(profile)")
            #expect(log.status == 0)
            #expect(log.output.contains("config.toml:1: there is no theme no such theme"))
            #expect(log.output.contains("Ali") && log.output.contains("orders") && !log.output.contains("users"))
            let masked = try shell(
                "\(emptyEnvironment) \(program) log --format jsonl \(profile) 2>/dev/null"
            )
            #expect(masked.output.contains(#""total":"••••••""#) && !masked.output.contains("1.10"))
            let window = try TerminalWindow()
            try window.run("clear; \(program) \(profile)")
            let screen = try window.wait(for: "config.toml:1: there is no theme no such theme")
            #expect(screen.contains("PRODUCTION │ \(database.name)") && screen.contains(" table:orders"))
            #expect(screen.contains("WHEN (Kolkata)") && screen.contains("+05:30"))
            #expect(try window.tmux("capture-pane -p -e").contains("48;5;124"))
            try window.press("Q")
        }
    }

    @Test func theConfigurationIsCheckedOnTheCommandLine() throws {
        let folder = "/tmp/audit-tui-check-\(getpid())"
        #expect(mkdir(folder, 0o700) == 0)
        defer { _ = try? shell("rm -r \(folder)") }
        let file = "\(folder)/config.toml"
        try write(
            "mouse = 1\nmasks = [\"email\"]\nkeymap = \"vi\"\n[profile.x]\nfilter = \"table:\"\n\n[theme]\ndark=\"nord\"\nlight=\"day\"\n",
            to: file
        )
        #expect(
            try shell("\(program) --check-config \(file)")
                == Outcome(
                    status: 2,
                    output: """
                        \(file):1: mouse must be true or false, not an integer
                        \(file):2: masks: "email" names no column of a table: write TABLE.COLUMN
                        \(file):3: there is no keymap vi; there are default, tig, less, emacs, k9s
                        \(file):5: filter: a value is missing after table:
                        \(file):7: there is no theme day

                        """
                )
        )
        let advice = "; nothing is shown while it is not known what is masked; --config /dev/null goes without it"
        for (text, problem) in [
            ("masks = [\"email\"]\n", "1: masks: \"email\" names no column of a table: write TABLE.COLUMN"),
            ("masks = true\n", "1: masks must be an array of strings, not a boolean"), ("masks = [\n", ""),
        ] {
            try write(text, to: file)
            let refused = try shell("\(program) log -d nothing -h /nowhere --config \(file) 2>&1 | tail -1").output
            #expect(refused.contains("\(file):\(problem)") && refused.hasSuffix(advice + "\n"), "\(refused)")
        }
        try write("mouse = true\n", to: file)
        let checked = Outcome(status: 0, output: "\(file) is in order\n")
        #expect(try shell("\(program) --check-config \(file)") == checked)
        #expect(try shell("AUDIT_TUI_CONFIG=\(file) \(program) check-config") == checked)
        try write("# \n# \u{E9}\n", to: file)
        #expect(
            try shell("iconv -t latin1 -o \(folder)/latin.toml \(file); \(program) --check-config \(folder)/latin.toml")
                == Outcome(status: 2, output: "\(folder)/latin.toml:2: cannot be read: not UTF-8\n")
        )
        #expect(
            try shell("mkdir -p \(folder)/audit-tui/config.toml; XDG_CONFIG_HOME=\(folder) \(program) --check-config")
                == Outcome(status: 2, output: "\(folder)/audit-tui/config.toml:1: cannot be read: Is a directory\n")
        )
        #expect(
            try shell("\(emptyEnvironment) \(program) log --connection-profile x").output
                == "audit-tui: there is no profile x in the configuration, which does not exist\n"
        )
        #expect(try shell("XDG_CONFIG_HOME=/nowhere \(program) --check-config").output == "there is no configuration\n")
        let missing = try shell("\(program) --check-config /nowhere/config.toml")
        #expect(missing.status == 2)
        #expect(missing.output == "audit-tui: cannot read /nowhere/config.toml: No such file or directory\n")
        #expect(
            try shell("\(program) log --config \(file) --connection-profile x").output
                == "audit-tui: there is no profile x in \(file)\n"
        )
        try write("\ntime_zone = \"Europe/Nowhere\"\n", to: file)
        #expect(
            try shell("TZDIR=/usr/share/zoneinfo \(program) --check-config \(file)").output
                == "\(file):2: there is no time zone Europe/Nowhere in /usr/share/zoneinfo; Europe/Berlin, UTC and local are such\n"
        )
        try write("time_zone = \"local\"\n", to: file)
        for zone in ["", "Nowhere", "CET-1CEST,M3.5.0,M10.5.0/3", ":Asia/Tokyo", "/nowhere"] {
            #expect(try shell("TZ=\(zone) \(program) --check-config \(file)") == checked, "\(zone)")
        }
        try write("[profile.stage]\n[profile.live]\n", to: file)
        #expect(
            try shell("\(program) log --config \(file) --connection-profile x").output
                == "audit-tui: there is no profile x in \(file); there are live, stage\n"
        )
    }

    @Test func colorsOf24BitsAreKeptWhereTerminfoAndTheEnvironmentSayThatTheyCanBe() throws {
        try withShop { _, database in
            let folder = "/tmp/audit-tui-terminfo-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            func color(_ digit: Int) -> String {
                "\\E[%?%p1%{8}%<%t\(digit)%p1%d%e\(digit)8;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
            }
            try write(
                """
                tmux-direct|test,
                    RGB, colors#0x1000000, pairs#0x10000, setab=\(color(4)), setaf=\(color(3)), use=tmux-256color,

                """,
                to: "\(folder)/direct.ti"
            )
            let compiled = try shell("tic -x -o \(folder) \(folder)/direct.ti")
            #expect(compiled.status == 0, "\(compiled.output)")
            let window = try TerminalWindow()
            try window.run("export COLORTERM=truecolor; clear")
            for (folder, color) in [("/nowhere", "48;5;236"), (folder, "48;2;46;52;64")] {
                try window.run("export TERMINFO=\(folder); clear")
                _ = try open(window, database, "--theme nord")
                #expect(try window.tmux("capture-pane -p -e").contains(color))
                try window.press("Q")
                try window.wait(for: "status 0")
                try window.run("clear")
            }
        }
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }
}
