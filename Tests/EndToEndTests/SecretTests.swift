import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Passwords, masked values and what capture leaves out reach neither the screen nor standard output nor a file.
@Suite struct SecretTests {
    private static let secret = "s3cretPW"

    /// Customers whose hash is not recorded; row 1 was changed, row 2 deleted, row 3 is there unchanged.
    private func makeShop(_ connection: borrowing Connection, _ options: String) throws {
        try connection.run(
            "create table customers (id int primary key, name text, email text, prefs jsonb, password_hash text)"
        )
        let made = try shell("\(program) init customers --exclude customers.password_hash --yes \(options)")
        #expect(made.status == 0, "\(made.output)")
        for statement in [
            "insert into customers select n, 'a', 'mail ' || n, '{\"k\": 1}', '\(Self.secret) ' || n "
                + "from generate_series(1, 3) n",
            "update customers set name = 'b' where id = 1", "delete from customers where id = 2",
        ] { try connection.run(statement) }
    }

    private static let commands = [
        "log", "log --format patch", "log --format jsonl", "log --format csv", "show 1", "show 1 --format sql",
        "history customers 1", "history customers 1 --format patch", "history customers 1 --format jsonl",
        "blame customers 1", "blame customers 1 --format json", "row customers 1 --at now",
        "row customers 1 --at now --format json", "row customers --at now", "row customers --at now --format json",
        "revert 2", "revert 2 --check", "revert 2 --dry-run", "revert --filter verb:i --check",
    ]

