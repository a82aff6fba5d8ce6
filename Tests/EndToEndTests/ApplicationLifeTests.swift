import Postgres
import TestDatabase
import TestProgram
import Testing

/// Applications that migrate their tables while they are recorded, and write all the while.
@Suite struct ApplicationLifeTests {
    /// Alembic's own way, the profile that `init` chooses where Alembic is, and the other with the function that it prints.
    @Test(arguments: ["", "--profile standard"])
    func aFlaskApplicationIsMigratedBothWays(profile: String) throws {
        try withDatabase { connection, database in
            let folder = try shell("mktemp -d").output.filter { $0 != "\n" }
            defer { _ = try? shell("rm -rf \(quoted(folder))") }
            let options = "--config /dev/null \(try database.options()) </dev/null"
            let (initialise, status) = ("\(program) init \(profile) --yes \(options)", "\(program) status \(options)")
            let words = [try url(of: database), folder, initialise, status].map(quoted).joined(separator: " ")
            let script = quoted(PythonEnvironment.sources + "/Flask/life.py")
            let outcome = try shell("\(try PythonEnvironment.flask()) \(script) \(words)")
            #expect(outcome == Outcome(status: 0, output: ""))
            let hasContext = "select from pg_attribute where attrelid = 'transaction'::regclass and attname = 'context'"
            #expect(try connection.rows(hasContext).count == (profile.isEmpty ? 0 : 1))
        }
    }

    /// Without the function, Alembic drops the column; writes go on, and `init` puts it back.
    @Test func alembicMayDropTheContext() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table alembic_version (version_num text primary key); create table orders (id int primary key)
                """
            )
            #expect(try database.run("init orders --profile standard --always --yes").status == 0)
            let before = try database.connect()
            try before.run("insert into orders values (1)")
            try connection.run("alter table transaction drop column context")
            try before.run("insert into orders values (2)")
            try connection.run("insert into orders values (3)")
            let status = try database.run("status")
            #expect(status.status == 5 && status.output.contains("column context is gone"), "\(status.output)")
            #expect(try database.run("init --yes").output.contains("add column transaction.context"))
            try before.run("insert into orders values (4)")
            #expect(try database.run("status").status == 0)
            #expect(
                try connection.rows(
                    "select a.changed_data ->> 'id', t.context ? 'db' from activity a join transaction t on t.id = a.transaction_id "
                        + "order by a.id"
                ) == ["1 | ∅", "2 | ∅", "3 | ∅", "4 | t"]
            )
        }
    }

    @Test func aDjangoProjectIsMigratedBothWays() throws {
        try withDatabase { connection, database in
            let folder = try shell("mktemp -d").output.filter { $0 != "\n" }
            defer { _ = try? shell("rm -rf \(quoted(folder))") }
            let options = "--config /dev/null \(try database.options()) </dev/null"
            let settings = try database.settings()
            let host = try #require(settings.host, "these tests need the private server")
            let words = [
                host, settings.port ?? "5432", settings.user ?? "postgres", database.name, folder,
                "\(program) init --all-tables --yes \(options)", "\(program) status \(options)",
            ].map(quoted).joined(separator: " ")
            let python = try PythonEnvironment.python(for: "Documents", importing: "django, psycopg")
            let script = quoted(PythonEnvironment.sources + "/Documents/django_life.py")
            let outcome = try shell("\(python) \(script) \(words)")
            #expect(outcome == Outcome(status: 0, output: ""))
            // Neither passwords nor what migrations keep for themselves.
            #expect(try connection.rows("select from activity where table_name = 'django_migrations'").isEmpty)
            #expect(
                try connection.rows("select from activity where changed_data ? 'password' or old_data ? 'password'")
                    .isEmpty
            )
        }
    }

    private func url(of database: TestDatabase) throws -> String {
        let settings = try database.settings()
        let host = try #require(settings.host, "these tests need the private server")
        return "postgresql+psycopg2://\(settings.user ?? "postgres")@/\(database.name)"
            + "?host=\(host)&port=\(settings.port ?? "5432")"
    }
}
