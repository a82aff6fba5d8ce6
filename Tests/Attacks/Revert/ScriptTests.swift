import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Values and names that end up in the scripts of others, who run these as superuser.
@Suite struct ScriptTests {
    /// One table named so, with a column named so and values of each kind, changed by its owner and then changed back.
    @Test func noValueOfAnyRowIsEverRun() throws {
        try withAttacker { superuser, attacker, database, _ in
            try attacker.run(
                "create table notes (id int primary key, key text unique, body text, tags text[], doc jsonb)"
            )
            #expect(try database.run("init notes --schema audit --yes").status == 0)
            let texts = hostileTexts(
                "alter role \(quotedIdentifier(try attacker.rows("select current_user")[0])) superuser"
            )
            for (index, text) in texts.enumerated() {
                let value = quotedLiteral(text)
                try attacker.run(
                    """
                    insert into notes values (\(index), \(value), \(value), array[\(value)], to_jsonb(array[\(value)]));
                    update notes set body = 'x', tags = null, doc = null where id = \(index);
                    """
                )
            }
            let before = try superuser.rows("select key, key = body and key = tags[1] and key = doc ->> 0 from notes")
            #expect(before.count == texts.count && before.allSatisfy { $0.hasSuffix("∅") || $0.hasSuffix("f") })
            let dryRun = try database.run("revert --filter verb:u --dry-run")
            #expect(dryRun.status == 0, "\(dryRun.output)")
            #expect(try superuser.rows("select count(*) from notes where body = 'x'") == ["\(texts.count)"])
            _ = try database.revert("--filter verb:u")
            let right = "select count(*) from notes where key = body and key = tags[1] and key = doc ->> 0"
            #expect(try superuser.rows(right) == ["\(texts.count)"])
            _ = try database.revert("--filter verb:i", as: nil)
            #expect(try superuser.rows("select count(*) from notes") == ["0"])
        }
    }

    @Test func noNameOfATableOrColumnIsEverRun() throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            for text in hostileTexts("alter role \(role) superuser") {
                let short = String(String.UnicodeScalarView(text.unicodeScalars.prefix(15)))
                let (table, column) = (quotedIdentifier("t" + short), quotedIdentifier("c" + short))
                try attacker.run("create table \(table) (\(column) int primary key, \(quotedIdentifier(short)) text)")
                var request = InstallRequest()
                request.tables = [TableName(schema: "public", name: "t" + short)]
                try Installer.install(request, auditSchema: "audit", on: superuser)
                try attacker.run(
                    "insert into \(table) values (1, 'a'); update \(table) set \(quotedIdentifier(short)) = 'b'"
                )
            }
            let dryRun = try database.run("revert --filter verb:u --dry-run")
            #expect(dryRun.status == 0, "\(dryRun.output)")
            _ = try database.revert("--filter verb:u")
            #expect(
                try superuser.rows(
                    "select count(*) from audit.activity where verb = 'update' and changed_data::text like '%\"a\"%'"
                ) == ["\(hostileTexts("").count)"]
            )
            _ = try database.revert("--filter verb:i")
        }
    }

    /// Whatever the rows hold, the script is the same but for literals and comments.
    @Test func everyBlockIsOneOfAFew() throws {
        try withAttacker { superuser, attacker, database, _ in
            try attacker.run("create table notes (id int primary key, body text)")
            #expect(try database.run("init notes --schema audit --yes").status == 0)
            try attacker.run("insert into notes values (0, 'harmless'); update notes set body = 'x'")
            for (index, text) in hostileTexts("alter role x superuser").enumerated() {
                try attacker.run("insert into notes values (\(index + 1), \(quotedLiteral(text)))")
                try attacker.run("update notes set body = 'x' where id = \(index + 1)")
            }
            let ids = try superuser.rows("select id from audit.activity where verb = 'update' order by id")
            for options in ["", " --partial"] {
                var scripts = try ids.map { withoutData(try database.script("--activity \($0)\(options)")) }
                // Where a literal has escapes it says so.
                scripts = scripts.map {
                    $0.split(separator: "\n").map { $0.split(separator: " E'").joined(separator: "'") }.joined(
                        separator: "\n"
                    )
                }
                #expect(Set(scripts).count == 1, "\(Set(scripts))")
                let blocks = scripts[0].split(separator: "\n").filter { $0.hasPrefix("do $") }
                #expect(blocks == ["do $do$", "do $revert$", "do $revert$", "do $revert$"])
            }
        }
    }

    @Test func theNameOfTheDatabaseIsNotRun() throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            for text in ["\u{0D4E}$revert$;rollback;alter role x superuser--", "\n'\\", "\";\n\\! touch /tmp/never"] {
                let name = database.name + text
                try superuser.run("create database \(quotedIdentifier(name)) template template0 owner \(role)")
                defer { try? superuser.run("drop database \(quotedIdentifier(name)) with (force)") }
                var settings = try database.settings()
                settings.database = name
                let session = try Connection.open(settings)
                try session.run(
                    "create table notes (id int primary key, body text); alter table notes owner to \(role)"
                )
                var request = InstallRequest()
                request.tables = [TableName(schema: "public", name: "notes")]
                try Installer.install(request, auditSchema: "audit", on: session)
                try session.run("insert into notes values (1, 'a'); update notes set body = 'b'")
                let pairs = [
                    ("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database),
                ]
                let options = pairs.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(
                    separator: " "
                )
                let revert = "\(program) revert --filter verb:u --config /dev/null \(options)"
                let outcome = try shell(
                    "bash -c \(quoted("set -o pipefail; \(revert) | psql -X -q -v ON_ERROR_STOP=1 \(options)"))"
                )
                #expect(outcome == Outcome(status: 0, output: ""))
                #expect(try session.rows("select body from notes") == ["a"])
            }
        }
    }

    /// Literals mean the same whatever the database makes of backslashes, quotes and names.
    @Test func theSettingsOfTheDatabaseChangeNothing() throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            try attacker.run(
                "create table notes (id int primary key, body text, days interval, span daterange, list text[])"
            )
            #expect(try database.run("init notes --schema audit --yes").status == 0)
            for (index, text) in hostileTexts("alter role \(role) superuser").enumerated() {
                let values =
                    "(\(index), \(quotedLiteral(text)), '-1 day -02:03', '[2024-02-01,2024-03-04)', '{null,a}')"
                try attacker.run("insert into notes values \(values)")
            }
            let rows =
                "select id, md5(body), extract(epoch from days)::text, lower(span) - date '2024-01-01', list[1] is null from notes order by id"
            let before = try superuser.rows(rows)
            try attacker.run("update notes set body = 'x', days = '1 day', span = null, list = null")
            for setting in [
                "standard_conforming_strings = off", "quote_all_identifiers = on", "array_nulls = off",
                "datestyle = 'SQL, DMY'",
                "intervalstyle = 'sql_standard'", "default_transaction_isolation = 'serializable'",
                "timezone = 'Asia/Tokyo'",
                "session_replication_role = 'replica'", "transform_null_equals = on", "client_encoding = 'SJIS'",
                "row_security = on",
                "plpgsql.variable_conflict = 'use_column'", "escape_string_warning = on", "search_path = 'public'",
            ] {
                try superuser.run("alter database \(quotedIdentifier(database.name)) set \(setting)")
            }
            let last = try superuser.rows("select max(transaction_id) from audit.activity")[0]
            _ = try database.revert(last)
            #expect(try superuser.rows(rows) == before)
            #expect(
                try superuser.rows("select count(*) from audit.activity where verb = 'update'") == [
                    "\(2 * before.count)"
                ]
            )
        }
    }
}
