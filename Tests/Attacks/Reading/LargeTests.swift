import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Rows so large that whoever looks at them waits.
@Suite struct LargeTests {
    /// Of moments and the like the values themselves must be known.
    @Test func aRowThatIsTooLargeForAScreenIsNotEvenSent() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id int primary key, v interval[])")
            #expect(try database.run("init t --yes --schema audit").status == 0)
            let value = "array(select i * interval '1 h' from generate_series(1, 20000) as i)"
            try connection.run("insert into t values (1, array['1 h'::interval]), (2, \(value))")
            try connection.run("update t set v = null where id = 2")
            let session = try database.connect()
            let trail = try Trail.open(on: session, schema: "audit")
            func revert(_ transaction: Int64, mostBytes: Int?) throws -> Answer {
                let filter = Filter([.term(.number(.transaction, .anyOf([transaction])))])
                let request = RevertRequest(filter: filter, isChecked: true, mostBytes: mostBytes)
                return try trail.answer(to: .revert(request), on: session)
            }
            for (transaction, activity) in [(Int64(1), 2), (2, 3)] {
                let reason =
                    "activity \(activity) holds more than 100 kB, too much to look at here; audit-tui revert prints its script"
                #expect(try revert(transaction, mostBytes: 100_000) == .unanswerable(reason))
            }
            for mostBytes in [nil, 2_000_000] {
                guard case .revert(let script) = try revert(2, mostBytes: mostBytes) else {
                    Issue.record("no script")
                    return
                }
                #expect(script.statements.map(\.verdict) == [.applies])
            }
        }
    }
}
