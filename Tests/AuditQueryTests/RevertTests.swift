import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Scripts that take transactions back, run on the tables that they were made from.
@Suite struct RevertTests {
    @Test(arguments: [1, 3, 15] as [UInt64])
    func takingAllTransactionsBackNewestFirstRestoresTheTables(seed: UInt64) throws {
        try withDatabase { connection, database in
            try RevertWorkload.install(on: connection)
            var workload = RevertWorkload(seed: seed)
            for _ in 0..<60 { try connection.run(workload.transaction()) }
            let before = try contents(connection)
            let last = try lastTransaction(connection)
            for _ in 0..<120 { try connection.run(workload.transaction()) }
            let after = try contents(connection)
            #expect(before != after)
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            let transactions = try connection.rows(
                "select id from audit.transaction where id > $1::bigint order by id desc",
                [last]
            )
            var statements = 0
            for id in transactions {
                let script = try script(.number(.transaction, .anyOf([Int64(id) ?? 0])), trail, reader)
                #expect(script.statements.allSatisfy { $0.verdict == .applies }, "transaction \(id)")
                try run(script, on: connection)
                statements += script.statements.count
            }
            try #expect(contents(connection) == before)
            print("taken back: \(transactions.count) transactions, \(statements) statements")
        }
    }

    /// Transactions from the middle of a history, over which others have written since.
    @Test(arguments: [4, 7] as [UInt64])
    func whatWasWrittenSinceIsNeverOverwrittenAndEveryConflictIsTold(seed: UInt64) throws {
        try withDatabase { connection, database in
            try RevertWorkload.install(on: connection)
            var workload = RevertWorkload(seed: seed)
            for _ in 0..<150 { try connection.run(workload.transaction()) }
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            let transactions = try connection.rows("select id from audit.transaction order by md5(id::text) limit 60")
            var outcomes = (whole: 0, refused: 0, conflicts: 0)
            for id in transactions.compactMap({ Int64($0) }) {
                let term = FilterTerm.number(.transaction, .anyOf([id]))
                let script = try script(term, trail, reader)
                let isRefused = script.statements.contains { $0.isRefused }
                let before = try contents(connection)
                if isRefused {
                    #expect(throws: PostgresError.self, "transaction \(id)") { try run(script, on: connection) }
                    try #expect(contents(connection) == before)
                    outcomes.refused += 1
                    let partial = try self.script(term, partial: true, trail, reader)
                    outcomes.conflicts += try expectPartial(partial, on: connection)
                } else {
                    try run(script, on: connection)
                    outcomes.whole += 1
                }
            }
            #expect(outcomes.whole > 5 && outcomes.refused > 5 && outcomes.conflicts > 5)
            print("since overwritten: \(outcomes)")
        }
    }

    /// Runs a partial revert: it writes the rows of which it is told that it would, and no others.
    ///
    /// Looks at the tables in which no foreign key passes a change on. Returns how many statements were in conflict.
    private func expectPartial(_ script: RevertScript, on connection: borrowing Connection) throws -> Int {
        let last = try connection.rows("select max(id) from audit.activity")[0]
        try run(script, on: connection)
        let written = try connection.rows(
            """
            select distinct coalesce(old_data ->> 'id', changed_data ->> 'id')
            from audit.activity where id > $1::bigint and table_name = 'kinds'
            """,
            [last]
        )
        let applied = script.statements.filter { $0.verdict == .applies || $0.verdict?.word == "partly" }
        let keys = applied.compactMap { $0.change.activity.rowAfter?["id"] ?? $0.change.activity.rowBefore?["id"] }
        #expect(Set(written).isSubset(of: keys.map(keyValueText)))
        if applied.isEmpty { try #expect(connection.rows("select max(id) from audit.activity") == [last]) }
        return script.statements.filter(\.isRefused).count
    }

    @Test func revertingARevertRestoresTheState() throws {
        try withDatabase { connection, database in
            try RevertWorkload.install(on: connection)
            var workload = RevertWorkload(seed: 6)
            for _ in 0..<60 { try connection.run(workload.transaction()) }
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            let state = try contents(connection)
            let last = Int64(try lastTransaction(connection)) ?? 0
            try run(script(.number(.transaction, .anyOf([last])), trail, reader), on: connection)
            let revert = Int64(try lastTransaction(connection)) ?? 0
            #expect(revert > last)
            try #expect(contents(connection) != state)
            try run(script(.number(.transaction, .anyOf([revert])), trail, reader), on: connection)
            try #expect(contents(connection) == state)
            // Once more: all is as it is to be, and nothing is done.
            let again = try script(.number(.transaction, .anyOf([revert])), trail, reader)
            #expect(again.statements.allSatisfy { $0.verdict == .reverted })
            try run(again, on: connection)
            try #expect(contents(connection) == state)
        }
    }

    private func contents(_ connection: borrowing Connection) throws -> [String] {
        try RevertWorkload.tables.flatMap { table in
            try connection.rows("select t::text from public.\(table) t order by 1")
        }
    }

    private func lastTransaction(_ connection: borrowing Connection) throws -> String {
        try connection.rows("select max(id) from audit.transaction")[0]
    }

    private func script(
        _ term: FilterTerm,
        partial: Bool = false,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws -> RevertScript {
        let request = RevertRequest(filter: Filter([.term(term)]), isPartial: partial, isChecked: true)
        guard case .revert(let script) = try trail.answer(to: .revert(request), on: connection) else {
            throw PostgresError.library(message: "no script")
        }
        return script
    }

    private func run(_ script: RevertScript, on connection: borrowing Connection) throws {
        let text = ([script.head] + script.statements.map(\.sql) + [script.foot]).joined(separator: "\n")
        do {
            try connection.executeScript(Statement("revert", verbatim: text))
        } catch {
            try connection.run("rollback")
            throw error
        }
    }
}

extension RevertScript.Statement {
    /// Whether the statement ends the script.
    var isRefused: Bool { verdict != .applies && verdict != .reverted }
}
