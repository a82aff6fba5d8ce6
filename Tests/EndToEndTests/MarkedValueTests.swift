import Postgres
import TestDatabase
import TestProgram
import Testing

/// Values that one would misread are marked wherever they are printed.
@Suite struct MarkedValueTests {
    @Test func whatLooksAlikeIsToldByCodePoints() throws {
        try withDatabase { connection, database in
            try connection.run("create table people (id int primary key, name text, prefs jsonb)")
            #expect(try database.run("init people --yes").status == 0)
            try connection.run(#"insert into people values (1, 'Alice', '{"city": "Köln", "theme": "a b"}')"#)
            try connection.run("update people set name = 'Аlice'")
            try connection.run(#"update people set prefs = '{"city": "Ko\u0308ln", "theme": "a\u00a0b"}'"#)
            try connection.run("update people set name = 'Bob'")
            let commands = [
                "log", "log --format patch", "show 2", "show 3", "history people 1 --format patch",
            ]
            for command in commands {
                let text = try database.run(command).output
                let lines = text.split(separator: "\n").filter { $0.contains("(looks alike: ") }
                var expected: [String] = []
                if command != "show 2" {
                    expected += ["U+00F6 → U+006F U+0308", "U+0020 → U+00A0"]
                }
                if command != "show 3" { expected.append("U+0041 → U+0410") }
                #expect(lines.count == expected.count, "\(command): \(text)")
                for mark in expected { #expect(text.contains("(looks alike: \(mark))"), "\(command): \(text)") }
            }
            #expect(try !database.run("log --format jsonl").output.contains("looks alike"))
            let window = try TerminalWindow(columns: 120, rows: 35)
            try window.run("\(program) \(database.options()) --config /dev/null -f 'id:2'")
            _ = try window.wait(for: "WHAT CHANGED")
            try window.press("Enter")
            _ = try window.wait(for: "(looks alike: U+0041 → U+0410)")
        }
    }

    @Test func aTableThatLooksLikeTheOneThatIsThereIsSaidSo() throws {
        try withDatabase { connection, database in
            try connection.run("create table copy (id int primary key)")
            #expect(try database.run("init copy --yes").status == 0)
            try connection.run("insert into copy values (1)")
            let outcome = try database.run("log --table сору")
            #expect(outcome.status == 2)
            #expect(outcome.output.contains("did you mean copy (looks alike: U+0441 → U+0063, "), "\(outcome.output)")
        }
    }

    @Test func aJumpOfTheSequenceIsNoGrowth() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key)")
            #expect(try database.run("init t --yes").status == 0)
            try connection.run("insert into t values (1)")
            try connection.run("select setval(pg_get_serial_sequence('activity', 'id'), 5000000)")
            try connection.run("insert into t values (2)")
            let status = try database.run("status")
            #expect(status.output.contains("growth    2 activities (about "), "\(status.output)")
        }
    }
}

extension MarkedValueTests {
    /// What the original has recorded in a session of another style.
    @Test func whatDependsOnTheWritersSessionIsMarked() throws {
        try withDatabase { connection, database in
            try connection.run("create table s (id int primary key, r daterange, i interval[], t text)")
            #expect(try database.run("init s --yes").status == 0)
            try connection.run(
                "insert into s values (1, '[2024-02-01,2024-03-04)', '{-1 day -02:03:04,1 day}', '[01.02.2024,)')"
            )
            try connection.run("update s set r = null, i = null, t = '[01.03.2024,)'")
            try connection.run("delete from s")
            try connection.run(
                """
                set session_replication_role = replica;
                update activity set changed_data = changed_data || '{"r": "[01.02.2024,04.03.2024)", "i": ["-1 2:03:04", "1 day"]}'
                  where id = 1;
                update activity set old_data = old_data || '{"r": "[01.02.2024,04.03.2024)", "i": ["-1 2:03:04", "1 day"]}' where id = 2
                """
            )
            let moment = try connection.rows("select issued_at + interval '0.001 ms' from activity where id = 1")[0]
            let commands = [
                "log", "log --format patch", "show 1", "show 2", "history s 1 --format patch",
                "row s 1 --at '\(moment)Z'",
            ]
            for command in commands {
                let text = try database.run(command).output
                let lines = text.split(separator: "\n").filter { $0.contains("(depends on the writer's ") }
                #expect(
                    lines.contains { $0.contains("[01.02.2024,04.03.2024)\"  (depends on the writer's DateStyle)") },
                    "\(text)"
                )
                #expect(
                    lines.contains {
                        $0.contains("-1 2:03:04\"") && $0.hasSuffix("(depends on the writer's IntervalStyle)")
                    },
                    "\(text)"
                )
                #expect(
                    lines.count == (command.hasPrefix("show") || command.hasPrefix("row") ? 2 : 4),
                    "\(command): \(text)"
                )
            }
            #expect(try !database.run("log --format jsonl").output.contains("depends on"))
            let window = try TerminalWindow(columns: 140, rows: 35)
            try window.run("\(program) \(database.options()) --config /dev/null -f 'id:2'")
            _ = try window.wait(for: "WHAT CHANGED")
            try window.press("Enter")
            _ = try window.wait(for: "(depends on the writer's DateStyle)")
            try window.press("H")
            _ = try window.wait(for: "CHANGED COLUMNS")
            try window.press("Down", "Down")
            _ = try window.wait(for: "(depends on the writer's ")
        }
    }
}
