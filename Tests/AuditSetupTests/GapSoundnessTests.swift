import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditSetup

/// What was recorded is no gap, however it was written, and what was not is still found beside it.
@Suite struct GapSoundnessTests {
    private static let off = "set flask_audit_logger.enable_versioning = 'false'"

    /// Runs the writes in sessions of their own, one for each element; there must be no gap, and one after `unrecorded`.
    private func expectSound(
        _ schema: String,
        _ writes: [String],
        unrecorded: String,
        _ gaps: [String],
        excluding: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try withDatabase { connection, database in
            try connection.run(schema)
            try install(
                request("t") { $0.excludedColumns = excluding.map { ColumnName(table: table("t"), name: $0) } },
                on: connection
            )
            for write in writes {
                let session = try database.connect()
                try session.run(write)
            }
            let before = try gapTexts(in: database)
            #expect(before == [], sourceLocation: sourceLocation)
            try connection.run("\(Self.off); \(unrecorded)")
            let after = try gapTexts(in: database)
            #expect(after == gaps, sourceLocation: sourceLocation)
        }
    }

    @Test func keysMayMove() throws {
        try expectSound(
            "create table t (id int primary key, n int)",
            [
                "insert into t select i, i from generate_series(1, 5) as i", "update t set id = 10 where id = 1",
                "update t set id = 1, n = 7 where id = 2", "insert into t values (2, 8)",
                "begin; update t set id = 11 where id = 3; update t set id = 3 where id = 4; update t set n = 0 where id = 3; commit",
                "delete from t where id = 10; insert into t values (10, 3)", "update t set id = id + 100",
            ],
            unrecorded: "update t set id = 10 where id = 102; update t set n = -1 where id = 110",
            [
                #"t {"id":102} delete"#, #"t {"id":10} insert"#, #"t {"id":110} update n"#,
            ]
        )
    }

