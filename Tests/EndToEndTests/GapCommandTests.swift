import Glibc
import JSON
import Postgres
import TestDatabase
import TestProgram
import Testing

/// `audit-tui status --gaps` as a process.
@Suite struct GapCommandTests {
    private func install(_ tables: String, _ options: String) throws {
        let outcome = try shell("\(program) init \(tables) --schema audit --yes \(options)")
        guard outcome.status == 0 else { throw TestError(outcome.output) }
    }

    @Test func gapsArePrintedAndCounted() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run(
                "create table orders (id int primary key, status text); create table \"lo gs\" (line text)"
            )
            try install("orders '\"lo gs\"'", options)
            try connection.run("insert into orders values (1, 'new'), (2, 'new')")
            let note = "note: public.\"lo gs\" was not checked: it has no primary key\n"
            let clean = try shell("\(program) status --gaps \(options)")
            #expect(clean == Outcome(status: 0, output: "no gaps in 1 table with 2 activities\n" + note))
            try connection.run(
                """
                set flask_audit_logger.enable_versioning = 'false'; update orders set status = 'paid' where id = 1;
                delete from orders where id = 2; reset flask_audit_logger.enable_versioning;
                update orders set status = 'sent'
                """
            )
            let times = try connection.rows(
                "select date_trunc('second', issued_at)::text from audit.activity order by id"
            )
            let found = try shell("\(program) status --gaps orders \(options)")
            #expect(found.status == 5)
            #expect(
                found.output == """
                    public.orders:1  status changed unrecorded, between activity 1 (\(times[0])Z) and activity 3 (\(times[2])Z)
                    public.orders:2  row was deleted unrecorded, after activity 2 (\(times[1])Z)
                    2 gaps in 1 table with 3 activities

                    """
            )
        }
    }

    @Test func gapsAreInTheDocument() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            let absent = try shell("\(program) status --json --gaps \(options)")
            #expect(absent.status == 3 && absent.output.hasPrefix(#"{"installed":false"#))
            try connection.run("create table orders (id int primary key, status text); create table logs (line text)")
            try install("orders logs", options)
            try connection.run("insert into orders values (1, 'new')")
            let clean = try shell("\(program) status --json --gaps \(options)")
            #expect(clean.status == 0)
            let before = try JSON(parsing: clean.output)
            #expect(before["gaps"] == .array([]) && before["installed"] == .bool(true))
            #expect(
                before["unchecked"]?.description
                    == #"[{"schema":"public","table":"logs","reason":"it has no primary key"}]"#
            )
            try connection.run(
                "set flask_audit_logger.enable_versioning = 'false'; update orders set status = 'paid'"
            )
            let found = try shell("\(program) status --json --gaps orders \(options)")
            #expect(found.status == 5)
            let after = try JSON(parsing: found.output)
            #expect(
                after["gaps"]?.description
                    == #"[{"schema":"public","table":"orders","key":{"id":1},"after_activity_id":1,"#
                    + #""before_activity_id":null,"change":"update","columns":["status"]}]"#
            )
            #expect(after["holes"]?.elements?.isEmpty == false)
        }
    }

    @Test func whatCannotBeCheckedIsOneLineOnStandardError() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            let absent = try shell("\(program) status --gaps \(options) >/dev/null")
            #expect(absent.status == 3 && absent.output.contains("no audit trail in this database"))
            try connection.run(
                """
                create table orders (id int primary key); create table logs (line text); create table plain (id int);
                create table events (id int primary key) partition by list (id);
                create table events_1 partition of events default
                """
            )
            try install("orders logs events", options)
            let cases: [(String, Int32, String)] = [
                ("--gaps order", 2, "no table order; did you mean orders"),
                ("--gaps plain", 2, "public.plain is not audited; audit-tui init records its changes"),
                ("--gaps events_1", 2, "public.events_1 is a partition of public.events, which is audited as a whole"),
                ("--gaps logs", 1, "public.logs cannot be checked: it has no primary key"),
                ("--gaps --json logs", 1, "public.logs cannot be checked: it has no primary key"),
                ("--gaps 'a..b'", 2, "a..b: a part of the name is empty"),
                ("orders", 2, "a table is named with --gaps only"),
            ]
            for (arguments, status, message) in cases {
                let outcome = try shell("\(program) status \(arguments) \(options)")
                #expect(outcome.status == status, "\(arguments): \(outcome.output)")
                let line = outcome.output.split(separator: "\n").first ?? ""
                #expect(line.contains("audit-tui: ") && line.contains(message), "\(arguments): \(outcome.output)")
            }
        }
    }

    /// Without job control the shell would let the program ignore `SIGINT`.
    @Test func theSearchCanBeInterrupted() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run("create table orders (id int primary key)")
            try install("orders", options)
            let holder = try database.connect()
            try holder.run("begin; lock table orders")
            // Tests beside this one wait for locks of theirs.
            let sessions =
                "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            let waiting = "psql -X -A -t -c \"\(sessions)\" \(options) | grep -c ''"
            let outcome = try shell(
                """
                set -m; out=$(mktemp); \(program) status --gaps \(options) >$out 2>&1 & pid=$!
                timeout 60 sh -c \(quoted("until [ \"$(\(waiting))\" = 1 ]; do sleep 0.05; done"))
                kill -INT $pid; wait $pid; status=$?; cat $out; rm $out; exit $status
                """
            )
            #expect(outcome.status == 130 && outcome.output.hasSuffix("audit-tui: interrupted\n"), "\(outcome.output)")
            let limit = ContinuousClock.now + .seconds(30)
            var running = try connection.rows(sessions)
            while !running.isEmpty, ContinuousClock.now < limit {
                usleep(20_000)
                running = try connection.rows(sessions)
            }
            #expect(running == [])
        }
    }

    @Test func progressIsShownOnATerminalOnly() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run("create table orders (id int primary key)")
            try install("orders", options)
            let holder = try database.connect()
            try holder.run("begin; lock table orders")
            let window = try TerminalWindow()
            try window.run("\(program) status --gaps \(options); echo status $?")
            try window.wait(for: "check public.orders (1/1)")
            try holder.run("commit")
            let screen = try window.wait(for: "status 0")
            #expect(screen.contains("no gaps in 1 table with 0 activities") && !screen.contains("check public.orders"))
        }
    }

    /// All the workload's types and shapes, with capture of ours and with that of the package.
    @Test(arguments: [true, false], [1, 2, 3] as [UInt64])
    func aRandomWorkloadOfAllTypesHasNoGap(isOurs: Bool, seed: UInt64) throws {
        try withDatabase { connection, database in
            let options = try database.options()
            var workload = try Workload(seed: seed, for: connection)
            let tables = ["kinds", "parents", "children"]
            try connection.run(workload.schema)
            if isOurs {
                let outcome = try shell("\(program) init \(tables.joined(separator: " ")) --yes \(options)")
                #expect(outcome.status == 0, "\(outcome.output)")
            } else {
                try connection.run(try Original.sql(for: tables))
            }
            for statement in workload.statements(count: 600) where !statement.contains("enable_versioning") {
                do { try connection.run(statement) } catch { try connection.run("rollback") }
            }
            let outcome = try shell("\(program) status --gaps \(options)")
            #expect(outcome.status == 0, "\(outcome.output.prefix(2000))")
            print("seed \(seed), \(isOurs ? "ours" : "theirs"): \(outcome.output)")
            try connection.run(
                "set flask_audit_logger.enable_versioning = 'false'; update parents set name = name || '!'"
            )
            let rows = try connection.rows("select id from parents")
            let found = try shell("\(program) status --gaps parents \(options) | grep -c 'name changed unrecorded'")
            #expect(found.output == "\(rows.count)\n")
        }
    }
}
