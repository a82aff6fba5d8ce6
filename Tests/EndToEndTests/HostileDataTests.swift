import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Nothing in a database commands the terminal, whichever command prints it.
@Suite struct HostileDataTests {
    /// What a command printed on both outputs, which must hold nothing that acts.
    @discardableResult
    private func inert(_ command: String, status: Int32 = 0) throws -> String {
        let outcome = try shell(command)
        let name = command.dropFirst(program.count + 1).prefix { $0 != "'" }
        #expect(actingCharacters(in: outcome.output) == [], "\(name)")
        #expect(outcome.status == status && !outcome.output.isEmpty, "\(name): \(outcome)")
        return outcome.output
    }

    private func psql(_ command: String, _ options: String) throws {
        let script = "set -o pipefail; \(command) | psql -X -q -v ON_ERROR_STOP=1 \(options) >/dev/null"
        let outcome = try shell("bash -c \(quoted(script))")
        #expect(outcome.status == 0, "\(command.dropFirst(program.count).prefix(20)): \(outcome.output)")
    }

    private func withTrail(_ body: (borrowing Connection, HostileDatabase) throws -> Void) throws {
        try HostileDatabase.with { connection, database in
            try database.makeTables(on: connection)
            #expect(try shell("\(database.installation) --yes").status == 0)
            try database.write()
            try body(connection, database)
        }
    }

    @Test func everyCommandThatReadsPrintsVisibleCharactersOnly() throws {
        try withTrail { _, database in
            let table = quoted(HostileDatabase.tableName)
            let row = "\(table) \(quoted(HostileDatabase.key))"
            for arguments in [
                "log", "log --format patch", "log --format csv", "log --table \(table)",
                "log --actor \(quoted(HostileDatabase.key))", "show 2", "show 2 --format patch", "show 2 --format sql",
                "history \(row)", "history \(row) --format patch", "blame \(row)", "row \(row) --at now",
                "row \(table) --at now", "revert 2",
            ] {
                let output = try inert("\(program) \(arguments) \(database.options)")
                #expect(output.contains("U+202E") || output.contains(#"\202E"#) || output.contains(#"\u202E"#))
            }
            for arguments in [
                "log --format jsonl", "show 2 --format jsonl", "history \(row) --format jsonl",
                "blame \(row) --format json", "row \(row) --at now --format json",
                "row \(table) --at now --format json",
            ] {
                let output = try inert("\(program) \(arguments) \(database.options)")
                #expect(output.contains(#"\u202e"#) && output.contains(#"\u001b]52;c;?\u0007"#), "\(arguments)")
            }
            try inert("\(program) revert 2 --check \(database.options)")
            try inert(
                "\(program) log \(database.options) --filter \(quoted("nonsense:" + HostileDatabase.text))",
                status: 2
            )
            try inert("\(program) history \(quoted("x" + HostileDatabase.text)) 1 \(database.options)", status: 2)
        }
    }

    @Test func everyCommandOfTheSetupPrintsVisibleCharactersOnly() throws {
        try withTrail { connection, database in
            let audit = "--schema \(quoted(HostileDatabase.auditSchema)) \(database.options)"
            for arguments in ["status", "status --json"] {
                let output = try inert("\(program) \(arguments) \(audit)", status: 5)
                #expect(output.contains("202E") || output.contains(#"\u202e"#))
            }
            try connection.run(
                "alter table \(quotedName) disable trigger user; update \(quotedName) set v = 'unrecorded'"
            )
            try inert("\(program) status --gaps \(audit)", status: 5)
            try inert("\(program) status --gaps --json \(audit)", status: 5)
            try connection.run("alter table \(quotedName) enable trigger user")
            let message = quotedLiteral(HostileDatabase.text)
            try connection.run(
                """
                create function refuse_change() returns event_trigger language plpgsql as
                    $$begin raise exception using message = \(message), detail = \(message), hint = \(message); end$$;
                create event trigger refuse_change on ddl_command_start execute function refuse_change();
                """
            )
            try inert("\(program) index --drop --yes \(audit)", status: 1)
            try inert("\(program) remove --yes \(audit)", status: 1)
            try inert("\(database.installation) --always --yes", status: 1)
        }
    }

    @Test func theScriptsRunOnSuchNames() throws {
        try HostileDatabase.with { connection, database in
            try database.makeTables(on: connection)
            let options = database.options
            let audit = "--schema \(quoted(HostileDatabase.auditSchema)) \(options)"
            try inert("\(database.installation) --dry-run")
            try psql("\(database.installation) --dry-run", options)
            #expect(
                try shell("\(database.installation) --yes").output == "Nothing to do: everything is as asked for.\n"
            )
            try database.write()
            try inert("\(program) index --drop --dry-run \(audit)")
            try psql("\(program) index --drop --dry-run \(audit)", options)
            try inert("\(program) index --dry-run \(audit)")
            try psql("\(program) index --dry-run \(audit)", options)
            #expect(try shell("\(program) index --dry-run \(audit)").output.contains("Nothing to do"))
            let count = "select count(*) from \(quotedName)"
            try psql("\(program) revert 4 \(options)", options)
            #expect(try connection.rows(count) == ["2"])
            try psql("\(program) show 4 --format sql \(options)", options)
            #expect(try connection.rows(count) == ["1"])
            try psql("\(program) revert 2 \(options)", options)
            #expect(try connection.rows("select v from \(quotedName)") == [HostileDatabase.text])
            try inert("\(program) remove --dry-run \(audit)")
            try psql("\(program) remove --dry-run \(audit)", options)
            #expect(try connection.rows("select count(*) from pg_trigger where not tgisinternal") == ["0"])
        }
    }

    @Test func errorsOfTheServerAndTheFollowedLogAreVisibleCharactersOnly() throws {
        try withTrail { connection, database in
            let file = "/tmp/audit-tui-hostile-\(getpid())"
            defer { unlink(file) }
            let started = try shell("\(program) log --follow \(database.options) >\(file) 2>&1 </dev/null & echo $!")
            let process = try #require(Int32(started.output.prefix { $0 != "\n" }))
            defer { kill(process, SIGINT) }
            let limit = ContinuousClock.now + .seconds(20)
            while try shell("cat \(file)").output.isEmpty {
                try connection.run("update \(quotedName) set v = 'y' || v")
                guard ContinuousClock.now < limit else { throw TestError("nothing followed") }
                usleep(50_000)
            }
            try inert("cat \(file)")
            let refused = try database.optionsOfRefused(on: connection)
            for command in ["log", "log --format jsonl", "show 2", "revert 2"] {
                #expect(try inert("\(program) \(command) \(refused)", status: 1).contains("␛]52"))
            }
            try inert("\(program) log -d \(quoted("postgres://" + HostileDatabase.text))", status: 4)
        }
    }

    private let quotedName =
        "\(quotedIdentifier(HostileDatabase.schema)).\(quotedIdentifier(HostileDatabase.table))"
}
