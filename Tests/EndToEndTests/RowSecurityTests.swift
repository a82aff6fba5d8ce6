import Postgres
import TestDatabase
import TestProgram
import Testing

/// Row security on the audit tables: who sees a part is told so, and takes nothing back.
@Suite struct RowSecurityTests {
    private func withPolicy(_ body: (borrowing Connection, TestDatabase, String) throws -> Void) throws {
        try withDatabase { connection, database in
            let reader = try database.makeRole("reader", on: connection)
            try connection.run(
                "create table orders (id int primary key, n int); create table pay (id int primary key, n int)"
            )
            #expect(try database.run("init orders pay --schema audit --always --yes").status == 0)
            try connection.run(
                """
                begin; insert into orders values (1, 1); insert into pay values (1, 1); commit;
                grant usage on schema audit to \(reader); grant select on audit.activity, audit.transaction to \(reader);
                alter table audit.activity enable row level security;
                create policy orders_only on audit.activity for select using (table_name = 'orders')
                """
            )
            try body(connection, database, reader)
        }
    }

    @Test(arguments: [
        "log", "log --format jsonl", "history orders 1", "show 1", "blame orders 1", "row orders 1 --at -1s",
    ])
    func whoSeesAPartIsTold(command: String) throws {
        try withPolicy { _, database, reader in
            let warning =
                "audit-tui: warning: row security of the audit tables in schema audit shows this role a part of the trail only\n"
            let part = try database.run(command, as: reader)
            #expect(part.output.ranges(of: warning).count == 1, "\(part.output)")
            #expect(try !database.run(command).output.contains("row security"))
        }
    }

    @Test func aPartIsNotTakenBack() throws {
        try withPolicy { connection, database, reader in
            try connection.run("grant select, update, delete on orders, pay to \(reader)")
            let refused = try database.run("revert 1", as: reader)
            #expect(refused.status == 1)
            #expect(!refused.output.contains("delete from"))
            #expect(
                refused.output.hasSuffix(
                    "shows this role a part of the trail only, and part of a transaction cannot be taken back\n"
                ),
                "\(refused.output)"
            )
            #expect(try database.run("revert 1 --check", as: reader).status == 1)
            #expect(try database.run("revert 1").status == 0)
        }
    }

    @Test func theBrowserSaysSoOnItsScreen() throws {
        try withPolicy { _, database, reader in
            let window = try TerminalWindow(columns: 120, rows: 24)
            try window.run("\(program) --config /dev/null \(try database.options(as: reader)); echo status $?")
            try window.wait(for: "shows this role a part of the trail only")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func statusNamesIt() throws {
        try withPolicy { connection, database, _ in
            #expect(try database.run("status").output.contains("\n  row_security  audit.activity: row security is on"))
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("alter table orders owner to \(owner)")
            #expect(try database.run("init --yes").status == 0)
            let session = try database.connect(as: owner)
            #expect(throws: PostgresError.self) { try session.run("update orders set n = 2") }
            try connection.run("alter table audit.activity disable row level security")
            try session.run("update orders set n = 2")
            #expect(try database.run("status").status == 0)
        }
    }
}
