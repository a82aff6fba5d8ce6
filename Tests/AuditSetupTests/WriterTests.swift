import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Writers who are in the middle of a transaction while something is set up.
@Suite struct WriterTests {
    @Test func whoMayNotLockItsOwnTablesSetsUpAllTheSame() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("create schema audit authorization \(owner); grant create on schema public to \(owner)")
            let session = try database.connect(as: owner)
            try session.run("create table orders (id int primary key)")
            try install(request("orders"), on: session)
            try session.run("alter table orders add column n int; revoke all on orders from \(owner)")
            try install(request(), on: session)
            #expect(try plan(for: request(), on: session).isEmpty)
        }
    }
}
