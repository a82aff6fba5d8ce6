import AuditSetup
import AuditTrail
import Glibc
import Postgres
import PrivateServer
import TestDatabase
import Testing

@Suite struct SampleHistoryTests {
    @Test func twoYearsArePlayedAndDatedBack() throws {
        try withHistory(in: "audit") { connection, _ in
            let facts = try connection.rows(
                """
                select
                    count(*) between 10000 and 25000,
                    count(distinct native_transaction_id) between 3000 and 6000,
                    min(issued_at) between now() - interval '732 days' and now() - interval '720 days',
                    max(issued_at) between now() - interval '10 minutes' and now() - interval '2 minutes',
                    count(*) filter (where transaction_id is null) between 100 and 1000,
                    count(*) filter (where transaction_id is null and issued_at > now() - interval '365 days')
                from audit.activity
                """
            )
            #expect(facts == ["t | t | t | t | t | 0"])
            let disorder = try connection.rows(
                """
                select a.id
                from (select id, issued_at, lag(issued_at) over (order by id) as before from audit.activity) as a
                where a.issued_at < a.before - interval '1 second'
                """
            )
            #expect(disorder == [])
            #expect(try tablesInTrail(connection) == SampleHistory.tables.filter { $0 != "categories" })
        }
    }

    @Test func theStoryIsCoherent() throws {
        try withHistory(in: "Audit \"log\"") { connection, _ in
            let orders = try connection.rows(
                """
                select
                    bool_and(o.updated_at <= now()),
                    count(*) filter (where o.status = 'delivered' and s.delivered_at is null),
                    count(*) filter (where o.status in ('shipped', 'delivered') and p.id is null),
                    count(*) filter (where o.status = 'pending' and o.placed_at < now() - interval '60 days')
                from public.orders as o
                left join public.shipments as s on s.order_id = o.id
                left join public.payments as p on p.order_id = o.id
                """
            )
            #expect(orders == ["t | 0 | 0 | 0"])
            let scratch = try connection.rows("select relname from pg_class where relnamespace = 'demo'::regnamespace")
            #expect(scratch == [])
            let secrets = try connection.rows(
                "select id from \"Audit \"\"log\"\"\".activity where old_data ? 'password_hash' limit 1"
            )
            #expect(secrets == [])
        }
    }

    @Test func theWriterGoesOnWhenAnEventIsRefused() throws {
        try withHistory(in: "audit") { connection, settings in
            try connection.run(
                "create or replace function demo.live_pause() returns void language sql as 'select pg_sleep(0.01)'"
            )
            var writer = try SampleWriter.start(settings)
            let before = try count(connection)
            try run(&writer) { try count(connection) == before }
            try connection.run(
                """
                alter function demo.live_event() rename to kept;
                create sequence demo.attempts;
                create function demo.live_event() returns void language plpgsql as $$
                    begin
                        perform nextval('demo.attempts');
                        raise exception 'not today';
                    end
                $$
                """
            )
            try run(&writer) { try connection.rows("select is_called from demo.attempts") == ["f"] }
            try connection.run("drop function demo.live_event(); alter function demo.kept() rename to live_event")
            let again = try count(connection)
            try run(&writer) { try count(connection) == again }
            let fresh = try connection.rows(
                "select bool_and(issued_at > now() - interval '1 minute') from audit.activity where id > \(before)"
            )
            #expect(fresh == ["t"])
        }
    }

    private func run(_ writer: inout SampleWriter, while condition: () throws -> Bool) throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try condition(), ContinuousClock.now < limit {
            var entry = pollfd(fd: writer.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&entry, 1, 10_000)
            try writer.advance()
        }
        #expect(ContinuousClock.now < limit)
    }

    private func count(_ connection: borrowing Connection) throws -> Int {
        try connection.rows("select max(id) from audit.activity").first.flatMap { Int($0) } ?? 0
    }

    private func tablesInTrail(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows("select table_name from audit.activity group by table_name order by table_name")
    }

    private func withHistory(
        in auditSchema: String,
        _ body: (borrowing Connection, ConnectionSettings) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try SampleHistory.createShop(on: connection)
            var request = InstallRequest()
            request.tables = SampleHistory.tables.map { TableName(schema: SampleHistory.schema, name: $0) }
            request.actorTable = TableName(schema: SampleHistory.schema, name: SampleHistory.actorTable)
            let excluded = SampleHistory.excludedColumn
            let table = TableName(schema: SampleHistory.schema, name: excluded.table)
            request.excludedColumns = [ColumnName(table: table, name: excluded.name)]
            try Installer.install(request, auditSchema: auditSchema, on: connection)
            try SampleHistory.play(on: connection, auditSchema: auditSchema)
            try body(connection, try database.settings())
        }
    }
}
