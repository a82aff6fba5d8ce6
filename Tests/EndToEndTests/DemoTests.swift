import Glibc
import TestDatabase
import TestProgram
import Testing

/// The demonstration, and that nothing is left of it however it ends.
@Suite(.serialized) struct DemoTests {
    /// Starts the demonstration; returns the folder of its server.
    private func open(_ window: TerminalWindow) throws -> String {
        try window.run("\(program) demo & echo process $!; fg; echo status $?")
        let screen = try window.wait(for: "WHAT CHANGED")
        let place = try #require(screen.split(separator: "@").dropFirst().first)
        return String(place.prefix { $0 != " " })
    }

    private func expectGone(_ folder: String) throws {
        let limit = ContinuousClock.now + .seconds(60)
        while access(folder, F_OK) == 0, ContinuousClock.now < limit { usleep(20_000) }
        #expect(access(folder, F_OK) != 0)
        #expect(
            try shell("ps -eo args | grep -c \(quoted("[" + folder.prefix(1) + "]" + folder.dropFirst()))").output
                == "0\n"
        )
    }

    @Test func theShopIsShownWithOldAndNewValuesAndLeavesNothing() throws {
        let window = try TerminalWindow()
        let folder = try open(window)
        try window.press("v", "v")
        try window.wait(for: "verb:update")
        let list = try window.wait(for: "UPDATE 1/")
        #expect(list.contains("→"))
        try window.press("Enter")
        try window.wait("to show an old and a new value") { $0.contains(" - ") && $0.contains(" + ") }
        try window.press("Q")
        try window.wait(for: "status 0")
        try expectGone(folder)
    }

    @Test func somethingHappensWhileFollowing() throws {
        let window = try TerminalWindow()
        let folder = try open(window)
        let newest = try window.wait(for: "▶").split(separator: "\n").first { $0.contains("▶") } ?? ""
        try window.press("F")
        try window.wait("to show a newer transaction") { screen in
            screen.split(separator: "\n").contains { $0.contains("▶") && $0.prefix(24) != newest.prefix(24) }
        }
        try window.press("Q")
        try window.wait(for: "status 0")
        try expectGone(folder)
    }

    @Test func aControlCTooManyIsNoFailure() throws {
        let window = try TerminalWindow()
        let folder = try open(window)
        try window.press("Q", "C-c", "C-c", "C-c", "C-c")
        try window.wait(for: "status 0")
        try expectGone(folder)
    }

    @Test func withoutATerminalNothingIsStarted() throws {
        let outcome = try shell("setsid \(program) demo")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("audit-tui: no terminal to draw on"))
    }

    @Test func aHangUpLeavesNothing() throws {
        let window = try TerminalWindow()
        let folder = try open(window)
        try window.tmux("kill-server")
        try expectGone(folder)
    }

    @Test(arguments: ["KILL", "SEGV", "TERM", "INT"])
    func aSignalLeavesNothing(_ signal: String) throws {
        let window = try TerminalWindow()
        let folder = try open(window)
        // The keeper's parent is the program.
        let keeper =
            "ps -eo pid,ppid,args | awk -v folder=\(quoted(folder)) '$3 ~ /postgres$/ && index($0, folder) {print $2; exit}'"
        let program = "ps -o ppid= -p $(\(keeper))"
        #expect(try shell("kill -\(signal) $(\(program))").status == 0)
        try expectGone(folder)
    }
}
