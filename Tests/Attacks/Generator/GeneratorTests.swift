import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Names and values that nobody thought of: whatever they are, they are data to every command.
@Suite(.serialized) struct GeneratorTests {
    /// So many names and values go through all commands; as many as are wanted where the environment says so.
    private static let texts = getenv("AUDIT_TUI_GENERATOR_TEXTS").flatMap { Int(String(cString: $0)) } ?? 1000

    @Test func namesAndValuesAreNeverOrders() throws {
        try withAttacker { superuser, attacker, database, trap in
            var tables = HostileTables(seed: 20_261_130)
            try tables.make(Self.texts / HostileTables.textsOfTable + 1, as: attacker)
            #expect(try inert("init --all-tables --yes --schema audit", database).status == 0)
            try tables.write(as: attacker)
            #expect(tables.count >= Self.texts, "\(tables.count) names and values")
            for command in [
                "status", "status --json", "status --gaps", "log", "log --format jsonl", "log --format csv",
                "log --format patch", "index --dry-run", "init --all-tables --dry-run --schema audit",
            ] {
                let outcome = try inert(command, database)
                #expect([0, 5].contains(outcome.status), "\(command): \(outcome.output)")
                #expect(try !trap.hasSprung(superuser), "\(command)")
            }
            for (number, table) in tables.tables.enumerated() {
                try follow(table, tables, transaction: 2 * number + 2, database, superuser)
                #expect(try !trap.hasSprung(superuser), "\(table)")
            }
            #expect(try GeneratedWalk(database: database, tables: tables.tables.count).foreignBytes() == [])
            print("\(tables.count) hostile names and values, \(tables.tables.count) tables")
        }
    }

    /// Looks at the row in every way, and takes its last change back.
    private func follow(
        _ table: HostileTables.Table,
        _ tables: HostileTables,
        transaction: Int,
        _ database: TestDatabase,
        _ superuser: borrowing Connection
    ) throws {
        let name = quoted("public.\"\(doubled(table.name))\"")
        let key = quoted("\"\(doubled(table.columns[0]))\"=\"\(doubled(table.key))\"")
        for command in [
            "history \(name) \(key)", "blame \(name) \(key)", "row \(name) \(key) --at now",
            "log --table \(name) --format patch", "show \(transaction)", "show \(transaction) --format sql",
            "revert \(transaction) --check", "revert \(transaction) --dry-run",
        ] {
            let outcome = try inert(command, database)
            #expect(outcome.status == 0, "\(command): \(outcome.output)")
        }
        let options = try database.options()
        let script = "\(program) revert \(transaction) --config /dev/null \(options)"
        let outcome = try shell(
            "bash -c \(quoted("set -o pipefail; \(script) | psql -Xq -v ON_ERROR_STOP=1 \(options)"))"
        )
        #expect(outcome.status == 0, "\(table): \(outcome.output)")
        #expect(try tables.isRestored(table, on: superuser), "\(table)")
    }

    private func doubled(_ name: String) -> String {
        name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    }

    /// What a command printed, which must hold nothing that acts on a terminal.
    private func inert(_ command: String, _ database: TestDatabase) throws -> Outcome {
        let outcome = try database.run(command)
        #expect(actingCharacters(in: outcome.output) == [], "\(command)")
        return outcome
    }
}
