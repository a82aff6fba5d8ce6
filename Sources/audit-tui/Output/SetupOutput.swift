import ArgumentParser
import AuditSetup
import AuditTrail
import Glibc
import Postgres
import Screen

/// Prints the SQL of a plan to standard output, and its notes to standard error.
func printScript(_ plan: Plan) {
    if plan.isEmpty {
        tell("Nothing to do: everything is as asked for.")
    } else {
        printLines(plan.script)
    }
    for note in plan.notes { tell("note: \(note)") }
}

/// Tells what a plan would do, step by step.
func tellSummary(of plan: Plan, title: SafeText) {
    tell(title)
    for step in plan.steps { tell("  \(step.description)") }
    for note in plan.notes { tell("  note: \(note)") }
    tell("  one transaction, lock timeout \(plan.lockTimeoutMilliseconds) ms")
}

/// Asks on standard error and reads a line of standard input; anything but yes means no.
func confirm(_ question: SafeText) -> Bool {
    ask(question).map { ["y", "yes"].contains($0.lowercased()) } ?? false
}

/// Asks on standard error and reads a line of standard input, without the blanks around it; nil at its end.
func ask(_ question: SafeText) -> String? {
    flushOutput()
    let bytes = Array((question.string + " ").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
    guard let line = readLine() else { return nil }
    let trimmed = line.drop(while: \.isWhitespace)
    return String(trimmed.reversed().drop(while: \.isWhitespace).reversed())
}

/// The Python function that keeps Alembic away from what it does not know.
func tellAlembicFilter(_ filter: String) {
    tellLines(filter)
    tell("")
}

/// A name from the command line.
func parseName(_ text: String) throws -> QualifiedName {
    do {
        return try QualifiedName(parsing: text)
    } catch {
        throw CommandError.usage("\(text): \(error)")
    }
}

/// A span of time as a person types it: `3s`, `500ms`, `2min`.
struct TimeSpan: ExpressibleByArgument {
    var milliseconds: Int

    init(milliseconds: Int) { self.milliseconds = milliseconds }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        let factors = ["": 1, "ms": 1, "s": 1000, "min": 60_000]
        guard let number = Int(digits), let factor = factors[String(argument[digits.endIndex...])] else { return nil }
        let (product, isTooMuch) = number.multipliedReportingOverflow(by: factor)
        // 0 would mean to wait for ever, and the server takes no more than 32 bits.
        guard !isTooMuch, product > 0, product <= Int(Int32.max) else { return nil }
        milliseconds = product
    }

    var defaultValueDescription: String { "\(milliseconds)ms" }
}

/// The audit schema that a command is about: the one named, else the only one that there is.
///
/// Throws `SetupError.notInstalled` and `.severalInstallations`.
func auditSchema(named schema: String?, among installations: [String]) throws -> String {
    if let schema { return schema }
    guard let only = installations.first else { throw SetupError.notInstalled(schema: nil) }
    guard installations.count == 1 else { throw SetupError.severalInstallations(installations) }
    return only
}

/// The schemas to choose from: those of trails, else those where functions are left of one whose tables are gone.
func auditSchemas(on connection: borrowing Connection) throws -> [String] {
    let installations = try Catalog.installations(on: connection)
    return installations.isEmpty ? try Catalog.remnants(on: connection) : installations
}

/// Where `init` goes on with the trail that is there, or makes the first; a second one is made by name only.
func schemaOfTrail(on connection: borrowing Connection) throws -> String {
    let schemas = try auditSchemas(on: connection)
    return schemas.isEmpty ? "public" : try auditSchema(named: nil, among: schemas)
}
