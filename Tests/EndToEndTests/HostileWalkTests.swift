import Glibc
import TestDatabase
import TestProgram
import Testing

/// What the browser writes to the terminal, byte by byte, on a walk over a hostile database.
@Suite struct HostileWalkTests {
    /// Keys, and what the screen shows after them: every view, prompt and menu.
    private static let walk: [(keys: [String], text: String)] = [
        (["j", "j"], "tx 3/4"), (["Enter"], "line 1/"), (["s"], "side-by-side ·"), (["s"], "JSON · line"),
        (["s", "W"], "unified ·"),
        (["H"], "History ›"), (["b"], "blame:"), (["q", "A"], "As of ›"), (["q", "r"], "Revert preview"),
        (["q", "y"], "the number of the transaction"), (["Escape", "."], "this transaction"),
        (["Escape", "x"], "JSON lines"),
        (["Escape", "q", "2"], "CAPTURE"), (["3"], "CLIENT"), (["4"], "FROM (UTC)"), (["5"], "recorded tables"),
        (["S"], "changes"), (["1", "t"], "─ tables"), (["Escape", "a"], "─ actors"), (["Escape", "f"], "filter>"),
        (["Escape", "@"], "go to>"), (["Escape", ":"], "the health of the trail"), (["sql", "Enter"], "select"),
    ]

    @Test func noByteOfTheDataCommandsTheTerminal() throws {
        try HostileDatabase.with { connection, database in
            try database.makeTables(on: connection)
            #expect(try shell("\(database.installation) --yes").status == 0)
            try database.write()
            let refused = try database.optionsOfRefused(on: connection)
            let folder = "/tmp/audit-tui-hostile-walk-\(getpid())"
            // The shell would print the names as it is told them.
            let made = try shell(
                """
                mkdir \(folder)
                printf %s \(quoted("exec \(program) \(database.options)")) >\(folder)/browse
                printf %s \(quoted("exec \(program) \(refused)")) >\(folder)/refused
                """
            )
            #expect(made == Outcome(status: 0, output: ""))
            defer { _ = try? shell("rm -r \(folder)") }
            let window = try TerminalWindow()
            try window.run("bind 'set enable-bracketed-paste off'; cd \(folder); clear")
            try window.wait(for: "ready>")
            try window.tmux("pipe-pane -O 'cat >\(folder)/bytes'")
            try window.run("sh browse; echo status $?")
            try window.wait(for: "▶")
            try window.walk(Self.walk)
            try window.press("Q")
            try window.wait(for: "status 0")
            try window.run("sh refused; echo status $?")
            try window.wait(for: "␛]52")
            try window.press("Q")
            try window.wait(for: "status ")
            let bytes = try shell("cat \(folder)/bytes").output
            #expect(["<U+202E>", "<U+200B>", "<U+009B>", "␛]52;c;?␇"].allSatisfy { bytes.contains($0) })
            #expect(foreignCharacters(in: bytes) == [])
        }
    }
}
