import Postgres
import TestDatabase
import Testing

@Suite struct QuotingTests {
    @Test func plainTextIsQuotedAndNothingElse() {
        #expect(quotedIdentifier(#"Odd "name\ä田"#) == #""Odd ""name\ä田""#)
        #expect(quotedLiteral("it's 田") == "'it''s 田'")
        #expect(quotedLiteral(#"a\'b"#) == #" E'a\\''b'"#)
    }

    @Test func whatCannotBeShownIsEscaped() {
        #expect(quotedIdentifier("a\n\"b\\\u{1B}\u{202E}\u{E0001}") == #"U&"a\000A""b\\\001B\202E\+0E0001""#)
        #expect(quotedLiteral("a\n'b\\\u{202E}\u{E0001}") == #" E'a\u000A''b\\\u202E\U000E0001'"#)
    }

    @Test(arguments: ["on", "off"])
    func theServerReadsWhatWasQuoted(standardConformingStrings: String) throws {
        let names = [
            "plain", "a\nb\"'\\", "\u{1B}[2J\u{7F}", "\u{9B}\u{AD}", "e\u{301}\u{200D}\u{1F3FD}\u{E0001}", "\\u0041",
        ]
        try withDatabase { connection, _ in
            try connection.run("set standard_conforming_strings = \(standardConformingStrings)")
            for name in names {
                let result = try connection.execute(
                    Statement(
                        "test",
                        verbatim: "select $1 =\(quotedLiteral(name)), v.\(quotedIdentifier(name)) = 1 "
                            + "from (select 1 as \(quotedIdentifier(name))) as v"
                    ),
                    [name]
                ).map { row throws(PostgresError) in [try row.boolean(0), try row.boolean(1)] }
                #expect(result == [[true, true]], "\(name)")
                let columns = "select column_name from information_schema.columns where table_name = 't'"
                try connection.run("create table t (\(quotedIdentifier(name)) int)")
                #expect(try connection.rows(columns) == [name])
                try connection.run("drop table t")
            }
        }
    }
}
