import Glibc
import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// Servers that are not quite one's own: behind a pooler, or standbys.
@Suite(.serialized) struct PoolerTests {
    /// A command as the user that servers run as, which is not root.
    private func unprivileged(_ command: String) -> String {
        getuid() == 0 ? "runuser -u postgres -- sh -c \(quoted(command))" : "sh -c \(quoted(command))"
    }

    private func makeShop(_ connection: borrowing Connection, _ options: String) throws {
        try connection.run("create table orders (id int primary key, status text)")
        #expect(try shell("\(program) --init orders --yes \(options)").status == 0)
        for id in 1...5 { try connection.run("insert into orders values (\(id), 'new')") }
        try connection.run("update orders set status = 'paid' where id = 1")
    }

    /// Goes through the views and quits.
    private func browse(_ window: TerminalWindow, _ options: String) throws {
        try window.run("\(program) \(options); echo status $?")
        try window.wait(for: "▶")
        let steps = [
            ("Enter", "+ status"), ("H", "live ✔"), ("b", "blame"), ("A", "as of"), ("q", "blame"), ("q", "+ status"),
            ("r", "1 statement: 1 applies"), ("q", "+ status"), ("q", "WHAT CHANGED"),
            ("2", "recording"), ("3", "LAST CLIENT"), ("4", "FROM (UTC)"), ("5", "recorded tables"),
            ("S", "public.orders"),
            ("1", "WHAT CHANGED"), ("F", "● FOLLOW"),
        ]
        for (key, text) in steps {
            try window.press(key)
            try window.wait(for: text)
        }
    }

    @Test func aPoolerThatHandsOutSessionsByTheTransactionIsLeftAsItWas() throws {
        try withDatabase { connection, database in
            try makeShop(connection, database.options())
            let settings = try database.settings()
            let folder = "/tmp/audit-tui-pooler-\(getpid())"
            let configuration = """
                [databases]
                * = host=\(settings.host ?? "") port=\(settings.port ?? "5432") user=postgres
                [pgbouncer]
                listen_addr =
                listen_port = 6432
                unix_socket_dir = \(folder)
                auth_type = any
                pool_mode = transaction
                default_pool_size = 1
                logfile = \(folder)/log
                pidfile = \(folder)/pid
                """
            let start = """
                mkdir -m 777 \(folder); printf '%s\\n' \(quoted(configuration)) >\(folder)/pgbouncer.ini
                PATH=$PATH:/usr/sbin; \(unprivileged("pgbouncer -q -d \(folder)/pgbouncer.ini"))
                """
            let outcome = try shell(start)
            #expect(outcome.status == 0, "\(outcome.output)")
            defer { _ = try? shell("kill $(cat \(folder)/pid); rm -rf \(folder)") }
            let options = "-h \(folder) -p 6432 -U postgres -d \(database.name)"

            let window = try TerminalWindow()
            try browse(window, options)
            try connection.run("insert into orders values (99, 'followed')")
            try window.wait(for: "7 tx")
            try window.press("Q")
            try window.wait(for: "status 0")
            #expect(try shell("\(program) log --format jsonl \(options) | wc -l").output == "7\n")
            #expect(try shell("\(program) history orders 1 --format jsonl \(options) | wc -l").output == "2\n")

            // What holds a lock and a path for as long as it runs has to know whose session it is.
            let index = try shell("\(program) index --drop --yes \(options)")
            #expect(index.status == 1 && index.output.contains("pooler"), "\(index.output)")
            let locks = """
                select count(*)
                from pg_locks as l
                join pg_database as d on d.oid = l.database and d.datname = current_database()
                where l.locktype = 'advisory'
                """
            #expect(try connection.rows(locks) == ["0"])

            // Whoever has the session of the server next finds it as it was, and can write.
            var next = ConnectionSettings(database: database.name, host: folder, port: "6432", user: "postgres")
            next.applicationName = "application"
            let application = try Connection.open(next)
            let left = """
                select current_setting('default_transaction_read_only'), current_setting('search_path'),
                  current_setting('statement_timeout'), (select count(*) from pg_listening_channels()),
                  (select count(*) from pg_prepared_statements)
                """
            #expect(try application.rows(left) == ["off | \"$user\", public | 0 | 0 | 0"])
            try application.run("update orders set status = 'shipped' where id = 2")
            // A browsing session is read-only all the same.
            let trail = try shell("\(program) log --limit 1 --format jsonl \(options)").output
            #expect(trail.contains(#""changed":{"status":"shipped"}"#))
        }
    }

    @Test func aStandbyIsBrowsedFully() throws {
        let primary = try PrivateServer.start(configuration: [("wal_level", "replica"), ("max_wal_senders", "4")])
        let connection = try Connection.open(primary.settings())
        try makeShop(connection, "-h \(primary.folder) -p 5432 -U postgres -d postgres")
        let folder = "/tmp/audit-tui-standby-\(getpid())"
        let copy = """
            bin=$(pg_config --bindir); mkdir -m 700 \(folder)/data
            $bin/pg_basebackup -h \(primary.folder) -p 5432 -U postgres -D \(folder)/data -X stream -R -c fast
            $bin/pg_ctl -D \(folder)/data -l \(folder)/log -w -o '-k \(folder) -c port=5433 -c wal_level=replica' start >/dev/null
            """
        let outcome = try shell("mkdir -m 777 \(folder); \(unprivileged(copy))")
        defer {
            _ = try? shell(unprivileged("$(pg_config --bindir)/pg_ctl -D \(folder)/data -m immediate stop"))
            _ = try? shell("rm -rf \(folder)")
        }
        #expect(outcome.status == 0, "\(outcome.output)")
        let window = try TerminalWindow()
        try browse(window, "-h \(folder) -p 5433 -U postgres -d postgres")
        try connection.run("insert into orders values (99, 'followed')")
        try window.wait(for: "7 tx")
        try window.press("Q")
        try window.wait(for: "status 0")
    }
}
