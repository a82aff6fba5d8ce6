import Postgres
import TestDatabase
import TestProgram
import Testing

/// A database that was dumped and restored goes on being recorded.
@Suite struct RestoreTests {
    @Test func whatARestoredDatabaseRecordsIsRight() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table orders (gone int, id int primary key, status text, last int);
                alter table orders drop column gone; insert into orders values (1, 'a', 1)
                """
            )
            let outcome = try shell("\(program) init --yes orders \(try database.options())")
            try #require(outcome.status == 0, "\(outcome.output)")
            try connection.run("begin; set local audit.actor_id = 'old'; update orders set status = 'b'; commit")
            try withDatabase { restored, target in
                let copy = "pg_dump \(try database.options()) | psql -X -q -v ON_ERROR_STOP=1 \(try target.options())"
                let dumped = try shell(copy)
                try #require(dumped.status == 0, "\(dumped.output)")
                try restored.run(
                    "update orders set last = 2; alter table orders add column more int; update orders set more = 3"
                )
                let rows = try restored.rows(
                    "select changed_data, t.actor_id from activity a join transaction t on t.id = a.transaction_id order by a.id"
                )
                #expect(rows == [#"{"status": "b"} | old"#, #"{"last": 2} | ∅"#, #"{"more": 3} | ∅"#])
                let status = try shell("\(program) status \(try target.options())")
                #expect(status.status == 5 && status.output.contains("stale"), "\(status.output)")
                let repair = try shell("\(program) init --yes \(try target.options())")
                #expect(repair.output.contains("renew the capture of public.orders"), "\(repair.output)")
                let again = try shell("\(program) init --yes orders \(try target.options())")
                #expect(again.output.contains("Nothing to do"), "\(again.output)")
                try restored.run("update orders set more = 4")
                let count = try restored.rows("select count(*) from activity")
                #expect(count == ["4"])
            }
        }
    }

    /// `pg_dump -x` leaves out all grants, also those that recording has.
    @Test func aDatabaseRestoredWithoutItsGrantsIsNamedAndMended() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("create table orders (id int primary key); alter table orders owner to \(owner)")
            #expect(try database.run("init orders --schema audit --always --yes").status == 0)
            try withDatabase { restored, target in
                let copy =
                    "pg_dump -x \(try database.options()) | psql -X -q -v ON_ERROR_STOP=1 \(try target.options())"
                #expect(try shell(copy).status == 0)
                let session = try target.connect(as: owner)
                #expect(throws: PostgresError.self) { try session.run("insert into orders values (1)") }
                let status = try target.run("status")
                #expect(status.status == 5, "\(status.output)")
                #expect(
                    status.output.contains(
                        "write_fails  audit.activity: writes fail that are recorded as role \(owner), "
                    )
                )
                #expect(status.output.contains("usage on schema audit, insert on table audit.activity"))
                let mended = try target.run("init --yes")
                #expect(mended.output.contains("grant role \(owner) what recording needs"), "\(mended.output)")
                try session.run("insert into orders values (1)")
                #expect(try restored.rows("select changed_data from audit.activity") == [#"{"id": 1}"#])
                #expect(try target.run("status").status == 0)
                let mayCall = "select has_function_privilege('public', 'audit.audit_transaction()', 'execute')"
                #expect(try restored.rows(mayCall) == ["f"])
                try restored.run("drop owned by \(owner)")
            }
        }
    }
}
