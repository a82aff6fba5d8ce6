import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Trails whose tables were partitioned after they had been set up.
@Suite struct PartitionedTrailTests {
    private func status(_ connection: borrowing Connection, schema: String = "audit") throws -> Status {
        try Catalog.read(from: connection, auditSchema: schema).status(from: connection)
    }

    /// Makes what there is of `activity`, and of `transaction` where that is asked for, the part before today of a
    /// partitioned table.
    private func partition(_ relations: [String], in schema: String, on connection: borrowing Connection) throws {
        for name in relations {
            try connection.run(
                """
                alter table \(schema).\(name) rename to \(name)_old;
                create table \(schema).\(name) (like \(schema).\(name)_old including defaults) partition by range (issued_at);
                alter table \(schema).\(name) attach partition \(schema).\(name)_old
                    for values from (minvalue) to ('2020-01-01')
                """
            )
        }
    }

    private func addPartitions(_ relations: [String], in schema: String, on connection: borrowing Connection) throws {
        for name in relations {
            try connection.run(
                "create table \(schema).\(name)_new partition of \(schema).\(name) for values from ('2020-01-01') to (maxvalue)"
            )
        }
    }

    private func withTrail(
        _ relations: [String],
        schema: String = "audit",
        _ body: (borrowing Connection, TestDatabase) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, n int)")
            try install(request("orders") { $0.always = true }, on: connection, schema: schema)
            try connection.run("insert into orders values (1, 1)")
            try connection.run(
                """
                update \(schema).transaction set issued_at = '2019-05-01'; update \(schema).activity set issued_at = '2019-05-01';
                alter table \(schema).activity drop constraint activity_transaction_id_fkey
                """
            )
            try partition(relations, in: schema, on: connection)
            try body(connection, database)
        }
    }

    @Test(arguments: [["activity"], ["activity", "transaction"]], ["audit", "public"])
    func initAndIndexGoOn(relations: [String], schema: String) throws {
        try withTrail(relations, schema: schema) { connection, database in
            try addPartitions(relations, in: schema, on: connection)
            try install(request(), on: connection, schema: schema)
            #expect(try plan(for: request(), on: connection, schema: schema).isEmpty)
            #expect(try status(connection, schema: schema).holes == [])
            try IndexBuilderTests.apply(in: database, schema: schema)
            try connection.run("update orders set n = 2; delete from orders")
            #expect(
                try connection.rows("select verb from \(schema).activity order by id") == [
                    "insert", "update", "delete",
                ]
            )
            let contexts = try connection.rows(
                "select t.context ? 'db' from \(schema).activity a join \(schema).transaction t on t.id = a.transaction_id"
            )
            #expect(contexts == ["t", "t", "t"])
        }
    }

    @Test func aPartitionThatIsMissingNowOrSoonIsNamed() throws {
        try withTrail(["activity"]) { connection, _ in
            #expect(throws: PostgresError.self) { try connection.run("update orders set n = 2") }
            let holes = try status(connection).holes.filter { $0.kind == .writeFails }
            #expect(
                holes.map(\.detail) == ["writes fail: audit.activity has no partition for the present; make one"]
            )
            let end = try connection.rows("select ((now() at time zone 'UTC') + interval '3 days')::text")[0]
            try connection.run(
                "create table audit.activity_now partition of audit.activity for values from ('2020-01-01') to ('\(end)')"
            )
            let soon = try status(connection)
            #expect(!soon.holes.contains { $0.kind == .writeFails })
            #expect(
                soon.notes == [
                    "audit.activity has no partition for what is written a week from now: writes will fail"
                ]
            )
            try connection.run("create table audit.activity_rest partition of audit.activity default")
            #expect(try status(connection).notes == [])
        }
    }

    @Test(arguments: [
        "partition by list (verb)", "partition by hash (id)", "partition by range (id)",
        "partition by range (issued_at, id)",
    ])
    func ofOtherPartitionsAnyWillDo(key: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            try connection.run(
                """
                alter table audit.activity rename to activity_old;
                create table audit.activity (like audit.activity_old including defaults) \(key)
                """
            )
            #expect(try status(connection).holes.contains { $0.kind == .writeFails })
            let bounds =
                switch key {
                case _ where key.contains("list"): "in ('insert', 'update')"
                case _ where key.contains("hash"): "with (modulus 1, remainder 0)"
                case _ where key.contains(","): "from (minvalue, minvalue) to (maxvalue, maxvalue)"
                default: "from (1) to (1000)"
                }
            try connection.run("create table audit.part partition of audit.activity for values \(bounds)")
            #expect(try !status(connection).holes.contains { $0.kind == .writeFails })
        }
    }

    @Test func sizesAndGrantsOfPartitionsCount() throws {
        try withTrail(["activity"]) { connection, _ in
            try addPartitions(["activity"], in: "audit", on: connection)
            try install(request(), on: connection)
            try connection.run("update orders set n = n + 1")
            #expect(try status(connection).activityBytes > 8192)
            #expect(try status(connection).holes == [])
            try connection.run(
                "grant delete on audit.activity_new to public; grant update (verb) on audit.activity_old to public"
            )
            #expect(try status(connection).holes.map(\.kind) == [.alterable])
            try install(request(), on: connection)
            #expect(try status(connection).holes == [])
            #expect(
                try connection.rows("select has_table_privilege('public', 'audit.activity_new', 'delete')") == ["f"]
            )
        }
    }

    @Test func partitionsAreCompressedLikeTheRest() throws {
        try withTrail(["activity"]) { connection, _ in
            try addPartitions(["activity"], in: "audit", on: connection)
            try connection.run("alter table audit.activity_new alter old_data set compression pglz")
            let plan = try install(request(), on: connection)
            #expect(plan.steps.map(\.description).contains("compress the values of audit.activity_new with lz4"))
            #expect(
                try connection.rows(
                    """
                    select attrelid::regclass, attcompression from pg_attribute
                    where attrelid in ('audit.activity_new'::regclass, 'audit.activity_old'::regclass) and attname = 'old_data'
                    order by 1
                    """
                ) == ["audit.activity_old | l", "audit.activity_new | l"]
            )
        }
    }

    @Test func whatWasDetachedOrServesAsATemplateIsNoTableToAudit() throws {
        try withTrail(["activity", "transaction"], schema: "public") { connection, _ in
            try addPartitions(["activity", "transaction"], in: "public", on: connection)
            try connection.run(
                """
                alter table activity detach partition activity_old; alter table transaction detach partition transaction_old;
                create schema partman; create table partman.template_public_activity (like activity)
                """
            )
            try install(request(), on: connection, schema: "public")
            #expect(try status(connection, schema: "public").holes == [])
            #expect(try status(connection, schema: "public").tables.map(\.name) == [table("orders")])
        }
    }
}
