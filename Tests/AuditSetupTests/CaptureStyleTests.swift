import AuditSetup
import Postgres
import TestDatabase
import Testing

/// That values are recorded in one style in every session, and sessions keep theirs.
@Suite struct CaptureStyleTests {
    private static let foreign = [
        "datestyle": "SQL, DMY", "intervalstyle": "sql_standard", "bytea_output": "escape", "extra_float_digits": "-3",
    ]
    private static let table = """
        (id int primary key, span daterange, pause interval, image bytea, ratio float8, name text)
        """
    private static let settings = foreign.keys.sorted()

    private func shown(_ connection: borrowing Connection) throws -> [String] {
        try Self.settings.flatMap { try connection.rows("show \($0)") }
    }

    @Test(arguments: ["", " partition by range (id)"], ["set", "set local"])
    func aSessionsStyleIsNotRecordedAndKept(kind: String, verb: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table t \(Self.table)\(kind)")
            if !kind.isEmpty { try connection.run("create table t_1 partition of t default") }
            try install(request("t"), on: connection)
            try connection.run("begin")
            for (setting, value) in Self.foreign { try connection.run("\(verb) \(setting) = '\(value)'") }
            let before = try shown(connection)
            try connection.run(
                """
                insert into t values (1, daterange('2026-02-01', '2026-03-01'), '1 mon 2 days', '\\x00ff', 1/3::float8, 'a');
                update t set name = 'a';
                update t set span = daterange('2026-02-02', '2026-03-01'), pause = '3 days', image = '\\x01', ratio = 2/3::float8;
                delete from t; insert into t (id) select 1 where false; truncate t
                """
            )
            #expect(try shown(connection) == before)
            try connection.run("commit")
            if verb == "set" { #expect(try shown(connection) == before) }
            #expect(
                try connection.rows(
                    "select old_data ->> 'span', old_data ->> 'pause', old_data ->> 'image', old_data ->> 'ratio' "
                        + "from audit.activity where verb in ('update', 'delete') order by id"
                ) == [
                    #"[2026-02-01,2026-03-01) | 1 mon 2 days | \x00ff | 0.3333333333333333"#,
                    #"[2026-02-02,2026-03-01) | 3 days | \x01 | 0.6666666666666666"#,
                ]
            )
            #expect(try connection.rows("select verb from audit.activity order by id").count == 4)
        }
    }

    @Test func aFailedWriteGivesTheStyleBack() throws {
        try withDatabase { connection, _ in
            try connection.run("create table t \(Self.table)")
            try install(request("t"), on: connection)
            try connection.run("alter table audit.activity add constraint refused check (table_name <> 't')")
            try connection.run("set intervalstyle = 'sql_standard'; begin; savepoint s")
            #expect(throws: PostgresError.self) { try connection.run("insert into t (id) values (1)") }
            try connection.run("rollback to s")
            #expect(try connection.rows("show intervalstyle") == ["sql_standard"])
            try connection.run("commit")
            #expect(try connection.rows("show intervalstyle") == ["sql_standard"])
        }
    }
}
