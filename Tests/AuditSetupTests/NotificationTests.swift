import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Telling listening sessions of what is written, which only those have who ask for it.
@Suite struct NotificationTests {
    private func hasTrigger(on connection: borrowing Connection) throws -> Bool {
        try connection.rows("select from pg_trigger where tgname = 'audit_notify'").count == 1
    }

    private func request(notify: Bool?) -> InstallRequest {
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "orders")]
        request.notify = notify
        return request
    }

    @Test func itIsInstalledAndTakenAwayOnRequestOnly() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request(notify: nil), on: connection)
            #expect(try !hasTrigger(on: connection))
            try install(request(notify: true), on: connection)
            #expect(try hasTrigger(on: connection))
            #expect(try plan(for: request(notify: true), on: connection).isEmpty)
            #expect(try plan(for: request(notify: nil), on: connection).isEmpty)
            try connection.run("drop trigger audit_notify on audit.activity")
            try install(request(notify: true), on: connection)
            #expect(try hasTrigger(on: connection))
            try install(request(notify: false), on: connection)
            #expect(try !hasTrigger(on: connection))
            #expect(try plan(for: request(notify: false), on: connection).isEmpty)
        }
    }

    @Test func listenersAreToldOncePerCommit() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int)")
            try install(request(notify: true), on: connection)
            let listener = try database.connect()
            try listener.run("listen audit_tui")
            let writes = "insert into orders select generate_series(1, 3); update orders set id = id + 10"
            var told: [Bool] = []
            for end in ["rollback", "commit"] {
                try connection.run("begin; \(writes); \(end)")
                try listener.run("select 1")
                for _ in 0..<2 { told.append(listener.takeNotifications()) }
            }
            #expect(told == [false, false, true, false])
        }
    }

    @Test func removingTakesItAway() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request(notify: true), on: connection)
            try Installer.remove(RemovalRequest(), auditSchema: "audit", on: connection)
            #expect(try !hasTrigger(on: connection))
            #expect(try connection.rows("select from pg_proc where proname = 'audit_notify'").isEmpty)
        }
    }
}
