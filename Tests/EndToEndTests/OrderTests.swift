import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The list with the oldest transaction first, in the built program.
extension BrowserInTerminalTests {
    @Test func theListIsReadLikeALogAndGrowsAtTheBottom() throws {
        try withShop { connection, database in
            let window = try TerminalWindow()
            _ = try open(window, database)
            try window.walk([
                (["j"], "tx 2/4"), (["I"], "oldest first: what is new comes at the bottom"), (["j"], "tx 4/4"),
                (["g"], "tx 1/4"), (["Enter"], "INSERT 1/2"), (["J"], "+ status       \"paid\""),
                (["q", "G"], "tx 4/4"),
                (["F"], "● FOLLOW  "),
            ])
            try connection.run("begin; insert into orders values (3, 'new', 9); commit")
            let screen = try window.wait(for: "tx 5/5")
            let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
            let heading = try #require(lines.firstIndex { $0.contains("AGE▼") })
            let list = Array(lines[(heading + 1)...(heading + 7)])
            #expect(list[0].hasPrefix(" ~ the oldest transaction is below"))
            let changes = ["+2 rows", "status pending→paid", "name Bob→Robert", "DELETE 1 row", "+1 row"]
            for (line, words) in zip(list.dropFirst(), changes) { #expect(line.contains(words), "\(screen)") }
            #expect(list[5].hasPrefix(" ▶") && list[6].hasPrefix(" ~"), "\(screen)")
            try window.walk([(["I"], "newest first"), (["k"], "tx 1/5"), (["Q"], "status 0")])
        }
    }

    @Test func theConfigurationSaysWhatStandsFirst() throws {
        try withShop { _, database in
            let folder = "/tmp/audit-tui-order-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            let written = try shell("echo 'order = \"oldest\"' >\(folder)/config.toml")
            #expect(written == Outcome(status: 0, output: ""))
            let window = try TerminalWindow()
            _ = try open(window, database, "--config \(folder)/config.toml")
            try window.wait(for: "AGE▼")
            try window.wait(for: "tx 4/4")
            try window.walk([([":"], "the tables"), (["set order!", "Enter"], "newest first"), (["Q"], "status 0")])
        }
    }
}
