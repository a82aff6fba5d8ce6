import TestProgram

/// What flask-audit-logger itself installs.
enum Original {
    /// The audit tables, functions and triggers for tables in `public`, as the package from PyPI renders them.
    ///
    /// Each table is written `name` or `name:excluded,columns`. Without the package the test fails.
    static func sql(for tables: [String]) throws -> String {
        let python = try PythonEnvironment.flask()
        let script = quoted(PythonEnvironment.sources + "/Flask/render.py")
        let outcome = try shell("\(python) \(script) \(tables.map(quoted).joined(separator: " "))")
        guard outcome.status == 0 else { throw TestError(outcome.output) }
        return outcome.output
    }
}
