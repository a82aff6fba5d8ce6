import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Columns that are computed when they are read, of which triggers see nothing.
@Suite(.enabled("virtual columns came with PostgreSQL 18") { try TestDatabase.serverVersion() >= 18 })
struct VirtualColumnTests {
    /// Kinds of tables, with what captures their rows in another way.
    private static let tables = [
        "(id int primary key, a int, v int generated always as (a * 2) virtual, s int generated always as (a * 3) stored)",
        "(id int primary key, a int, j json, v int generated always as (a * 2) virtual)",
        "(id int primary key, a int, v int generated always as (a * 2) virtual) partition by range (id)",
    ]

    @Test(arguments: tables, [false, true])
    func theyAreNotRecordedAndNoGap(definition: String, isStale: Bool) throws {
        try withDatabase { connection, database in
            try connection.run("create table t \(definition)")
            if definition.contains("partition by") { try connection.run("create table p partition of t default") }
            try install(request("t"), on: connection)
            if isStale { try connection.run("alter table t add column w int generated always as (a * 4) virtual") }
            try connection.run(
                "insert into t (id, a) values (1, 5), (2, 5); update t set a = 6 where id = 1; delete from t where id = 2"
            )
            #expect(
                try connection.rows(
                    "select verb, old_data - 's' - 'j', changed_data - 's' - 'j' from audit.activity order by id"
                ) == [
                    #"insert | {} | {"a": 5, "id": 1}"#, #"insert | {} | {"a": 5, "id": 2}"#,
                    #"update | {"a": 5, "id": 1} | {"a": 6}"#, #"delete | {"a": 5, "id": 2} | {}"#,
                ]
            )
            let checker = GapChecker(
                on: try database.connect(),
                auditSchema: "audit",
                isStopped: { false },
                report: { _ in }
            )
            #expect(try checker.check().gaps == 0)
        }
    }
}
