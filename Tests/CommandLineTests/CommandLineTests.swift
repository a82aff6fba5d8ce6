import AuditSetup
import AuditTrail
import JSON
import Postgres
import Screen
import Testing

@testable import audit_tui

@Suite struct CommandLineTests {
    @Test(arguments: [
        (["--init", "orders"], ["init", "orders"]),
        (["-d", "shop", "--init", "orders"], ["init", "-d", "shop", "orders"]),
        (["init", "--init"], ["init"]),
        (["init", "--", "--init"], ["init", "--", "--init"]),
        (["--check-config"], ["check-config"]), (["--check-config", "a.toml"], ["check-config", "a.toml"]),
        (["--config", "a.toml", "--check-config"], ["check-config", "--config", "a.toml"]),
        (["check-config", "--check-config"], ["check-config"]),
        (["-V"], ["--version"]),
        (["status"], ["status"]),
    ])
    func theOptionInitMeansTheCommand(given: [String], meant: [String]) {
        #expect(Main.rewritten(given) == meant)
    }

    @Test(arguments: [("3s", 3000), ("500ms", 500), ("250", 250), ("1min", 60_000)])
    func lockTimeoutsHaveUnits(text: String, milliseconds: Int) {
        #expect(TimeSpan(argument: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "s", "0", "-1", "3 s", "3h", "99999999999999999999s", "9999999999s"])
    func otherLockTimeoutsAreRefused(text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test func optionsArePsqlsAndHelpHasNoShortH() throws {
        let command = try AuditTUI.parseAsRoot(
            ["init", "-h", "/tmp", "-p", "5433", "-U", "app", "-d", "shop", "-w", "orders", "--lock-timeout", "1s"]
        )
        let parsed = try #require(command as? InitCommand)
        #expect(parsed.tables == ["orders"] && parsed.change.lockTimeout.milliseconds == 1000)
        let connection = parsed.connection
        #expect(
            [connection.host, connection.port, connection.username, connection.dbname] == [
                "/tmp", "5433", "app", "shop",
            ]
        )
    }

    @Test func relativeTimesAreNoOptions() throws {
        let command = try AuditTUI.parseAsRoot(["log", "--since", "-2d", "--until", "-1h", "-d", "shop"])
        let parsed = try #require(command as? LogCommand)
        #expect([parsed.filter.since, parsed.filter.until, parsed.connection.dbname] == ["-2d", "-1h", "shop"])
    }

    @Test(arguments: [
        (["-d", "shop", "status", "--json"], ["status", "-d", "shop", "--json"]),
        (["-d", "status"], ["-d", "status"]), (["shop", "log"], ["shop", "log"]),
        (["-w", "-h", "log", "init", "t"], ["init", "-w", "-h", "log", "t"]),
    ])
    func aSubcommandMayFollowConnectionOptions(given: [String], meant: [String]) {
        #expect(Main.rewritten(given) == meant)
    }

    @Test func errorsEndWithTheStatusThatScriptsExpect() {
        let table = TableName(schema: "public", name: "t")
        #expect(ExitStatus(.unknownTable("t", suggestions: [])) == .usage)
        #expect(ExitStatus(.notInstalled(schema: nil)) == .schemaMissing)
        #expect(ExitStatus(.lockTimeout(table: table, milliseconds: 1, blockers: [])) == .failure)
        #expect(CommandError.noTerminal.status == .cannotConnect)
        #expect(CommandError.interrupted.status.rawValue == 130)
    }

    @Test func textFromOutsideCannotReachTheTerminal() {
        #expect(safe("a\u{1B}[2Jb\u{7F}\u{9B}\u{202E}\n") == "a␛[2Jb␡<U+009B><U+202E>␊")
        #expect(safe("plain äö 田中") == "plain äö 田中")
    }

    /// A script that is printed is the one that runs: making it safe finds nothing to change in a quoted name.
    @Test func quotedNamesPassThroughToTheTerminalUnchanged() {
        let scalars = (1...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }
        for start in stride(from: 0, to: scalars.count, by: 4096) {
            let part = scalars[start..<min(start + 4096, scalars.count)]
            // The one form of a name that shows all its scalars, one that hides all, and text.
            for shown in part.split(whereSeparator: { quotedIdentifier(String($0)).hasPrefix("U&") }) {
                let name = quotedIdentifier(String(String.UnicodeScalarView(shown)))
                #expect(safe(name) == name)
            }
            let text = String(String.UnicodeScalarView(part))
            #expect(safe(quotedIdentifier(text)) == quotedIdentifier(text))
            #expect(safe(quotedLiteral(text)) == quotedLiteral(text))
        }
    }
}

@Suite struct KeysCommandTests {
    @Test(arguments: [
        (["keys"], nil, "default"), (["keys", "list", "--preset", "tig"], "list", "tig"),
    ])
    func keysAreAskedForByViewAndPreset(arguments: [String], view: String?, preset: String) throws {
        let command = try #require(try AuditTUI.parseAsRoot(arguments) as? KeysCommand)
        #expect(command.view?.place.rawValue == view)
        #expect(command.preset.name == preset)
    }

    @Test(arguments: [["keys", "lists"], ["keys", "--preset", "vi"]])
    func otherViewsAndPresetsAreRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try AuditTUI.parseAsRoot(arguments) }
    }

    @Test func clicksAtOnePlaceWithinAMomentBelongTogether() {
        var counter = ClickCounter()
        let acts: [(Mouse.Act, Int, Int64, Mouse.Act)] = [
            (.click(count: 1), 5, 0, .click(count: 1)), (.click(count: 1), 5, 300, .click(count: 2)),
            (.click(count: 1), 5, 600, .click(count: 3)), (.click(count: 1), 6, 700, .click(count: 1)),
            (.click(count: 1), 6, 1200, .click(count: 1)), (.wheelUp, 6, 1300, .wheelUp),
            (.click(count: 1), 6, 1400, .click(count: 1)),
        ]
        for (act, column, milliseconds, counted) in acts {
            let time = Timestamp(microseconds: milliseconds * 1000)
            #expect(
                counter.counted(Mouse(act, column: column, row: 3), at: time) == Mouse(counted, column: column, row: 3)
            )
        }
    }
}
