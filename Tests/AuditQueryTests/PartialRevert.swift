import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Makes partial reverts of changes, and runs them.
struct PartialRevert {
    /// What was said of a revert before it was run, and while it was.
    struct Outcome {
        var verdicts: [RevertScript.Verdict?]
        var warnings: [String]
        /// The last transaction before it: `tx 4`.
        var lastWriter: String
    }

    let database: TestDatabase

    /// The script that takes the changes of these numbers back.
    func script(_ ids: [Int64]) throws -> RevertScript {
        let reader = try database.connect()
        let trail = try Trail.open(on: reader, schema: "audit")
        let filter = Filter([.term(.number(.activity, .anyOf(ids)))])
        let request = RevertRequest(filter: filter, isPartial: true, isChecked: true)
        guard case .revert(let script) = try trail.answer(to: .revert(request), on: reader) else {
            throw PostgresError.library(message: "no script")
        }
        return script
    }

    /// What the server is sent.
    func text(_ script: RevertScript) -> String {
        ([script.head] + script.statements.map(\.sql) + [script.closing, script.foot]).joined(separator: "\n")
    }

    /// Takes the changes back, in a session of its own.
    func run(_ ids: [Int64], as role: String? = nil) throws -> Outcome {
        let script = try script(ids)
        let connection = try database.connect(as: role)
        let last = try database.connect().rows("select max(id) from audit.transaction")[0]
        connection.keepNotices()
        try connection.run(text(script))
        let warnings = connection.notices.kept.filter { $0.severity == "WARNING" }.map(\.message)
        return Outcome(verdicts: script.statements.map(\.verdict), warnings: warnings, lastWriter: "tx \(last)")
    }
}
