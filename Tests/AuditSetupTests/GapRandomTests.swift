import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditSetup

/// Random writes: none that was recorded is taken for a gap, and each that was not is found.
@Suite struct GapRandomTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func aCleanWorkloadHasNoGap(seed: UInt64) throws {
        try compare(seed: seed, statements: 2500, unrecordedPercent: 0) { gaps in #expect(gaps.isEmpty) }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func everyGapIsFoundAndNothingElse(seed: UInt64) throws {
        let percent = seed % 2 == 0 ? 3 : 30
        try compare(seed: seed, statements: 2500, unrecordedPercent: percent) { gaps in #expect(gaps.count > 30) }
    }

    private func compare(
        seed: UInt64,
        statements: Int,
        unrecordedPercent: Int,
        _ check: ([String]) -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table t (id int primary key deferrable initially deferred, a int, b int, secret int)"
            )
            try install(
                request("t") { $0.excludedColumns = [ColumnName(table: table("t"), name: "secret")] },
                on: connection
            )
            var workload = GapWorkload(seed: seed)
            for _ in 0..<statements { try connection.run(workload.statement(unrecordedPercent: unrecordedPercent)) }
            let expected = workload.allGaps()
            check(expected)
            let (gaps, summary) = try findGaps(in: database, rowsAtOnce: Int64(seed) * 400)
            print("seed \(seed): \(expected.count) gaps in \(summary.activities) activities")
            let found = gaps.map(\.text).sorted()
            #expect(Self.difference(found, expected) == [])
        }
    }

    /// What only one of the two has, marked with `found` or `expected`.
    private static func difference(_ found: [String], _ expected: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for text in found { counts[text, default: 0] += 1 }
        for text in expected { counts[text, default: 0] -= 1 }
        return counts.filter { $0.value != 0 }.map { "\($0.value > 0 ? "found" : "expected") \($0.key)" }.sorted()
    }
}