    @Test func noCommandShowsWhatCaptureLeavesOut() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            for command in Self.commands {
                let outcome = try shell("\(program) \(command) \(options)")
                #expect(outcome.status == 0, "\(command): \(outcome.output)")
                #expect(!outcome.output.contains(Self.secret), "\(command): \(outcome.output)")
            }
            let blame = try shell("\(program) blame customers 1 \(options)").output
            #expect(blame.contains("\"••••••\"") && blame.contains("not in the trail"))
            // Nor once the table is not recorded any more, and nobody knows what was left out.
            #expect(try shell("\(program) remove --yes \(options)").status == 0)
            for command in ["history customers 1", "blame customers 1", "blame customers 1 --format json"] {
                let outcome = try shell("\(program) \(command) \(options)")
                #expect(outcome.status == 0 && !outcome.output.contains(Self.secret), "\(command): \(outcome.output)")
            }
        }
    }

    /// The server's detail names the whole row.
    @Test func aDryRunThatFailsDoesNotSayWhatTheServerSaysOfTheRow() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            try connection.run("alter table customers add check (name <> 'a') not valid")
            let outcome = try shell("\(program) revert --filter 'verb:u' --dry-run \(options)")
            #expect(outcome.status == 1 && outcome.output.contains("violates check constraint"), "\(outcome.output)")
            #expect(!outcome.output.contains(Self.secret), "\(outcome.output)")
        }
    }

    @Test func theBrowserShowsNoneOfItEither() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let window = try TerminalWindow()
            try window.run("\(program) --filter verb:u \(options); echo status $?")
            try window.wait(for: "▶")
            var screens: [String] = []
            for (key, text) in [
                ("Enter", "UPDATE 1/1"), ("H", "live ✔"), ("b", "blame: last writer"), ("A", "not in the trail"),
                ("q", "blame: last"),
                ("q", "UPDATE 1/1"), ("r", "1 statement: 1 applies"),
            ] {
                try window.press(key)
                screens.append(try window.wait(for: text))
            }
            #expect(!screens.contains { $0.contains(Self.secret) })
            #expect(screens.contains { $0.contains("\"••••••\"") })
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    /// The words about a conflict name the values that another row has, and those about a value that cannot be read name it.
    @Test func whatIsMaskedIsInNoReasonAndNoError() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run("create table accounts (id int primary key, email text unique, level text)")
            #expect(try shell("\(program) init accounts --yes \(options)").status == 0)
            try connection.run("insert into accounts values (1, '\(Self.secret)', 'x')")
            try connection.run("update accounts set email = 'other'")
            try connection.run("insert into accounts values (2, '\(Self.secret)', 'x')")
            let file = "/tmp/audit-tui-mask-\(getpid())-\(database.name).toml"
            defer { unlink(file) }
            try write("masks = [\"accounts.email\"]\n", to: file)
            let check = "\(program) revert --filter 'verb:u' --check \(options)"
            #expect(try shell(check).output.contains(Self.secret))
            let masked = try shell("\(check) --config \(file)")
            #expect(masked.status == 0 && masked.output.contains("\"verdict\":\"conflict\""), "\(masked.output)")
            #expect(!masked.output.contains(Self.secret), "\(masked.output)")
            let run = try shell("\(program) revert --filter 'verb:u' --dry-run \(options) --config \(file)")
            #expect(run.status == 1 && run.output.contains("the rest may hold masked values"), "\(run.output)")
            #expect(!run.output.contains(Self.secret), "\(run.output)")
            let window = try TerminalWindow()
            try window.run("\(program) --config \(file) --filter verb:u \(options); echo status $?")
            try window.wait(for: "▶")
            try window.press("r")
            try window.wait(for: "1 conflict")
            try window.press(":")
            try window.type("sql")
            try window.press("Enter")
            var pages = [try window.wait(for: "-- bounds")]
            // The parameters of the statement that is given the rows stand behind its text.
            while !pages.suffix(2).joined().contains("jsonb_to_record") || pages.count < 3, let last = pages.last {
                try #require(pages.count < 60)
                try window.press("Space")
                pages.append(try window.wait("to move") { $0 != last })
            }
            #expect(!pages.contains { $0.contains(Self.secret) })
            #expect(pages.joined().contains("= '••••••'"))
            try window.press("Q")
            try window.press("Q")
        }
    }

    /// People are named in lists by a column of their table.
    @Test func actorsAreNotNamedByAMaskedColumn() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run(
                "create table users (id int primary key, email text); create table t (id int primary key)"
            )
            try connection.run("insert into users values (7, '\(Self.secret)@x')")
            #expect(try shell("\(program) init t --actor-table users --yes \(options)").status == 0)
            try connection.run("begin; set local audit.actor_id = '7'; insert into t values (1); commit")
            #expect(try shell("\(program) log \(options)").output.contains(Self.secret))
            let masked = try shell("\(program) log --mask users.email \(options)")
            #expect(masked.status == 0 && masked.output.contains("#7"), "\(masked.output)")
            #expect(!masked.output.contains(Self.secret), "\(masked.output)")
        }
    }

    @Test func whereMasksCannotBeUnderstoodNoCommandShowsAValue() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let folder = "/tmp/audit-tui-masks-broken-\(getpid())-\(database.name)"
            #expect(mkdir(folder, 0o700) == 0)
            defer { _ = try? shell("rm -r \(folder)") }
            let file = "\(folder)/config.toml"
            for text in [
                "\nmasks = [[\"customers.email\"]]\n", "\nmasks = [{ table = \"customers\" }]\n",
                "\nmasks = \"email\"\n",
                "\nmasks = 3\n", "\nmask = [\"customers.email\"]\n", "[profile.x]\nmasks = [\"customers.email\"]\n",
                "masks = [\"a.b\"]\nmasks = [\"customers.email\"]\n", "\nmasks = [\"customers.\"]\n",
            ] {
                try write(text, to: file)
                for command in ["", "status --gaps"] + Self.commands {
                    let outcome = try shell("\(program) \(command) --config \(file) \(options)")
                    #expect(outcome.status == 2, "\(text)\(command): \(outcome.output)")
                    #expect(outcome.output.contains("\(file):2: "), "\(text)\(command): \(outcome.output)")
                    #expect(outcome.output.contains("nothing is shown while it is not known what is masked"))
                    #expect(!outcome.output.contains("mail 1"), "\(text)\(command): \(outcome.output)")
                }
                // What shows no values works, and all that is wrong can be listed.
                #expect(try shell("\(program) status --config \(file) \(options)").output.contains("AUDITED"))
                #expect(try shell("\(program) --check-config \(file)").status == 2)
            }
            let lost = "mkdir -p \(folder)/audit-tui; ln -s /nowhere \(folder)/audit-tui/config.toml"
            let link = try shell("\(lost); XDG_CONFIG_HOME=\(folder) \(program) log \(options)")
            #expect(link.status == 2 && link.output.contains("cannot be read: No such file"), "\(link.output)")
        }
    }

    @Test func noticesOfADryRunCannotActOnTheTerminal() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run("create table orders (id text primary key, status text)")
            #expect(try shell("\(program) init orders --yes \(options)").status == 0)
            try connection.run("insert into orders values (E'\\x1b]0;owned\\x07\\u009b2J', 'old')")
            try connection.run("update orders set status = 'new'; update orders set status = 'newer'")
            try connection.run(
                """
                create function say() returns trigger language plpgsql as
                    $$ begin raise notice E'\\x1b[2Jtwo\\nlines\\u202e'; return new; end $$;
                create trigger say before delete or update on orders for each row execute function say();
                """
            )
            for command in ["verb:i --partial --dry-run", "verb:u --dry-run", "verb:i --dry-run", "verb:u --check"] {
                let outcome = try shell("\(program) revert \(options) --filter \(command)")
                #expect(!outcome.output.isEmpty && actingCharacters(in: outcome.output) == [], "\(outcome.output)")
            }
        }
    }

    /// Whatever the command, and wherever the string was given.
    @Test func noErrorRepeatsAConnectionString() throws {
        let uri = "postgresql://u:\(Self.secret)%@127.0.0.1/db"
        let right = "postgresql://u:\(Self.secret)@127.0.0.1:1/db"
        let folder = "/tmp/audit-tui-strings-\(getpid())"
        #expect(mkdir(folder, 0o700) == 0)
        defer { _ = try? shell("rm -r \(folder)") }
        try write("[profile.x]\nconnection = \"\(uri)\"\n", to: "\(folder)/config.toml")
        try write("[s]\nhost=127.0.0.1\npassword \(Self.secret)\n[t]\ndbname=\(right)\n", to: "\(folder)/services")
        let services = "PGSERVICEFILE=\(folder)/services \(program) log"
        var commands = ["log", "log -d", "status -d", "init t -d", "remove -d", "index -d", ""].map {
            "\(program) \($0) "
        }
        .flatMap { ["\($0)'\(uri)'", "\($0)'host=127.0.0.1 password=a \(Self.secret)'", "\($0)'\(right)'"] }
        commands += [
            "show", "init", "index", "history", "remove", "status --gaps", "revert", "keys", "row", "log x", "lgo x",
        ]
        .map { "\(program) \($0) '\(right)'" }
        commands += [
            "\(program) log --config \(folder)/config.toml --connection-profile x",
            "\(program) log --connection-profile '\(right)'", "\(services) -d service=s", "\(services) -d service=t",
            "PGDATABASE='\(right)' PGHOST=127.0.0.1 PGPORT=1 \(program) log", "PGHOST='\(right)' \(program) log",
            "PGSERVICE='\(right)' \(program) log", "PGPORT='\(right)' \(program) log",
            "PGPASSWORD=\(Self.secret) \(program) log -h 127.0.0.1 -p 1", "\(program) log -h '\(right)'",
            "\(program) log -p '\(right)'", "\(program) log --format '\(right)'", "\(program) log --limit '\(right)'",
        ]
        for command in commands {
            let outcome = try shell(command)
            #expect(outcome.status != 0 && !outcome.output.isEmpty, "\(command)")
            #expect(!outcome.output.contains(Self.secret), "\(command): \(outcome.output)")
        }
    }

    @Test func cellsThatASpreadsheetWouldCalculateAreText() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try connection.run(
                "create table users (id text primary key, name text); create table t (id int primary key)"
            )
            let names = ["=1+1", " =1+1", "@sum(a1)", "+cmd", "-2+3", "-5", "+1.5e3"]
            #expect(try shell("\(program) init t --actor-table users --yes \(options)").status == 0)
            for (id, name) in names.enumerated() {
                try connection.run("insert into users values ('\(id)', '\(name)')")
                try connection.run("begin; set local audit.actor_id = '\(id)'; insert into t values (\(id)); commit")
            }
            let command = "\(program) log --reverse --format csv \(options)"
            let cells = try shell(command).output
            for text in [",'=1+1,", ",' =1+1,", ",'@sum(a1),", ",'+cmd,", ",'-2+3,", ",-5,", ",+1.5e3,"] {
                #expect(cells.contains(text), "\(text) in \(cells)")
            }
            let raw = try shell("\(command) --raw").output
            #expect(raw.contains(",=1+1,") && raw.contains(",\" =1+1\",") && !raw.contains("'"), "\(raw)")
            let refused = try shell("\(program) log --raw \(options)")
            #expect(refused.status == 2 && refused.output.contains("--raw is for --format csv only"))
        }
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        fputs(text, file)
    }
}
