import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Whatever the server refuses or breaks off comes as its own error, and not as one of ours.
@Suite struct ServerErrorTests {
    private func error(_ body: () throws -> Void) -> SetupError? {
        do { try body() } catch { return error as? SetupError }
        return nil
    }

    private func isLost(_ error: SetupError?) -> Bool {
        if case .server(.connectionLost) = error { true } else { false }
    }

    private func state(_ error: SetupError?) -> String? {
        if case .server(let error) = error { error.sqlState } else { nil }
    }

    /// A session that has ended by now.
    private func ended(_ database: TestDatabase, by other: borrowing Connection) throws -> Connection {
        let session = try database.connect()
        try other.run("select pg_terminate_backend(\(session.backendPID), 10000)")
        return session
    }

    @Test func aSessionThatHasEndedIsLost() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            let first = try ended(database, by: connection)
            #expect(isLost(error { _ = try Catalog.read(from: first, auditSchema: "audit") }))
            #expect(isLost(error { _ = try Catalog.installations(on: first) }))
            #expect(isLost(error { _ = try install(request("orders"), on: first) }))
            let settings = try database.settings()
            let builder = IndexBuilder(
                on: try ended(database, by: connection),
                settings,
                auditSchema: "audit",
                isStopped: { false },
                report: { _ in }
            )
            #expect(isLost(error { try builder.apply(IndexRequest()) }))
        }
    }

    /// A database may keep from a role who holds its locks.
    @Test func whoHoldsALockMayBeHidden() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("create schema audit authorization \(owner); create schema shop authorization \(owner)")
            let session = try database.connect(as: owner)
            try session.run("create table shop.orders (id int primary key)")
            try connection.run("begin; lock table shop.orders in access exclusive mode")
            try database.connect().run("revoke select on pg_catalog.pg_locks from public")
            let orders = TableName(schema: "shop", name: "orders")
            let error = error {
                try install(
                    request {
                        $0.tables = [orders]
                        $0.lockTimeoutMilliseconds = 50
                    },
                    on: session
                )
            }
            #expect(error == .lockTimeout(table: orders, milliseconds: 50, blockers: []))
            #expect(error?.description.contains("; who held it is no longer to be seen; ") == true)
            try connection.run("rollback")
        }
    }

    /// A database may keep its catalog from a role.
    @Test func aCatalogThatMayNotBeReadIsSaidToBe() throws {
        try withDatabase { connection, database in
            let session = try database.connect(as: try database.makeRole("guest", on: connection))
            try connection.run("revoke select on pg_catalog.pg_class from public")
            #expect(state(error { _ = try Catalog.read(from: session, auditSchema: "audit") }) == "42501")
            #expect(state(error { _ = try Catalog.installations(on: session) }) == "42501")
        }
    }

    @Test func aTrailThatIsLockedHasNoStatus() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            let catalog = try Catalog.read(from: connection, auditSchema: "audit")
            let other = try database.connect()
            try other.run("begin; lock table audit.activity in access exclusive mode")
            try connection.run("set lock_timeout = 50")
            #expect(state(error { _ = try catalog.status(from: connection) }) == "55P03")
        }
    }

    /// Ends the session that builds indexes when the builder says something for which this holds.
    private func building(
        _ database: TestDatabase,
        endingItAt isTime: @escaping (IndexReport) -> Bool
    ) throws -> SetupError? {
        let session = try database.connect()
        let pid = session.backendPID
        var failure: (any Error)?
        let builder = IndexBuilder(
            on: session,
            try database.settings(),
            auditSchema: "audit",
            isStopped: { false },
            report: { report in
                guard isTime(report) else { return }
                do { try database.connect().run("select pg_terminate_backend(\(pid), 10000)") } catch {
                    failure = error
                }
            }
        )
        let error = error { try builder.apply(IndexRequest()) }
        if let failure { throw failure }
        return error
    }

    @Test func aBuildWhoseSessionIsEndedIsLost() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            try install(request("a") { $0.profile = .flask }, on: connection)
            // Before the first step.
            let session = try database.connect()
            let pid = session.backendPID
            let builder = IndexBuilder(
                on: session,
                try database.settings(),
                auditSchema: "audit",
                isStopped: { (try? database.connect().run("select pg_terminate_backend(\(pid), 10000)")) == nil },
                report: { _ in }
            )
            #expect(isLost(error { try builder.apply(IndexRequest()) }))
            // Before its statement is sent.
            #expect(
                isLost(
                    try building(database) { report in
                        if case .progress(let progress) = report { progress.step.hasPrefix("build") } else { false }
                    }
                )
            )
            // While it runs, waiting for a transaction.
            let other = try database.connect()
            try other.run("begin isolation level repeatable read; select 1")
            #expect(
                isLost(
                    try building(database) { report in if case .waiting = report { true } else { false } }
                )
            )
            try other.run("rollback")
        }
    }

    @Test func aBuildThatIsStoppedBeforeItBeginsHasDoneNothing() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            try install(request("a") { $0.profile = .flask }, on: connection)
            #expect(throws: SetupError.indexingStopped(unfinished: nil)) {
                try IndexBuilderTests.apply(in: database, isStopped: { true }, report: { _ in })
            }
        }
    }

    @Test func aSearchForGapsWhoseSessionIsEndedIsLost() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int primary key)")
            try install(request("a"), on: connection)
            try connection.run("insert into a select generate_series(1, 100)")
            let session = try database.connect()
            let pid = session.backendPID
            var failure: (any Error)?
            let checker = GapChecker(on: session, auditSchema: "audit", isStopped: { false }) { _ in
                do { try database.connect().run("select pg_terminate_backend(\(pid), 10000)") } catch {
                    failure = error
                }
            }
            #expect(isLost(error { _ = try checker.check() }))
            if let failure { throw failure }
        }
    }
}
