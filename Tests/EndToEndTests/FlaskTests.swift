import Glibc
import JSON
import Postgres
import TestDatabase
import TestProgram
import Testing

/// A trail that the Python package made and writes, browsed untouched.
///
/// The package comes from PyPI into a virtual environment beside the program; without it these tests fail.
@Suite struct FlaskTests {
    private static let folder = PythonEnvironment.sources + "/Flask"

    @Test(arguments: ["public", "audit"])
    func aTrailOfFlaskAuditLoggerIsBrowsed(_ schema: String) throws {
        try withDatabase { _, database in
            try writeWithFlask(to: database, schema: schema)
            let options = try database.options()
            let log = try shell("\(program) log --format jsonl \(options)")
            #expect(log.status == 0, "\(log.output)")
            try expectActivities(in: log.output)

            let window = try TerminalWindow()
            try window.run("\(program) \(options); echo status $?")
            let list = try window.wait(for: "title Draft→Final")
            #expect(list.contains("Grace Hopper") && list.contains("127.0.0.1") && list.contains("articles"))
            try window.press("j")
            let changes = try window.wait(for: "UPDATE 1/1")
            #expect(
                changes.contains("- title              \"Draft\"") && changes.contains("+ title              \"Final\"")
            )
            #expect(changes.contains("+ attributes.tags[1] \"b\""))
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }

    @Test func alembicProposesWhatIndexSaysItWouldAndNothingWithTheFilter() throws {
        try withDatabase { connection, database in
            try writeWithFlask(to: database, schema: "public")
            try connection.run("create table alembic_version (version_num text primary key)")
            let command = "\(program) index --yes \(try database.options())"
            let script = quoted(Self.folder + "/autogenerate.py")
            let outcome = try shell(
                "\(try Self.python.get()) \(script) \(quoted(try url(of: database))) \(quoted(command))"
            )
            #expect(
                outcome.output == """
                    remove_index ix_activity_moved_id
                    remove_index ix_activity_row_id
                    remove_index ix_activity_table_name_id
                    remove_index ix_activity_without_transaction
                    remove_index ix_transaction_actor_id_id
                    ---

                    """
            )
        }
    }

    private func expectActivities(in output: String) throws {
        let lines = try output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(lines.map { $0["verb"] } == [.string("delete"), .string("update"), .string("insert")])
        let hopper = try JSON(parsing: #"{"id":"42","label":"Grace Hopper"}"#)
        #expect(lines.map { $0["actor"] } == [.null, hopper, hopper])
        #expect(lines.map { $0["client_addr"] } == [.null, .string("127.0.0.1"), .string("127.0.0.1")])
        #expect(lines[1]["old"]?["title"] == .string("Draft"))
        #expect(lines[1]["changed"]?["title"] == .string("Final"))
        #expect(lines[1]["key"] == (try JSON(parsing: #"{"id":7}"#)))
        #expect(lines[0]["transaction_id"] == .null)
    }

    private func writeWithFlask(to database: TestDatabase, schema: String) throws {
        let url = try url(of: database)
        let outcome = try shell("\(try Self.python.get()) \(quoted(Self.folder + "/app.py")) \(quoted(url)) \(schema)")
        #expect(outcome == Outcome(status: 0, output: ""))
    }

    private func url(of database: TestDatabase) throws -> String {
        let settings = try database.settings()
        let host = try #require(settings.host, "these tests need the private server")
        return "postgresql+psycopg2://\(settings.user ?? "postgres")@/\(database.name)"
            + "?host=\(host)&port=\(settings.port ?? "5432")"
    }

    private static let python = Result {
        try PythonEnvironment.flask()
    }
}
