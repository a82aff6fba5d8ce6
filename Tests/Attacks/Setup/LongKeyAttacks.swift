import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That keys which a table accepts never make a write fail for the sake of the trail's indexes.
@Suite struct LongKeyAttacks {
    @Test(arguments: [
        ("bytea", "(select string_agg(decode(md5(g::text), 'hex'), '') from generate_series(1, 94) as g)"),
        ("int[]", "(select array_agg(g * 7919 % 100003) from generate_series(1, 500) as g)"),
        (
            "numeric",
            "(select string_agg((hashint4(g) & 2147483647)::text, '') from generate_series(1, 470) as g)::numeric"
        ),
        ("varbit", "(select string_agg(hashint4(g)::bit(32)::text, '') from generate_series(1, 625) as g)::varbit"),
        ("text", "(select left(string_agg(md5(g::text), ''), 2660) from generate_series(1, 90) as g)"),
    ])
    func aLongKeyIsWrittenAndRecorded(type: String, value: String) throws {
        try withDatabase { connection, database in
            try connection.run("create table public.words (k \(type) primary key, v int)")
            try install([table("words")], in: database)
            try connection.run(
                "insert into public.words values (\(value), 1); update public.words set v = 2; delete from public.words"
            )
            #expect(try connection.rows("select count(*) from audit.activity") == ["3"])
        }
    }

    @Test func anIndexOfAnEarlierVersionIsNamedAndReplaced() throws {
        try withDatabase { connection, database in
            try connection.run("create table public.words (k text primary key, v int)")
            try install([table("words")], in: database)
            try connection.run(
                """
                drop index audit.ix_audit_activity_row_k;
                create index ix_audit_activity_row_k on audit.activity
                    (table_name, coalesce(old_data ->> 'k', changed_data ->> 'k'), id)
                    where coalesce(old_data ->> 'k', changed_data ->> 'k') is not null
                """
            )
            #expect(
                try holes(in: database).contains {
                    $0.contains("ix_audit_activity_row_k makes writes of long keys fail")
                }
            )
            try install([], in: database)
            #expect(try !holes(in: database).contains { $0.contains("row_k") })
            #expect(
                try connection.rows("select indexdef from pg_indexes where indexname = 'ix_audit_activity_row_k'")
                    .allSatisfy { $0.contains("<= 2000") }
            )
        }
    }
}
