import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// An installation in the shape that flask-audit-logger makes, with a capture function that need not work.
private let packageInstallation = """
    create extension btree_gist;
    create table users (id serial primary key, name text, password text);
    create table transaction (id bigserial primary key, native_transaction_id bigint, issued_at timestamp,
        client_addr inet, actor_id int references users,
        constraint transaction_unique_native_tx_id exclude using gist
            (native_transaction_id with =, tsrange(issued_at - interval '1 hour', issued_at) with &&));
    create table activity (id bigserial primary key, schema text, table_name text, relid int, issued_at timestamp,
        native_transaction_id bigint, verb text, old_data jsonb default '{}', changed_data jsonb default '{}',
        transaction_id bigint references transaction);
    create index ix_activity_native_transaction_id on activity (native_transaction_id);
    create function get_setting(setting text, fallback text) returns text language sql as 'select $2';
    create function jsonb_subtract(arg1 jsonb, arg2 jsonb) returns jsonb language sql as 'select $1';
    create function create_activity() returns trigger language plpgsql as 'begin return null; end';
    create trigger audit_trigger_insert after insert on users referencing new table as new_table for each statement
        when (get_setting('flask_audit_logger.enable_versioning', 'true')::bool)
        execute procedure create_activity('{password,name}');
    create trigger audit_trigger_update after update on users
        referencing new table as new_table old table as old_table for each statement
        when (get_setting('flask_audit_logger.enable_versioning', 'true')::bool)
        execute procedure create_activity('{password,name}');
    insert into users values (1, 'a', 'secret');
    insert into transaction (native_transaction_id, issued_at, actor_id) values (1, '2020-01-01', 1);
    insert into activity (table_name, verb, transaction_id) values ('users', 'insert', 1);
    """

@Suite struct AdoptionTests {
    @Test func anInstallationByThePackageIsRecognisedAndNotTouched() throws {
        try withDatabase { connection, _ in
            try connection.run(packageInstallation)
            #expect(
                refusal(of: request("users"), on: connection, schema: "public")
                    == .madeByFlaskAuditLogger(schema: "public")
            )
            let status = try Catalog.read(from: connection, auditSchema: "public").status(from: connection)
            #expect(status.isInstalled && status.version == nil && status.profile == .flask)
            #expect(status.tables.first { $0.name == table("users") }?.excludedColumns == ["password", "name"])
        }
    }

    @Test(arguments: Profile.allCases)
    func adoptingReplacesFunctionsAndTriggersAndKeepsEveryRow(profile: Profile) throws {
        try withDatabase { connection, _ in
            try connection.run(packageInstallation)
            let adoption = request {
                $0.adopt = true
                $0.profile = profile
            }
            try install(adoption, on: connection, schema: "public")
            #expect(try plan(for: adoption, on: connection, schema: "public").isEmpty)
            try connection.run("begin; set local audit.actor_id = '1'; insert into users values (2, 'b', 'x'); commit")
            #expect(
                try connection.rows(
                    "select a.id, verb, old_data, changed_data, actor_id from activity a join transaction t on t.id = transaction_id"
                ) == ["1 | insert | {} | {} | 1", #"2 | insert | {} | {"id": 2} | 1"#]
            )
        }
    }
}
