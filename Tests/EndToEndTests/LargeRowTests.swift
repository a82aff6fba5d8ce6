import Postgres
import TestDatabase
import TestProgram
import Testing

/// A row that is too large to be fetched as a whole, on the screen and in what commands print.
@Suite struct LargeRowTests {
    private func withLetters(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run("create table letters (id int primary key, title text, body text)")
            #expect(try shell("\(program) init letters --schema audit --yes \(database.options())").status == 0)
            try connection.run("insert into letters values (7, 'first', repeat('x', 3000000))")
            try connection.run(
                "update letters set title = 'second', body = overlay(body placing 'CHANGED' from 2000001 for 7)"
            )
            try body(connection, database)
        }
    }

    @Test func theBrowserShowsKeySmallValuesAndWhereALargeOneChanged() throws {
        try withLetters { connection, database in
            let window = try TerminalWindow()
            try window.run("\(program) \(database.options()); echo status $?")
            let page = try window.wait(for: "public.letters #7 · UPDATE 1/1")
            #expect(
                page.contains("- body   ") && page.contains("(3.0 MB)") && page.contains("+ title        \"second\"")
            )
            try window.press("Enter")
            try window.wait(for: "q back")
            try window.press("Enter")
            let part = try window.wait(for: "xCHANGEDx")
            #expect(part.contains("(bytes 1,998,977 to 2,007,168 of 3,000,000)"))
            try window.press("Enter")
            try window.wait(for: "that is all that is shown of a row of more than 2 MB")
            try window.press("j", "+")
            try window.wait(for: "only a part of the value is here")
            try window.press("y")
            let yanks = try window.wait(for: "the script that takes it back")
            #expect(!yanks.contains("the value") && !yanks.contains("the row as JSON"))
            try window.press("x", "H")
            let history = try window.wait(for: "2 versions · live ✔")
            #expect(history.contains("body title") && history.contains("History › letters #7"))
            try window.press("b")
            try window.wait(for: "(3.0 MB)")
            try window.press("q", "r")
            let preview = try window.wait(for: "1 statement: 1 applies")
            #expect(preview.contains("✔ update public.letters #7: body, title"))
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    /// Neither the script nor what would become of it takes the memory of the row.
    @Test func aRevertTakesLittleMemoryHoweverLargeTheRow() throws {
        try withLetters { connection, database in
            try connection.run("update letters set body = repeat('old', 10000000)")
            try connection.run("update letters set title = 'third', body = repeat('new', 10000000)")
            let revert = "ulimit -v 250000; \(program) revert --activity 4 \(try database.options())"
            let check = try shell("\(revert) --check")
            #expect(check.status == 0 && check.output.contains(#""verdict":"applies""#), "\(check.output)")
            let partial = try shell("\(revert) --check --partial")
            #expect(partial.status == 0 && partial.output.contains(#""verdict":"applies""#), "\(partial.output)")
            let dryRun = try shell("\(revert) --dry-run")
            #expect(dryRun.status == 0 && dryRun.output.contains("the statement was run"), "\(dryRun.output)")
            let size = try shell("\(revert) | wc -c").output
            #expect((Int(size.dropLast()) ?? .max) < 60_000)
            let run = try shell("(\(revert)) | psql -X -q \(try database.options())")
            #expect(run.status == 0 && run.output.isEmpty, "\(run.output)")
            let body = "select title, body = repeat('old', 10000000) from letters"
            #expect(try connection.rows(body) == ["second | t"])
        }
    }

    @Test func commandsPrintWhatTheyAreAskedFor() throws {
        try withLetters { connection, database in
            let log = try shell("\(program) log --limit 1 \(database.options())").output
            #expect(log.contains("update public.letters id=7\n"))
            #expect(log.contains("      + title: \"second\"\n"))
            #expect(log.contains("xxx…  (3.0 MB)\n") && log.utf8.count < 2000)
            let history = try shell("\(program) history letters 7 \(database.options())").output
            #expect(history.contains("2 versions, the live row matches"))
            // Whoever asks for data gets all of it.
            for command in [
                "log --limit 1 --format jsonl", "history letters 7 --format jsonl", "row letters 7 --at now",
                "blame letters 7 --format json",
            ] {
                let output = try shell(
                    "\(program) \(command) \(database.options()) | grep -o 'CHANGEDx*' | head -1 | wc -c"
                ).output
                #expect(output == "1000001\n", "\(command)")
            }
        }
    }
}
