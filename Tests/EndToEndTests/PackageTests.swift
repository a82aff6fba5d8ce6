import Postgres
import TestDatabase
import TestProgram
import Testing

/// flask-audit-logger's own tests pass on a database that was taken over, and on one that was set up anew.
///
/// They come from PyPI with the package's source. Among them are those by which Alembic's autogenerate finds nothing.
@Suite(.serialized) struct PackageTests {
    struct Setting: CustomTestStringConvertible {
        var suite: String
        var count: Int
        /// What brings our functions into the database that the package's migration has made; `$INIT` is the program
        /// with its options.
        var command: String
        var testDescription: String { "\(suite): \(command)" }
    }

    private static let dropPublic =
        "psql -qc 'drop table activity, transaction; drop function create_activity cascade; "
        + "drop function get_setting cascade; drop function jsonb_subtract cascade'"

    static let settings = [
        Setting(suite: "defaults", count: 20, command: "$INIT --adopt"),
        Setting(suite: "custom_actor", count: 1, command: "$INIT --adopt"),
        Setting(suite: "separate_schema", count: 6, command: "$INIT --adopt --schema audit_logs"),
        Setting(
            suite: "defaults",
            count: 20,
            command: "\(dropPublic) && $INIT '\"user\"' article --actor-table '\"user\"'"
        ),
        Setting(
            suite: "separate_schema",
            count: 6,
            command: "psql -qc 'drop schema audit_logs cascade' && $INIT --schema audit_logs '\"user\"' article "
                + "--actor-table '\"user\"' --exclude '\"user\".age' --exclude '\"user\".height' --exclude article.created"
        ),
    ]

    @Test(arguments: settings)
    func thePackagesTestsPass(setting: Setting) throws {
        try withDatabase { _, database in
            let settings = try database.settings()
            let host = try #require(settings.host, "these tests need the private server")
            let source = try Self.source.get()
            let server =
                "PGHOST=\(quoted(host)) PGPORT=\(settings.port ?? "5432") PGUSER=\(settings.user ?? "postgres")"
            let initialise = "\(program) init --profile flask --yes"
            let python = try PythonEnvironment.flask()
            let outcome = try shell(
                """
                cd \(quoted(source)) && export \(server) PGDATABASE=\(database.name) INIT=\(quoted(initialise)) && \
                ADOPT=\(quoted(setting.command)) FLASK_AUDIT_LOGGER_TEST_USER=\(settings.user ?? "postgres") \
                FLASK_AUDIT_LOGGER_TEST_DB=\(quoted("\(database.name)?host=\(host)&port=\(settings.port ?? "5432")")) \
                PYTHONPATH=\(quoted(PythonEnvironment.sources + "/Flask")) PYTHONDONTWRITEBYTECODE=1 \
                \(python) -m pytest -q -p no:cacheprovider -p adopting tests/\(setting.suite)
                """
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.contains("\(setting.count) passed"), "\(outcome.output)")
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
        guard outcome.status == 0 else { throw TestError("no source of flask-audit-logger: \(outcome.output)") }
        return source
    }
}
