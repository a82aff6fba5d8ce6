import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Scripts that psql reads in another encoding than they are written in.
@Suite struct EncodingTests {
    /// The characters of LATIN1, those that other encodings take for a part of the next among them.
    private static let text = "\u{C3}\u{83}'\\ \u{E9}\u{DF}\u{FC}\u{A0}\u{AD}\u{FF}\u{81}\\"

    private func withLatin1(_ body: (borrowing Connection, String) throws -> Void) throws {
        try withDatabase { connection, database in
            let name = database.name + "_latin1"
            try connection.run("create database \(name) template template0 encoding 'LATIN1' locale 'C'")
            defer { try? connection.run("drop database \(name) with (force)") }
            var settings = try database.settings()
            settings.database = name
            let session = try Connection.open(settings)
            let pairs = [
                ("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database),
            ]
            try body(
                session,
                pairs.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(separator: " ")
            )
        }
    }

    private func revert(_ options: String, _ environment: String) throws {
        let script =
            "set -o pipefail; \(program) revert --filter verb:u --config /dev/null \(options) "
            + "| env \(environment) psql -X -q -v ON_ERROR_STOP=1 \(options)"
        let outcome = try shell("bash -c \(quoted(script))")
        #expect(outcome == Outcome(status: 0, output: ""), "\(environment)")
    }

    @Test(arguments: ["LC_ALL=C", "PGCLIENTENCODING=LATIN1", "PGCLIENTENCODING=UTF8"])
    func aDatabaseInLatin1GetsItsCharactersBack(environment: String) throws {
        try withLatin1 { session, options in
            try session.run("create table \"t\u{E9}\" (id int primary key, \"c\u{FC}\" text)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "t\u{E9}")]
            try Installer.install(request, auditSchema: "audit", on: session)
            try session.run(
                "insert into \"t\u{E9}\" values (1, \(quotedLiteral(Self.text))); update \"t\u{E9}\" set \"c\u{FC}\" = 'x'"
            )
            try revert(options, environment)
            #expect(try session.rows("select \"c\u{FC}\" from \"t\u{E9}\"") == [Self.text])
        }
    }

    @Test(arguments: ["LATIN1", "SJIS", "BIG5", "GBK", "GB18030", "JOHAB", "UHC", "SQL_ASCII"])
    func whateverEncodingPsqlStartsInNothingIsRunAndAllComesBack(encoding: String) throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = quotedIdentifier(try attacker.rows("select current_user")[0])
            try attacker.run("create table notes (id int primary key, body text)")
            #expect(try database.run("init notes --schema audit --yes").status == 0)
            let texts =
                hostileTexts("alter role \(role) superuser")
                + [
                    "\u{8868}\\'; alter role \(role) superuser; --", "\u{20AC}'; alter role \(role) superuser; --",
                    "\u{E3}\\",
                ]
            for (index, text) in texts.enumerated() {
                try attacker.run("insert into notes values (\(index), \(quotedLiteral(text)))")
            }
            let before = try superuser.rows("select body from notes order by id")
            try attacker.run("update notes set body = 'x'")
            _ = try database.revert("--filter verb:u", environment: "PGCLIENTENCODING=\(encoding)")
            #expect(try superuser.rows("select body from notes order by id") == before)
        }
    }
}
