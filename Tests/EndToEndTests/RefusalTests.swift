import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// What the program refuses on the command line, in its own words.
@Suite struct RefusalTests {
    private func withOrders(_ body: (borrowing Connection, TestDatabase) throws -> Void) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            try connection.run("insert into orders values (90, 'early')")
            #expect(try shell("\(program) init orders --schema audit --yes \(database.options())").status == 0)
            try connection.run("insert into orders values (1, 'new'); update orders set status = 'paid' where id = 1")
            try body(connection, database)
        }
    }

    /// Expects one line of error with the status; the hint at the help, when there is one, aside.
    private func expect(_ arguments: String, _ status: Int32, _ message: String) throws {
        let outcome = try shell("\(program) \(arguments) >/dev/null </dev/null")
        let line = outcome.output.split(separator: "\n").last { !$0.hasPrefix("see audit-tui") } ?? ""
        #expect(outcome.status == status && line == "audit-tui: \(message)", "\(arguments): \(outcome.output)")
    }

    @Test func whatDoesNotGoTogetherIsRefused() throws {
        try expect("log -w -W", 2, "-w and -W exclude each other")
        try expect("remove --purge t", 2, "--purge is for the whole installation, name no tables")
        try expect(
            "history orders ''",
            2,
            "\"\" is no key; give a value, or column=value,column=value, or column=\"\" for an empty text"
        )
        try expect("history a.b.c 1", 2, "the table \"a.b.c\" has more parts than a schema and a table")
        try expect("history a. 1", 2, "the table \"a.\": a part of the name is empty")
    }

    @Test func aTrailThatIsNotThereOrNotTheOnlyOneIsToldApart() throws {
        try withOrders { connection, database in
            let options = try database.options()
            try expect("status --schema nope \(options)", 3, "no audit trail in schema nope; audit-tui init makes one")
            try expect(
                "remove --purge \(options)",
                2,
                "--purge drops all history: without a terminal it needs --yes"
            )
            try connection.run("create table lines (id int primary key)")
            #expect(try shell("\(program) init lines --schema second --yes \(options)").status == 0)
            try expect("status \(options)", 2, "several audit trails, name one with --schema: audit, second")
            let purged = try shell("\(program) remove --purge --yes --schema second \(options)")
            #expect(purged.output.hasSuffix("Done: the audit trail and its history are gone.\n"), "\(purged.output)")
        }
    }

    @Test func whatTheTrailCannotTellIsSaid() throws {
        try withOrders { connection, database in
            let options = try database.options()
            let table = try shell("\(program) row orders --at -1h \(options)").output
            #expect(table.contains(": 0 rows, and 1 of which the trail cannot tell\n"), "\(table)")
            let row = try shell("\(program) row orders 90 --at -1h \(options) 2>/dev/null").output
            #expect(row.split(separator: "\n").first?.hasSuffix(": the trail cannot tell") == true, "\(row)")
            let role = try database.makeRole("reader", on: connection)
            try connection.run(
                "grant usage on schema audit to \(role); grant select on all tables in schema audit to \(role)"
            )
            try expect(
                "blame orders 1 \(database.options(as: role))",
                1,
                "cannot read public.orders id=1: this role may not read the table"
            )
            try connection.run("alter table orders disable trigger user; delete from orders where id = 1")
            let history = try shell("\(program) history orders 1 \(options)").output
            #expect(history.contains("2 versions, the row is gone, and the trail does not say how\n"), "\(history)")
            try connection.run("drop table orders")
            let gone = try shell("\(program) history public.orders id=1 \(options)").output
            #expect(gone.contains("2 versions, the table is gone\n"), "\(gone)")
        }
    }

    @Test func aPlanThatIsNotAgreedToChangesNothing() throws {
        try withOrders { connection, database in
            let options = try database.options()
            try connection.run("create table lines (id int primary key)")
            let window = try TerminalWindow()
            try window.run("\(program) init --schema audit \(options); echo status $?")
            try window.wait(for: "[ ] public.lines")
            // A picker is left by a signal as by a key.
            try window.end(by: "TERM")
            let picked = try window.wait(for: "status 130")
            #expect(picked.contains("audit-tui: interrupted"), "\(picked)")
            try connection.run("drop index audit.ix_audit_activity_table_name_id")
            for command in ["init lines --schema audit", "index", "remove", "remove --purge"] {
                try window.run("\(program) \(command) \(options); echo status $?")
                try window.wait(for: command.hasSuffix("--purge") ? "drop all history:" : "Apply? [y/N]")
                try window.enter("n")
                let screen = try window.wait(for: "status 1")
                #expect(screen.contains("audit-tui: nothing was changed"), "\(screen)")
            }
        }
    }
}
