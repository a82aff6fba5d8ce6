import Postgres
import TestDatabase
import TestProgram
import Testing

/// What is recorded is what flask-audit-logger's own functions and triggers record for the same statements.
///
/// The package from PyPI renders them when the tests run.
@Suite struct EqualityTests {
    @Test(arguments: 1...20)
    func theSameRowsAreStored(seed: UInt64) throws {
        let (theirs, statements, schema) = try withDatabase { connection, _ in
            var workload = try Workload(seed: seed, for: connection)
            let statements = workload.statements(count: 300)
            try connection.run("\(workload.schema)\n\(try Self.original.get())")
            return (try Self.stored(by: statements, on: connection), statements, workload.schema)
        }
        let ours = try withDatabase { connection, database in
            try connection.run(schema)
            try Self.install(in: database)
            return try Self.stored(by: statements, on: connection)
        }
        print(
            "seed \(seed): \(theirs.rows.count) rows compared, \(theirs.failures) of \(statements.count) statements failed"
        )
        #expect(theirs.rows.count > 500)
        #expect(theirs.failures == ours.failures)
        #expect(
            Set(["insert", "update", "delete"]).isSubset(of: theirs.rows.map { String($0.split(separator: " ")[2]) })
        )
        expectSame(theirs.rows, ours.rows)
    }

    private func expectSame(_ theirs: [String], _ ours: [String]) {
        var counts: [String: Int] = [:]
        for row in theirs { counts[row, default: 0] += 1 }
        for row in ours { counts[row, default: 0] -= 1 }
        let differences = counts.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { "\($0.value > 0 ? "only theirs" : "only ours"): \($0.key)" }
        #expect(differences.isEmpty, "\(differences.prefix(6).joined(separator: "\n"))")
    }

    private static func stored(
        by statements: [String],
        on connection: borrowing Connection
    ) throws -> (rows: [String], failures: Int) {
        var failures = 0
        for statement in statements {
            do {
                try connection.run(statement)
            } catch {
                failures += 1
                try connection.run("rollback")
            }
        }
        let query = "select concat_ws(' ', schema, table_name, verb, old_data, changed_data) from activity order by 1"
        return (try connection.rows(query), failures)
    }

    private static func install(in database: TestDatabase) throws {
        let arguments = Workload.audited.map { table in
            let parts = table.split(separator: ":")
            let excluded = parts.dropFirst().flatMap { $0.split(separator: ",") }
            return "\(parts[0])" + excluded.map { " --exclude \(parts[0]).\($0)" }.joined()
        }
        let outcome = try shell("\(program) init --yes \(arguments.joined(separator: " ")) \(try database.options())")
        guard outcome.status == 0 else { throw TestError(outcome.output) }
    }

    private static let original = Result { try Original.sql(for: Workload.audited) }
}
