import TestProgram
import Testing

/// The program under every type of terminal that people have.
extension BrowserInTerminalTests {
    /// Keys, and what the screen shows after them: through all views and back to the list.
    private static let walk: [(keys: [String], text: String)] = [
        (["j"], "tx 2/4"), (["Enter"], "line 1/"), (["H"], "History ›"), (["b"], "blame:"), (["q", "A"], "As of ›"),
        (["q", "r"], "Revert preview ›"), (["q", "s"], "side-by-side ·"), (["y"], "its path"),
        (["Escape", "."], "this transaction"),
        (["Escape", "q", "2"], "CAPTURE"), (["3"], "CLIENT"), (["4"], "FROM (UTC)"), (["5"], "recorded tables"),
        (["S"], "changes"), (["1", "t"], "─ tables"), (["Escape", "a"], "─ actors"), (["Escape", "f"], "filter>"),
        (["Escape", "@"], "go to>"), (["Escape", ":"], "the tables"), (["Escape", "?"], "─ keys"),
        (["q", "/", "x"], "/x"),
        (["Escape", "g"], "tx 1/4"),
    ]

    @Test func everyTerminalIsDrawnOnAndLeftAsItWas() throws {
        try withShop { _, database in
            let window = try TerminalWindow()
            // Readline has switched modes of its own.
            try window.run("bind 'set enable-bracketed-paste off'; clear")
            let settings = try window.terminalSettings()
            let log = "/tmp/audit-tui-terminals-\(database.name)"
            defer { _ = try? shell("rm \(log)") }
            try window.tmux("pipe-pane -O 'cat >\(log)'")
            let types = [
                "xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100", "xterm-kitty",
                "unheard-of", "",
            ]
            for environment in types.map({ $0.isEmpty ? "-u TERM" : "TERM=\($0)" }) + ["NO_COLOR=1 TERM=xterm-256color"]
            {
                try window.run("env \(environment) \(program) \(database.options()); echo status $?")
                try window.wait(for: "▶")
                try window.walk(Self.walk)
                try window.press("Q")
                try window.wait(for: "status 0")
                #expect(try window.modes() == "0 1 0\n", "\(environment)")
                #expect(try window.terminalSettings() == settings, "\(environment)")
                let sequences = try shell("grep -aoE '\u{1B}([[][?][0-9;]+[hl]|[=>])' \(log); true").output
                #expect(modesLeftOn(sequences.split(separator: "\n")) == [], "\(environment)")
            }
            try window.run("env TERM=dumb \(program) \(database.options()); echo status $?")
            let screen = try window.wait(for: "status 1")
            #expect(screen.contains("terminal type \"dumb\" cannot place text"))
        }
    }

    /// What a terminal would be left in after these sequences, other than what it begins with.
    private func modesLeftOn(_ sequences: [Substring]) -> [String] {
        var states: [String: Bool] = ["7": true, "25": true]
        for sequence in sequences {
            if sequence.hasSuffix("=") || sequence.hasSuffix(">") {
                states["keypad"] = sequence.hasSuffix("=")
            } else {
                for mode in sequence.dropFirst(3).dropLast().split(separator: ";") {
                    states[String(mode)] = sequence.hasSuffix("h")
                }
            }
        }
        let normallyOn: Set<String> = ["7", "25"]
        return states.filter { $0.value != normallyOn.contains($0.key) }.map(\.key).sorted()
    }
}
