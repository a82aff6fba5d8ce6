import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Databases whose text is not UTF-8.
@Suite struct EncodingTests {
    /// A database of an encoding, with an audited table.
    private func withDatabase(in encoding: String, _ body: (ClusterDatabase) throws -> Void) throws {
        let cluster = try Cluster()
        let made = try cluster.makeDatabase("other")
        try made.connect().run(
            "create database shop template template0 encoding '\(encoding)' lc_collate 'C' lc_ctype 'C'"
        )
        var settings = made.settings
        settings.database = "shop"
        let database = ClusterDatabase(settings: settings)
        try database.connect().run("create table words (id int primary key, word text, other int)")
        let outcome = try database.run("init --yes --always words")
        try #require(outcome.status == 0, "\(outcome.output)")
        try withExtendedLifetime(cluster) { try body(database) }
    }

    @Test func aByteThatIsNoTextIsShownAsOneCharacterAndNotReverted() throws {
        try withDatabase(in: "SQL_ASCII") { database in
            let connection = try database.connect()
            // Else the server refuses it from a client that says UTF-8.
            try connection.run("set client_encoding = 'SQL_ASCII'")
            try connection.run(#"insert into words values (1, E'caf\xe9', 1), (2, 'plain', 1)"#)
            try connection.run("update words set word = 'coffee' where id = 1")
            try connection.run("update words set other = 2")
            let warning =
                "audit-tui: warning: the database has the encoding SQL_ASCII: bytes that are no UTF-8 are shown as U+FFFD"
            for command in [
                "log", "log --format jsonl", "history words 1", "show 1", "blame words 1", "revert 3",
                "revert 2 --check",
                "row words 1 --at 2100-01-01", "status", "status --gaps",
            ] {
                let found = try database.run(command)
                #expect([0, 5].contains(found.status), "\(command): \(found)")
                let count = found.output.split(separator: "\n").filter { $0.hasPrefix(warning) }.count
                #expect(count == (command.hasPrefix("status") ? 0 : 1), "\(command): \(found)")
            }
            #expect(try database.run("log").output.contains("- word: \"caf\u{FFFD}\""))
            #expect(try database.run("history words 1").output.contains("3 versions, the live row matches"))
            let refused = try database.run("revert 2 --check")
            #expect(
                refused.output.contains(#""impossible","reason":"the row holds bytes that are no UTF-8""#),
                "\(refused)"
            )
            let script = "\(program) revert 2 --config /dev/null \(database.options) 2>/dev/null"
            let reverted = try shell("\(script) | psql -X -q -v ON_ERROR_STOP=1 \(database.options)")
            #expect(reverted.status == 3 && reverted.output.contains("no UTF-8"), "\(reverted)")
            let window = try TerminalWindow()
            try window.run("\(program) --config /dev/null \(database.options); echo status $?")
            try window.wait(for: "encoding SQL_ASCII")
            try window.wait(for: "tx 1/3")
            try window.walk([
                (["j"], "tx 2/3"), (["Enter"], "caf\u{FFFD}"), (["Q"], "status 0"),
            ])
        }
    }

    @Test func textOfAnotherEncodingIsReadAndWrittenBack() throws {
        try withDatabase(in: "LATIN1") { database in
            let connection = try database.connect()
            try connection.run("insert into words values (1, 'café', 1); update words set word = 'thé'")
            try connection.run("update words set word = 'x'")
            #expect(try database.run("log").output.contains("- word: \"thé\""))
            #expect(try database.run("history words 1").output.contains("live row matches"))
            #expect(try database.run("status --gaps").status == 0)
            for environment in ["", "PGCLIENTENCODING=LATIN1 "] {
                let script = "\(program) revert 2 --config /dev/null \(database.options)"
                let reverted = try shell("\(script) | \(environment)psql -X -q -v ON_ERROR_STOP=1 \(database.options)")
                #expect(reverted.status == 0, "\(reverted)")
                #expect(try connection.rows("select word from words") == ["thé"])
                try connection.run("update words set word = 'x'")
            }
        }
    }
}
