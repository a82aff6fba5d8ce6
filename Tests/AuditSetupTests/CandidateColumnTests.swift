import AuditSetup
import AuditTrail
import TestDatabase
import Testing

/// What is said of a column before it is audited.
@Suite struct CandidateColumnTests {
    @Test func columnsOfCandidatesShowTheirTypesAsTheTrailStoresThem() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create type mood as enum ('glad'); create domain price as numeric(12, 2); create type pair as (a int, b int);
                create table t (
                    id bigint primary key, mood mood, cost price, double price generated always as (cost * 2) stored,
                    code varchar(8), flags boolean[], pair pair, doc json, at timestamptz, pin text, gone int
                );
                alter table t drop column gone
                """
            )
            var request = request("t")
            request.excludedColumns = [ColumnName(table: TableName(schema: "public", name: "t"), name: "code")]
            try install(request, on: connection)
            let columns = try Catalog.read(from: connection, auditSchema: "audit").candidates[0].columns
            #expect(
                columns.map { "\($0.name) \($0.type) \($0.sample)" } == [
                    "id bigint 1", #"mood public.mood "public.mood""#, "cost public.price 1.5",
                    "double public.price 1.5",
                    #"code character varying(8) "text""#, "flags boolean[] […]", "pair public.pair {…}", "doc json {…}",
                    #"at timestamp with time zone "2026-01-31T13:45:00+00:00""#, #"pin text "text""#,
                ]
            )
            #expect(columns.filter(\.isGenerated).map(\.name) == ["double"])
            #expect(columns.filter(\.isExcluded).map(\.name) == ["code", "pin"])
            #expect(columns.filter(\.isSuspicious).map(\.name) == ["pin"])
        }
    }

    /// The kind of each made-up value is that of a real one in the trail.
    @Test func samplesAreOfTheKindThatIsStored() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create type mood as enum ('glad'); create type pair as (a int, b text);
                create domain price as numeric(12, 2); create domain moods as mood[]; create domain two as pair;
                create table t (
                    id int primary key, a smallint, b bigint, c numeric, d real, e double precision, f boolean, g json, h jsonb,
                    i text, j varchar(3), k char(2), l "char", m name, n bytea, o date, p time, q timetz, r timestamp,
                    s timestamptz, t interval, u uuid, v inet, w money, x oid, y regclass, z bit(3), aa xml, ab int4range,
                    ac point, ad tsvector, ae int[], af text[], ag json[], ah mood, ai mood[], aj pair, ak pair[], al price,
                    am moods, an two, ao int2vector, ap xid8, aq pg_lsn, ar price[], at jsonpath, au oidvector
                )
                """
            )
            try install(request("t"), on: connection)
            let columns = try Catalog.read(from: connection, auditSchema: "audit").candidates[0].columns
            try connection.run(
                """
                insert into t values (
                    1, 1, 1, 1, 1, 1, true, '{}', '{}', '', '', '', '', '', '', '2026-01-31', '13:45', '13:45+00', '2026-01-31',
                    '2026-01-31', '1 day', '00000000-0000-0000-0000-000000000000', '::1', 1, 1, 't', '101', '<a/>', '[1,2)', '(1,2)',
                    'a', '{1}', '{a}', '{"{}"}', 'glad', '{glad}', (1, ''), '{}', 1, '{glad}', (1, ''), '1', '1', '0/1', '{1}', '$', '1'
                )
                """
            )
            let stored = try connection.rows(
                "select key, jsonb_typeof(value) from audit.activity, jsonb_each(changed_data) order by key"
            )
            #expect(stored.count == columns.count)
            #expect(columns.map { "\($0.name) | \(kind($0.sample))" }.sorted() == stored.sorted())
        }
    }

    private func kind(_ sample: SampleValue) -> String {
        switch sample {
        case .number: "number"
        case .boolean: "boolean"
        case .text: "string"
        case .object: "object"
        case .array: "array"
        }
    }
}
