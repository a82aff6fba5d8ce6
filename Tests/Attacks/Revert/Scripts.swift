import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Texts that end a quote, a comment, a line or a word, for one reader or another, with a command behind it.
func hostileTexts(_ command: String) -> [String] {
    [
        "\u{0D4E}$revert$; rollback; \(command); --", "$revert$; \(command); do $revert$ begin",
        "$step$; \(command); --",
        "$do$; \(command); --", "\u{0D4E}$step$\u{0D4E}$", "'; rollback; \(command); --", "\\'; \(command); --",
        "\\\\'; \(command); --", "\u{0D4E}'; \(command); --", "\u{200D}'; \(command); --", "\"; \(command); --",
        "\n\(command);\n", "\r\(command);\r", "\u{2028}\(command);", "\n\\! touch /tmp/never\n", "\\! touch /tmp/never",
        ":x :'x' :\"x\" :{?x}", "$1 $2 %I %s %", "*/ \(command); /*", "-- \(command)", "\u{301}' ; \(command); --",
        "\u{4E00}\u{8868}\u{30BD}\\'; \(command); --", "\u{1F1E6}'", "\u{7}\u{1B}]0;x\u{7}", "\\", "'", "\"", "$", "$$",
        "ends with a backslash \\", "E'\\''; \(command)", "U&'\\0027'; \(command)",
    ]
}

extension TestDatabase {
    /// Runs the script of a revert by psql, as the superuser; returns what it printed.
    func revert(
        _ arguments: String,
        environment: String = "",
        as role: String? = nil,
        status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let script =
            "set -o pipefail; \(program) revert \(arguments) --config /dev/null \(try options(as: role)) "
            + "| \(environment) psql -X -q -v ON_ERROR_STOP=1 \(try options(as: role))"
        let outcome = try shell("env bash -c \(quoted(script))")
        #expect(outcome.status == status, "\(arguments): \(outcome.output)", sourceLocation: location)
        return outcome.output
    }

    /// The text of the script of a revert.
    func script(_ arguments: String) throws -> String {
        let outcome = try run("revert \(arguments)")
        #expect(outcome.status == 0, "\(outcome.output)")
        return outcome.output
    }
}

/// A script without what its literals and comments hold: `'` for each literal.
func withoutData(_ script: String) -> String {
    var result = ""
    var rest = Array(script.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
        switch scalar {
        case "-" where rest.first == "-" && (result.isEmpty || result.hasSuffix("\n")):
            rest = rest.drop { $0 != "\n" }
            result += "--"
        case "'":
            let hasEscapes = result.hasSuffix(" E") || result.hasSuffix("'\n  ") && result.contains(" E'")
            takeLiteral(&rest, hasEscapes: hasEscapes)
            result += "'"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func takeLiteral(_ rest: inout ArraySlice<Unicode.Scalar>, hasEscapes: Bool) {
    while let scalar = rest.popFirst() {
        if scalar == "\\", hasEscapes { _ = rest.popFirst() }
        guard scalar == "'" else { continue }
        guard rest.first == "'" else { return }
        rest = rest.dropFirst()
    }
}

/// Waits until a session of the database waits for a lock.
func waitForLock(_ connection: borrowing Connection) throws {
    let waiting = """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()
        """
    let limit = ContinuousClock.now + .seconds(20)
    while try connection.rows(waiting) == ["0"] {
        guard ContinuousClock.now < limit else { throw TestError("nobody waits") }
    }
}

/// A command of the shell that runs beside the test, and prints something.
struct Background {
    private let folder: String

    init(_ command: String) throws {
        folder = try String(shell("mktemp -d").output.split(separator: "\n")[0])
        _ = try shell("({ \(command)\n} >\(folder)/out 2>&1; touch \(folder)/end) >/dev/null 2>&1 &")
    }

    /// What it has printed, once it has ended.
    func end(on connection: borrowing Connection) throws -> String {
        let limit = ContinuousClock.now + .seconds(20)
        while access("\(folder)/end", F_OK) != 0 {
            guard ContinuousClock.now < limit else { throw TestError("it does not end") }
            _ = try connection.rows("select pg_backend_pid()")
        }
        return try shell("cat \(folder)/out; rm -r \(folder)").output
    }
}

extension Trap {
    /// Waits until the sessions in which it has run as the attacker have ended.
    func waitForOthers(_ connection: borrowing Connection) throws {
        let sessions = "select count(*) from pg_locks where locktype = 'advisory' and objid = \(lock)"
        let limit = ContinuousClock.now + .seconds(20)
        while try connection.rows(sessions) != ["0"] {
            guard ContinuousClock.now < limit else { throw TestError("a session stays") }
        }
    }
}