    @Test func keysMayBeExchanged() throws {
        try expectSound(
            "create table t (id int primary key deferrable initially deferred, n int)",
            [
                "insert into t values (1, 1), (2, 2), (3, 3)", "update t set id = 3 - id where id < 3",
                "update t set id = id % 3 + 1",
                "begin; update t set id = 1 where n = 1; update t set n = n + 10; update t set id = 3 where n = 13; commit",
                "begin; insert into t values (1, 99); delete from t where id = 1 and n <> 99; commit",
            ],
            unrecorded: "update t set n = 0 where id = 1",
            [#"t {"id":1} update n"#]
        )
    }

    @Test func aTriggerMayWriteTheRowBeforeItIsRecorded() throws {
        try expectSound(
            """
            create table t (id int primary key, n int, path text);
            create function path() returns trigger language plpgsql as $$ begin
                if new.path is distinct from '/' || new.id || '/' || new.n then
                    update t set path = '/' || new.id || '/' || new.n where id = new.id;
                end if;
                return null;
            end $$;
            create trigger a_path after insert or update on t for each row execute function path()
            """,
            [
                "insert into t values (1, 1), (2, 2)", "update t set n = n + 1",
                "begin; update t set n = 7; update t set n = 8; commit",
                "update t set id = id + 10",
            ],
            unrecorded: "set session_replication_role = replica; update t set n = 0 where id = 11",
            [#"t {"id":11} update n"#]
        )
    }

    @Test(.enabled("the statement came with PostgreSQL 15") { try TestDatabase.serverVersion() >= 15 })
    func mergeMayDeleteAndMove() throws {
        try expectSound(
            "create table t (id int primary key, n int)",
            [
                "insert into t select i, i from generate_series(1, 4) as i",
                """
                merge into t using (values (1, 'd'), (2, 'm'), (9, 'i')) as s (id, what) on t.id = s.id
                when matched and what = 'd' then delete when matched then update set id = 1
                when not matched then insert values (s.id, 0)
                """,
                "with d as (delete from t where id = 3 returning n) insert into t select 30, n from d",
            ],
            unrecorded: "delete from t where id = 30",
            [#"t {"id":30} delete"#]
        )
    }

    @Test func excludedAndChangingColumnsAreNotCompared() throws {
        try expectSound(
            "create table t (id int primary key, a text, secret text, b int)",
            [
                "insert into t values (1, 'a', 's', 1), (2, 'b', 't', 2), (3, 'c', 'u', 3)",
                "update t set secret = 'x'",
                "update t set secret = 'y', a = 'z' where id = 1",
                "alter table t add column added int default 5; update t set b = 7 where id = 1",
                "alter table t drop column a; update t set b = 8 where id = 2", "update t set added = 6",
                "alter table t rename column b to c", "update t set c = 9 where id = 3",
                "alter table t alter column c type bigint; alter table t alter column c type text",
            ],
            unrecorded: "update t set secret = 'z'; update t set added = null where id = 2",
            [#"t {"id":2} update added"#],
            excluding: ["secret"]
        )
    }

    @Test func aColumnMayBeExcludedForATime() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, n int, note text)")
            try install(request("t"), on: connection)
            try connection.run("insert into t values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')")
            try install(
                request("t") { $0.excludedColumns = [ColumnName(table: table("t"), name: "note")] },
                on: connection
            )
            try connection.run("update t set note = 'z'; update t set n = n + 1 where id < 3")
            #expect(try gapTexts(in: database) == [])
            try connection.run("drop trigger audit_trigger_insert on t; drop trigger audit_trigger_update on t")
            try connection.run("drop trigger audit_trigger_delete on t; drop trigger audit_trigger_truncate on t")
            try install(request("t"), on: connection)
            try connection.run("update t set n = n + 1 where id = 1")
            // Row 3 was last recorded with its old note, and notes are recorded again.
            #expect(try gapTexts(in: database) == [])
            try connection.run(
                "\(Self.off); update t set note = 'y', n = 0 where id = 3; update t set note = 'y' where id = 1"
            )
            #expect(try gapTexts(in: database) == [#"t {"id":1} update note"#, #"t {"id":3} update n"#])
        }
    }

    @Test func writersMaySpellValuesTheirWay() throws {
        let spellings = [
            "set timezone = 'UTC'", "set timezone = 'Asia/Kathmandu'; set intervalstyle = 'iso_8601'",
            "set timezone = 'America/St_Johns'; set intervalstyle = 'sql_standard'; set bytea_output = 'escape'",
            "set intervalstyle = 'postgres_verbose'; set extra_float_digits = 0",
        ]
        let writes = spellings.flatMap { setting in
            [
                """
                \(setting); update t set n = n + 1;
                insert into t (id, n) select max(id) + 1, 0 from t
                """,
                "\(setting); update t set z = z + '1 hour', w = w + '1 day 02:03:04.5', y = y || '\\x0041ff'::bytea, f = f * 3",
            ]
        }
        try expectSound(
            """
            create type moment as (z timestamptz, note text);
            create domain span as interval;
            create table t (id int primary key, n int,
                z timestamptz default '2026-07-01 12:00:00.5+00', zs timestamptz[] default '{2026-01-01 00:00+00,infinity,null}',
                w interval default '1 year 2 mons -3 days 04:05:06.789', s span default '-1 day', y bytea default '\\xdeadbeef27',
                f float8 default 0.1, g real default 0.1, m moment default row('2026-01-01 00:00+00', 'x'),
                r tstzrange default '[2026-01-01 00:00+00,2026-02-01 00:00+00)', c regclass default 'pg_class',
                gone timestamptz default '2026-01-01 00:00+00')
            """,
            ["insert into t (id, n) values (1, 1), (2, 2)"] + writes
                + ["\(spellings[1]); alter table t drop column gone; update t set n = 0"],
            unrecorded: """
                update t set z = z + '1 second', zs[1] = '2026-01-01 00:00:01+00' where id = 1;
                update t set w = '1 day', y = '\\x00' where id = 2; update t set m = row(z, 'y'), r = 'empty', s = '1 s' where id = 3
                """,
            [
                #"t {"id":1} update z,zs"#, #"t {"id":2} update w,y"#, #"t {"id":3} update m,r,s"#,
            ]
        )
    }

    @Test func keysMayBeOfAnyTypeAndNumber() throws {
        try expectSound(
            """
            create table t (at timestamptz, name text, n numeric, y bytea, w interval, v int, primary key (at, name, n, y, w))
            """,
            [
                #"insert into t values ('2026-01-01 00:00+00', 'it''s, "x"', 1.0, '\x00ff', '1 day', 1), ('2026-01-01 00:00+00', '', 2, '\x', '0', 2)"#,
                "set timezone = 'Asia/Kathmandu'; set intervalstyle = 'iso_8601'; set bytea_output = 'escape'; update t set v = v + 1",
                "update t set n = 1.000, v = 9 where n = 1",
                "set timezone = 'Asia/Tokyo'; update t set name = name || 'é' where n = 2",
            ],
            unrecorded: "update t set v = 0 where n = 1; delete from t where n = 2",
            [
                #"t {"at":"2026-01-01T00:00:00+00:00","name":"it's,\"x\"","n":1.0,"y":"\\x00ff","w":"1day"} update v"#,
                #"t {"at":"2026-01-01T09:00:00+09:00","name":"é","n":2,"y":"\\x","w":"00:00:00"} delete"#,
            ]
        )
    }

    @Test func namesMayBeHostile() throws {
        try withDatabase { connection, database in
            let name = TableName(schema: "se\"le:ct'", name: "ta:\"only\" $1 'b\\le\u{202E}")
            let quotedName = "\(quotedIdentifier(name.schema)).\(quotedIdentifier(name.name))"
            try connection.run(
                """
                create schema \(quotedIdentifier(name.schema));
                create table \(quotedName) ("i:d ""x'" int, ":columns" text, "a\\,b" int, primary key ("i:d ""x'", ":columns"))
                """
            )
            var request = InstallRequest()
            request.tables = [name]
            try install(request, on: connection, schema: "au\"dit'")
            try connection.run("insert into \(quotedName) values (1, 'k', 1), (2, 'l', 2)")
            try connection.run("update \(quotedName) set \"a\\,b\" = 3 where \":columns\" = 'k'")
            #expect(try gapTexts(in: database, schema: "au\"dit'") == [])
            try connection.run("\(Self.off); update \(quotedName) set \"a\\,b\" = 4")
            let gaps = try findGaps(in: database, schema: "au\"dit'").gaps
            #expect(gaps.map(\.table) == [name, name] && gaps.map(\.columns) == [["a\\,b"], ["a\\,b"]])
        }
    }

    @Test func valuesThatOnlyLookLikeOthersAreComparedAsTheyAreWritten() throws {
        try expectSound(
            "create table t (id int primary key, gone text, note text, j jsonb)",
            ["insert into t values (1, '2026-13-45T99:99:99', '2026-01-01T00:00:00+00:00', '{\"a\": 1}')"],
            unrecorded: """
                update t set gone = '2026-13-45T99:99:98', note = '2026-01-01T01:00:00+01:00', j = '{"b": 1}';
                reset flask_audit_logger.enable_versioning; update t set id = 2; alter table t drop column gone
                """,
            [#"t {"id":1} update gone,j,note"#]
        )
    }
}
