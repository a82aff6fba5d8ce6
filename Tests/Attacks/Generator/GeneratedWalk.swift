import Glibc
import TestDatabase
import TestProgram
import Testing

/// The browser on a database of made-up names and values, led to every row and view of it by keys.
struct GeneratedWalk {
    let database: TestDatabase
    /// How many tables there are, each with an insert and an update of one row, in transactions of their own.
    let tables: Int

    /// What the views of one change show, from the list and back to it.
    private static let change: [(keys: [String], text: String)] = [
        (["Enter"], "line 1/"), (["s"], "side-by-side ·"), (["s"], "JSON · line"), (["s", "H"], "History ›"),
        (["b"], "blame:"), (["q", "A"], "As of ›"), (["q", "r"], "Revert preview ›"), (["q", "q"], "tx "),
    ]
    /// What the views of the whole trail show.
    private static let views: [(keys: [String], text: String)] = [
        (["2"], "CAPTURE"), (["3"], "CLIENT"), (["4"], "FROM (UTC)"), (["5"], "recorded tables"), (["S"], "changes"),
        (["1", "t"], "─ tables"), (["Escape", "a"], "─ actors"), (["Escape", "f"], "filter>"),
        (["Escape", "g"], "tx 1/"),
    ]

    /// Walks, and returns what the program wrote to the terminal that acts or hides without being its own.
    func foreignBytes() throws -> Set<String> {
        let folder = "/tmp/audit-tui-walk-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        #expect(try shell("mkdir \(folder)").status == 0)
        defer { _ = try? shell("rm -r \(folder)") }
        let window = try TerminalWindow()
        try window.run("bind 'set enable-bracketed-paste off'; cd \(folder); clear")
        try window.wait(for: "ready>")
        try window.tmux("pipe-pane -O 'cat >\(folder)/bytes'")
        try window.run("\(program) --config /dev/null \(database.options()); echo status $?")
        try window.wait(for: "tx 1/")
        for number in 0..<tables {
            try window.walk(number == 0 ? [] : [(["j", "j"], "tx \(2 * number + 1)/")])
            try window.walk(Self.change)
            try window.wait(for: "tx \(2 * number + 1)/")
        }
        try window.walk(Self.views)
        try window.press("Q")
        try window.wait(for: "status 0")
        return foreignCharacters(in: try shell("cat \(folder)/bytes").output)
    }
}
