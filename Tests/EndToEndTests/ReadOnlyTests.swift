import Postgres
import TestDatabase
import TestProgram
import Testing

/// Whoever looks writes nothing, not even with a superuser's login and where the database itself would write for him.
@Suite struct ReadOnlyTests {
    /// Puts traps in the way of every reader: each row that is read of the trail or of the recorded table calls a function
    /// that writes.
    private func setTraps(on connection: borrowing Connection) throws {
        try connection.run(
            """
            create table written (by text);
            create function trap(text) returns boolean language plpgsql volatile as
              $$ begin insert into public.written values ($1); return true; end $$;
            alter table transaction rename to transaction_rows;
            create view transaction as select * from transaction_rows where trap('transaction');
            alter table activity rename to activity_rows;
            create view activity as select * from activity_rows where trap('activity');
            alter table orders rename to orders_rows;
            create view orders as select * from orders_rows where trap('orders');
            """
        )
    }

    @Test func commandsThatReadWriteNothing() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            let options = try database.options()
            #expect(try shell("\(program) init orders --yes \(options)").status == 0)
            try connection.run("insert into orders values (1, 'new'); update orders set status = 'paid'")
            try setTraps(on: connection)
            var refusals = 0
            for command in [
                "log", "log --table orders --format jsonl", "log -f actor:none", "show 1", "history orders 1",
                "blame orders 1", "row orders 1 --at now", "row orders --at now", "revert 1", "revert 1 --check",
                "revert --activity 1", "status", "status --json", "status --gaps", "init --dry-run orders",
                "remove --dry-run",
                "index --dry-run",
            ] {
                let outcome = try shell("\(program) \(command) \(options) </dev/null")
                if outcome.output.contains("cannot execute INSERT in a read-only transaction") { refusals += 1 }
                #expect(try connection.rows("select * from written").isEmpty, "\(command): \(outcome.output)")
            }
            #expect(refusals >= 6, "only \(refusals) commands came to a trap")
        }
    }

    @Test func theBrowserWritesNothing() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            let options = try database.options()
            #expect(try shell("\(program) init orders --yes \(options)").status == 0)
            try connection.run("insert into orders values (1, 'new'); update orders set status = 'paid'")
            try connection.run("create table written (by text)")
            let window = try TerminalWindow()
            try window.run("\(program) \(options); echo status $?")
            try window.wait(for: "1 tx")
            try connection.run("drop table written")
            try setTraps(on: connection)
            try window.press("R")
            // A server that can be told so does not even look into a view.
            try window.wait("to refuse") {
                $0.contains("cannot execute INSERT in a read-only transaction")
                    || $0.contains("access to non-system view")
            }
            for key in ["2", "3", "4", "5", "S", "1"] { try window.press(key) }
            try window.press("Q")
            try window.wait(for: "status 0")
            #expect(try connection.rows("select * from written").isEmpty)
        }
    }
}
