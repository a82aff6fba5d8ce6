import Postgres
import TestDatabase
import Testing

/// flask-audit-logger's own tests pass on a database that was taken over.
///
/// They come from PyPI with the package's source. Among them are those by which Alembic's autogenerate finds nothing.
@Suite(.serialized) struct PackageTests {
    @Test(arguments: [("defaults", "public", 20), ("custom_actor", "public", 1), ("separate_schema", "audit_logs", 6)])
    func thePackagesTestsPass(suite: String, schema: String, count: Int) throws {
        try withDatabase { connection, database in
            let settings = try database.settings()
            let host = try #require(settings.host, "these tests need the private server")
            let source = try Self.source.get()
            let adopt = "\(program) init --adopt --profile flask --yes --schema \(schema) \(try database.options())"
            let python = try PythonEnvironment.flask()
            let outcome = try shell(
                """
                cd \(quoted(source)) && ADOPT=\(quoted(adopt)) FLASK_AUDIT_LOGGER_TEST_USER=\(settings.user ?? "postgres") \
                FLASK_AUDIT_LOGGER_TEST_DB=\(quoted("\(database.name)?host=\(host)&port=\(settings.port ?? "5432")")) \
                PYTHONPATH=\(quoted(PythonEnvironment.sources + "/Flask")) PYTHONDONTWRITEBYTECODE=1 \
                \(python) -m pytest -q -p no:cacheprovider -p adopting tests/\(suite)
                """
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.contains("\(count) passed"), "\(outcome.output)")
        }
    }

    /// The folder of the package's source, beside the program.
    private static let source = Result {
        let python = try PythonEnvironment.flask()
        let folder = program.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/flask-audit-logger"
        let source = "\(folder)/flask_audit_logger-2.0.0"
        if try shell("test -e \(quoted(source + "/tests/utils.py"))").status == 0 { return source }
        let outcome = try shell(
            """
            rm -rf \(quoted(folder)) && \(quoted(python)) -m pip download --quiet --disable-pip-version-check --no-deps \
            --no-build-isolation --no-binary flask-audit-logger flask-audit-logger==2.0.0 --dest \(quoted(folder)) \
            && tar -xzf \(quoted(folder))/flask_audit_logger-2.0.0.tar.gz -C \(quoted(folder))
            """
        )
        guard outcome.status == 0 else { throw EndToEndError("no source of flask-audit-logger: \(outcome.output)") }
        return source
    }
}
