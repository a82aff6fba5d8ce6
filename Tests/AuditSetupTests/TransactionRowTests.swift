import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// What the Python package runs before it writes.
private let applicationRow = """
    insert into audit.transaction (native_transaction_id, issued_at, client_addr, actor_id)
    values (txid_current(), now() at time zone 'UTC', '10.0.0.7', 2)
    on conflict on constraint transaction_unique_native_tx_id do nothing;
    """

@Suite struct TransactionRowTests {
    private func prepare(
        _ connection: borrowing Connection,
        profile: Profile = .standard
    ) throws {
        try connection.run(
            """
            create table users (id int primary key); insert into users values (1), (2);
            create table orders (id int)
            """
        )
        try install(
            request("orders") {
                $0.actorTable = table("users")
                $0.profile = profile
            },
            on: connection
        )
    }

    private func actors(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows(
            """
            select t.actor_id, t.client_addr, count(*)
            from audit.transaction as t left join audit.activity as a on a.transaction_id = t.id
            group by t.id order by t.id
            """
        )
    }

    @Test(arguments: Profile.allCases)
    func theApplicationsRowIsTheTransactions(profile: Profile) throws {
        try withDatabase { connection, _ in
            try prepare(connection, profile: profile)
            try connection.run(
                "begin; \(applicationRow) insert into orders values (1); \(applicationRow) update orders set id = 2; commit"
            )
            #expect(try actors(connection) == ["2 | 10.0.0.7 | 2"])
        }
    }

    @Test(arguments: Profile.allCases)
    func theApplicationsRowCountsThoughItComesAfterAWrite(profile: Profile) throws {
        try withDatabase { connection, _ in
            try prepare(connection, profile: profile)
            try connection.run(
                "begin; insert into orders values (1); \(applicationRow) update orders set id = 2; commit"
            )
            #expect(try actors(connection) == ["2 | 10.0.0.7 | 2"])
        }
    }

    @Test(arguments: Profile.allCases)
    func settingsOfTheTransactionNameTheActor(profile: Profile) throws {
        try withDatabase { connection, _ in
            try prepare(connection, profile: profile)
            try connection.run(
                """
                begin;
                set local audit.actor_id = '1'; set local audit.client_addr = '192.168.1.2';
                insert into orders values (1); update orders set id = 2;
                commit
                """
            )
            try connection.run("insert into orders values (3)")
            #expect(try actors(connection) == ["1 | 192.168.1.2 | 2", "∅ | ∅ | 1"])
        }
    }

    @Test(arguments: ["x", "99", "99999999999999999999", "1.5", "", "1; drop table users"])
    func malformedSettingsNeverFailTheWrite(setting: String) throws {
        try withDatabase { connection, _ in
            try prepare(connection)
            let literal = quotedLiteral(setting)
            try connection.run(
                """
                begin;
                set local audit.actor_id =\(literal); set local audit.client_addr =\(literal);
                set local audit.context =\(literal); set local flask_audit_logger.enable_versioning =\(literal);
                insert into orders values (1);
                commit
                """
            )
            #expect(try actors(connection) == ["∅ | ∅ | 1"])
        }
    }

    @Test func aRowOfAnOlderTransactionOfTheSameNumberIsNotTaken() throws {
        try withDatabase { connection, _ in
            try prepare(connection)
            try connection.run(
                """
                begin;
                insert into audit.transaction (native_transaction_id, issued_at, actor_id)
                values (txid_current(), now() at time zone 'UTC' - interval '1 minute', 2);
                insert into orders values (1);
                commit
                """
            )
            #expect(
                try connection.rows(
                    "select actor_id from audit.activity join audit.transaction t "
                        + "on t.id = transaction_id"
                ) == ["∅"]
            )
        }
    }

    @Test func theContextHoldsWhatTheWriterSaysAndWhatTheServerKnows() throws {
        try withDatabase { connection, database in
            try prepare(connection)
            let writer = try database.makeRole("writer", on: connection)
            try connection.run("grant insert on orders to \(writer)")
            let session = try database.connect(as: writer)
            try session.run(
                """
                set application_name = 'shop';
                begin;
                set local audit.context = '{"request": 7, "db": "forged"}';
                insert into orders values (1);
                commit
                """
            )
            #expect(
                try connection.rows(
                    """
                    select context - 'db', context -> 'db' ->> 'session_user' = $1, context -> 'db' ->> 'current_user' = $1,
                        context -> 'db' ->> 'application_name', context -> 'db' ? 'pid'
                    from audit.transaction
                    """,
                    [writer]
                ) == [#"{"request": 7} | t | t | shop | t"#]
            )
        }
    }

    @Test func aWriterNeedsNoRightsOnTheTrailAndCannotChangeIt() throws {
        try withDatabase { connection, database in
            try connection.run("alter default privileges grant all on tables to public")
            try prepare(connection)
            let writer = try database.makeRole("writer", on: connection)
            try connection.run("grant usage on schema audit to \(writer)")
            let session = try database.connect(as: writer)
            try session.run("insert into orders values (1); update orders set id = 2; delete from orders")
            #expect(try activities(on: connection).count == 3)
            for statement in [
                "update audit.activity set verb = ''", "delete from audit.activity", "truncate audit.activity",
                "delete from audit.transaction", "select audit.audit_transaction()",
            ] {
                #expect(throws: PostgresError.self) { try session.run(statement) }
            }
        }
    }

    @Test func withoutAnActorTableAnyTextIsAnActor() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run("begin; set local audit.actor_id = 'cron job'; insert into orders values (1); commit")
            #expect(try connection.rows("select actor_id from audit.transaction") == ["cron job"])
        }
    }

    @Test func theActorColumnHasTheTypeOfTheActorTablesKey() throws {
        try withDatabase { connection, _ in
            try connection.run(
                "create table users (code varchar(3) primary key); insert into users values ('abc'); create table orders (id int)"
            )
            try install(request("orders") { $0.actorTable = table("users") }, on: connection)
            try connection.run("begin; set local audit.actor_id = 'abc'; insert into orders values (1); commit")
            try connection.run("begin; set local audit.actor_id = 'abcd'; insert into orders values (1); commit")
            #expect(
                try connection.rows("select actor_id, pg_typeof(actor_id) from audit.transaction order by id")
                    == ["abc | character varying", "∅ | character varying"]
            )
        }
    }
}
