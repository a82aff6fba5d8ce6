import TestProgram

/// A virtual environment with packages from PyPI, made once and kept beside the program.
///
/// Without it the tests that need it fail.
enum PythonEnvironment {
    /// The folder with the source of these tests.
    static let sources = #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined()

    /// The interpreter of the environment for the folder with that name, which holds the list of packages.
    ///
    /// The environment is made anew when one of the modules cannot be imported.
    static func python(for folder: String, importing modules: String) throws -> String {
        let programs = program.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let environment = "\(programs)/python-\(folder)"
        let python = environment + "/bin/python"
        let test = "\(quoted(python)) -c \(quoted("import " + modules)) 2>/dev/null"
        let make =
            "rm -rf \(quoted(environment)) && python3 -m venv \(quoted(environment)) && "
            + "\(quoted(python)) -m pip install --quiet --disable-pip-version-check"
            + " -r \(quoted("\(sources)/\(folder)/requirements.txt"))"
        // Several tests come here at once.
        let install = try shell("flock \(quoted(environment + ".lock")) sh -c \(quoted("\(test) || { \(make); }"))")
        guard install.status == 0 else { throw TestError("cannot install \(modules): \(install.output)") }
        return python
    }

    /// The interpreter that can run flask-audit-logger and its tests.
    static func flask() throws -> String {
        try python(for: "Flask", importing: "flask_audit_logger, flask_login, psycopg2, alembic, pytest, hatchling")
    }
}
