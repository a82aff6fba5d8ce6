import AuditTrail
import Postgres
import TestDatabase

@testable import AuditSetup

/// Looks for gaps in a session of its own, as the given role.
func findGaps(
    in database: TestDatabase,
    table: String? = nil,
    as role: String? = nil,
    schema: String = "audit",
    rowsAtOnce: Int64? = nil,
    report: @escaping (GapReport) -> Void = { _ in }
) throws -> (gaps: [Gap], summary: GapSummary) {
    var gaps: [Gap] = []
    let session = try database.connect(as: role)
    let take = { (found: GapReport) in
        if case .gap(let gap) = found { gaps.append(gap) }
        report(found)
    }
    var checker = GapChecker(on: session, auditSchema: schema, isStopped: { false }, report: take)
    if let rowsAtOnce { checker.rowsAtOnce = rowsAtOnce }
    let name = try table.map { try QualifiedName(parsing: $0) }
    let summary = try checker.check(name)
    return (gaps, summary)
}

/// The gaps as `table key change columns`, the key without its blanks; in the order of the text.
func gapTexts(in database: TestDatabase, table: String? = nil, schema: String = "audit") throws -> [String] {
    try findGaps(in: database, table: table, schema: schema).gaps.map(\.text).sorted()
}

extension Gap {
    /// `orders {"id":1} update status,total`.
    var text: String {
        let words = [table.name, key.filter { $0 != " " }, change.rawValue, columns.joined(separator: ",")]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// The ways to write without capture: what to say before and after.
let waysOff = [
    ("alter table orders disable trigger user", "alter table orders enable trigger user"),
    ("set session_replication_role = replica", "reset session_replication_role"),
    (
        "set flask_audit_logger.enable_versioning = 'false'", "reset flask_audit_logger.enable_versioning"
    ),
]
