import Glibc
import JSON
import Postgres
import TestDatabase
import TestProgram
import Testing

/// What the pages under `docs` say, tried out.
@Suite struct DocumentTests {
    private static let documents = PythonEnvironment.sources + "/../../docs"
    private static let python = Result {
        try PythonEnvironment.python(
            for: "Documents",
            importing: "django, flask_login, flask_sqlalchemy, jsonschema, psycopg"
        )
    }

    /// Does something with a folder that is gone afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try shell("mktemp -d").output.filter { $0 != "\n" }
        defer { _ = try? shell("rm -rf \(quoted(folder))") }
        try body(folder)
    }

    /// The code blocks of a page that are in the given language.
    private func blocks(in language: String, of name: String = "actors.md") throws -> [String] {
        let page = try shell("cat \(quoted(Self.documents + "/" + name))").output
        let parts = page.split(separator: "\n```", omittingEmptySubsequences: false)
        return parts.filter { $0.hasPrefix("\(language)\n") }.map { String($0.dropFirst(language.count + 1)) + "\n" }
    }

    private func prepare(_ connection: borrowing Connection, _ database: TestDatabase) throws {
        try connection.run(
            """
            create table users (id bigint primary key); insert into users values (42);
            create table orders (id bigint primary key, status text); insert into orders values (57, 'new')
            """
        )
        #expect(
            try shell("\(program) init orders --actor-table users --yes \(try database.options())").status == 0
        )
    }

    private func changes(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows(
            """
            select a.changed_data ->> 'status', t.actor_id, t.client_addr
            from activity as a left join transaction as t on t.id = a.transaction_id
            order by a.id
            """
        )
    }

    @Test func theLinesForPsqlDoWhatThePageSays() throws {
        try withDatabase { connection, database in
            try prepare(connection, database)
            let lines = try blocks(in: "sql")
            #expect(lines.count == 3)
            try withFolder { folder in
                for (number, text) in lines.enumerated() {
                    let file = "\(folder)/\(number).sql"
                    #expect(try shell("cat >\(quoted(file)) <<'END'\n\(text)END").status == 0)
                    let run = try shell("psql -X -v ON_ERROR_STOP=1 -f \(quoted(file)) \(try database.options())")
                    #expect(run.status == 0 && !run.output.contains("WARNING"), "\(run.output)")
                    if number == 2 { #expect(run.output.contains("9f1c") && run.output.contains("(2 rows)")) }
                }
            }
            #expect(try changes(connection) == ["paid | 42 | 10.0.3.17", "sent | 42 | ∅"])
            let context = "select context - 'db', context -> 'db' ->> 'application_name' from transaction order by id"
            #expect(
                try connection.rows(context) == [#"{"reason": "refund", "request": "9f1c"} | psql"#, "{} | psql"]
            )
        }
    }

    @Test func oldHistoryIsDeletedAsThePageSays() throws {
        try withDatabase { connection, database in
            try prepare(connection, database)
            for status in ["old", "new"] { try connection.run("update orders set status = '\(status)'") }
            try connection.run(
                """
                update activity set issued_at = issued_at - interval '3 years' where id = 1;
                update transaction set issued_at = issued_at - interval '3 years'
                """
            )
            let deletion = try #require(try blocks(in: "sql", of: "indexes.md").first { $0.contains("delete from") })
            for statement in deletion.split(separator: ";\n") { try connection.run(String(statement)) }
            // The second transaction is as old, and what it wrote is there.
            #expect(
                try connection.rows("select changed_data ->> 'status', transaction_id from activity") == ["new | 2"]
            )
            #expect(try connection.rows("select id from transaction") == ["2"])
            let names = "select relname from pg_class where relname like 'prune%'"
            #expect(try connection.rows(names) == [])
        }
    }

    @Test func anAuditedTableIsAttachedAsThePageSays() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table events (at date primary key, n int) partition by range (at);
                create table events_2026 (at date primary key, n int)
                """
            )
            #expect(try database.run("init events events_2026 --always --yes").status == 0)
            try connection.run("insert into events_2026 values ('2026-02-01', 1)")
            let attachment = try #require(
                try blocks(in: "sql", of: "capture.md").first { $0.contains("attach partition") }
            )
            let whole = attachment.split(separator: "\n").first { $0.hasPrefix("alter table") } ?? ""
            // That is why.
            #expect(throws: PostgresError.self) { try connection.run(String(whole)) }
            try connection.run(attachment)
            try connection.run(
                """
                insert into events values ('2026-03-01', 1); insert into events_2026 values ('2026-04-01', 1);
                update events_2026 set n = 2 where at = '2026-02-01'; delete from events where at = '2026-03-01'
                """
            )
            #expect(
                try connection.rows("select table_name, verb from activity order by id") == [
                    "events_2026 | insert", "events | insert", "events | insert", "events | update", "events | delete",
                ]
            )
            let mended = try database.run("init --yes")
            #expect(mended.output.contains("drop the functions of tables that are gone"), "\(mended.output)")
            #expect(try database.run("status").status == 0)
            try connection.run("alter table events detach partition events_2026")
            #expect(try database.run("status").output.contains("unaudited  public.events_2026"))
        }
    }

    /// The block in which the text occurs, the application around it, and what it writes.
    @Test(arguments: [
        ("from flask import", "flask_lines.py"), ("from django.db import", "django_lines.py"),
        ("with connection.transaction()", "psycopg_lines.py"),
    ])
    func theLinesForPythonNameTheActor(mark: String, script: String) throws {
        try withDatabase { connection, database in
            try prepare(connection, database)
            let lines = try #require(try blocks(in: "python").first { $0.contains(mark) })
            let settings = try database.settings()
            let host = try #require(settings.host, "these tests need the private server")
            let words = [host, settings.port ?? "5432", settings.user ?? "postgres", database.name].map(quoted)
            try withFolder { folder in
                let file = quoted("\(folder)/lines.py")
                let run =
                    "\(try Self.python.get()) \(quoted("\(PythonEnvironment.sources)/Documents/\(script)")) \(file)"
                let outcome = try shell("cat >\(file) <<'END'\n\(lines)END\n\(run) \(words.joined(separator: " "))")
                #expect(outcome == Outcome(status: 0, output: ""))
            }
            let application = [
                "anonymous | ∅ | 10.0.3.18", "paid | 42 | 10.0.3.17", "sent | 42 | 10.0.3.17", "outside | ∅ | ∅",
            ]
            #expect(try changes(connection) == (script == "psycopg_lines.py" ? [application[1]] : application))
        }
    }

    @Test func mistakesInTheSettingsCountAsThePageSays() throws {
        try withDatabase { connection, database in
            try prepare(connection, database)
            let settings = [
                "actor_id = 'nobody'", "actor_id = '43'", "actor_id = ''", "client_addr = 'nowhere'",
                "context = '[1]'", "context = '{broken'", #"context = '{"db": 1, "kept": 2}'"#,
            ]
            for setting in settings {
                try connection.run(
                    "begin; set local audit.\(setting); update orders set status = status || 'x'; commit"
                )
            }
            #expect(
                try connection.rows(
                    "select actor_id, client_addr, context - 'db', jsonb_typeof(context -> 'db') from transaction order by id"
                ) == Array(repeating: "∅ | ∅ | {} | object", count: 6) + [#"∅ | ∅ | {"kept": 2} | object"#]
            )
        }
    }

    @Test func theStatusIsAsItsSchemaSays() throws {
        try withDatabase { connection, database in
            let status = "\(program) status --json \(try database.options())"
            try withFolder { folder in
                let files = ["absent", "sound", "holes", "removed", "gaps"].map { "\(folder)/\($0).json" }
                #expect(try shell("\(status) >\(files[0])").status == 3)
                try connection.run("create table orders (id int primary key); create table \"lo gs\" (line text)")
                let install = "\(program) init --schema audit --exclude '\"lo gs\".line' orders '\"lo gs\"' --yes"
                #expect(try shell("\(install) \(try database.options())").status == 0)
                try connection.run("insert into orders values (1)")
                #expect(try shell("\(status) >\(files[1])").status == 5)
                try makeHoles(connection, database)
                #expect(try shell("\(status) >\(files[2])").status == 5)
                let kinds = try JSON(parsing: try shell("cat \(files[2])").output)["holes"]?.elements?
                    .compactMap { $0["kind"] }
                let schema = try JSON(
                    parsing: try shell("cat \(quoted(Self.documents + "/status.schema.json"))").output
                )
                let allKinds = schema["$defs"]?["hole"]?["properties"]?["kind"]?["enum"]?.elements
                // It takes two servers to have one of the kind replication: SubscriberTests.
                #expect(Set(try #require(kinds) + [.string("replication")]) == Set(try #require(allKinds)))
                try connection.run("set session_replication_role = replica; delete from orders")
                #expect(try shell("\(status) --gaps >\(files[4])").status == 5)
                #expect(try shell("\(program) remove --yes \(try database.options())").status == 0)
                #expect(try shell("\(status) >\(files[3])").status == 3)
                let validation =
                    "\(try Self.python.get()) \(quoted(PythonEnvironment.sources + "/Documents/validate.py"))"
                let arguments = ([Self.documents + "/status.schema.json"] + files).map(quoted).joined(separator: " ")
                #expect(try shell("\(validation) \(arguments)") == Outcome(status: 0, output: ""))
            }
        }
    }

    /// One hole of every kind.
    private func makeHoles(_ connection: borrowing Connection, _ database: TestDatabase) throws {
        try connection.run(
            """
            create table other (id int primary key);
            create table events (id int primary key) partition by list (id);
            create table events_1 partition of events default
            """
        )
        #expect(try shell("\(program) init --schema audit events --yes \(try database.options())").status == 0)
        let owner = try database.makeRole("owner", on: connection)
        try connection.run(
            """
            alter function audit.orders_create_activity() owner to \(owner);
            alter table audit.transaction enable row level security;
            alter table orders disable trigger audit_trigger_update;
            drop trigger audit_trigger_truncate on orders;
            alter table events_1 disable trigger audit_trigger_delete;
            drop index audit.ix_audit_activity_table_name_id;
            grant update on audit.activity to public;
            create or replace function audit.audit_json(given json) returns jsonb language sql as 'select null::jsonb'
            """
        )
    }
}
