import Glibc
import TestDatabase
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
                #expect(try window.tmux("capture-pane -p -e").contains("48;5;17m"))
                try window.press("Q")
                let after = try window.wait(for: "status 0")
                #expect(
                    after.contains(
                        "audit-tui: warning: \(folder)/audit-tui/themes/night.toml:5: there is no role stars"
                    )
                )
                try window.run("clear")
            }
        }
    }

    @Test func anUnknownThemeIsRefusedWithThoseThereAre() throws {
        try withShop { _, database in
            let outcome = try shell("script -qec '\(program) --theme sun \(database.options())' /dev/null 2>&1")
            #expect(outcome.status == 2)
            #expect(
                outcome.output.contains("there is no theme sun; there are default, catppuccin-mocha, deuteranopia-dark")
            )
        }
    }
}
