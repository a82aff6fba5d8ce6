import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Masked values reach neither the screen nor standard output nor an exported file.
@Suite struct MaskTests {
    private let secret = "s3cr3t"

    private func makeShop(_ connection: borrowing Connection, _ options: String) throws {
        try connection.run(
            """
            create table users (id int primary key, name text);
            create table orders (id int primary key, status text, card text);
            create table accounts (email text primary key, plan text);
            """
        )
        #expect(try shell("\(program) init orders accounts --actor-table users --yes \(options)").status == 0)
        for statement in [
            "insert into accounts values ('\(secret)@x', 'free')",
            "insert into orders values (1, 'new', '\(secret) one'), (2, 'new', '\(secret) one'), (3, 'new', '\(secret) one')",
            "update orders set card = '\(secret) three', status = 'paid' where id in (1, 3)",
            "update accounts set plan = 'gold'", "delete from orders where id = 2",
        ] { try connection.run(statement) }
    }

    @Test func noReportPrintsThem() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let masks = "--mask orders.card --mask '*.EMAIL'"
            let formats = ["text", "patch", "jsonl", "csv"].map { "log --format \($0)" }
            let rows = [
                "history orders 1", "history orders 1 --format patch", "history orders 1 --format jsonl",
                "row orders 1 --at now", "row orders 2 --at -1s --format json", "blame orders 1",
                "blame orders 1 --format json",
                "show 1 --format sql", "show 3", "log --filter 'old.card~s3'", "history accounts \(secret)@x",
            ]
            for command in formats + rows {
                let plain = try shell("\(program) \(command) \(options)")
                let masked = try shell("\(program) \(command) \(masks) \(options)")
                #expect(plain.status == 0 && masked.status == 0, "\(command): \(masked.output)")
                #expect(!masked.output.contains(secret), "\(command): \(masked.output)")
            }
            let printed = try shell("\(program) log --format jsonl \(masks) \(options)").output
            #expect(printed.contains(#""changed":{"card":"••••••","status":"paid"}"#))
            // A script that is to be run holds the values.
            #expect(try shell("\(program) revert --filter 'row:orders:2 verb:d' \(options)").output.contains(secret))
            let wrong = try shell("\(program) log --mask card \(options)")
            #expect(wrong.status == 2)
            #expect(wrong.output.contains("--mask: \"card\" names no column of a table: write TABLE.COLUMN"))
        }
    }

    @Test func theBrowserAndItsExportShowNone() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let folder = "/tmp/audit-tui-masks-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            let window = try TerminalWindow()
            try window.run("cd \(folder); clear")
            try window.enter("\(program) --mask orders.card --mask '*.email' \(options); echo status $?")
            try window.wait(for: "the oldest transaction is above")
            var screens: [String] = []
            let steps = [
                ("Enter", "DELETE 1/1"), ("J", "accounts #••••••"), ("H", "the key of the row is masked"),
                ("J", "+ status       \"paid\""), ("J", "orders #1 · INSERT"), ("K", "orders #1 · UPDATE"),
                ("H", "live ✔"), ("b", "blame"),
                ("A", "as of"), ("q", "blame"), ("q", "card"), ("r", "the script holds masked values"), ("q", "card"),
                ("q", "WHAT CHANGED"), ("S", "••••••→••••••"), ("q", "WHAT CHANGED"), ("x", "the whole trail"),
                ("j", "changes written to"),
            ]
            for (key, text) in steps {
                try window.press(key)
                screens.append(try window.wait(for: text))
            }
            #expect(screens.contains { $0.contains("••••••") })
            #expect(!screens.contains { $0.contains(secret) })
            let exported = try shell("cat \(folder)/changes-*.jsonl").output
            #expect(exported.contains("••••••") && !exported.contains(secret))
            try window.press("q")
            try window.wait(for: "status 0")
        }
    }
}
