import AuditTrail
import JSON
import Postgres

/// Asks a table what it holds of the rows of a revert, and what it would make of the values.
///
/// Does no input or output itself: `next` says what to run, `take` is given the result.
struct RevertCheck: Sendable {
    /// So many rows are asked for at a time.
    private static let batch = 500

    private enum Part: CaseIterable {
        case written, restored, end
    }

    private struct Request {
        var step: Int
        var part: Part
        var document: JSON
    }

    private let plan: RevertPlan
    private var waiting: [TableName: [Request]]
    private var tables: [TableName]
    private var asked: [Request] = []
    private(set) var facts: [RevertSimulation.StepFacts]

    init(_ plan: RevertPlan) {
        self.plan = plan
        facts = Array(repeating: RevertSimulation.StepFacts(), count: plan.steps.count)
        var waiting: [TableName: [Request]] = [:]
        for (index, step) in plan.steps.enumerated() where step.isPossible {
            let table = step.change.activity.table
            let parts: [(Part, JSON?)] = [
                (.written, step.action == .insert ? nil : step.written),
                (.restored, step.action == .delete ? nil : step.restored), (.end, step.end),
            ]
            waiting[table, default: []] += parts.compactMap { part, document in
                document.map { Request(step: index, part: part, document: $0) }
            }
        }
        self.waiting = waiting
        tables = waiting.keys.sorted()
    }

    /// The statement to run next, with its parameters; nil when all has been asked.
    mutating func next() -> (statement: Statement, parameters: [String?])? {
        while let table = tables.first {
            guard let requests = waiting[table], !requests.isEmpty, let shape = plan.shapes[table] else {
                tables.removeFirst()
                continue
            }
            asked = Array(requests.prefix(Self.batch))
            waiting[table] = Array(requests.dropFirst(Self.batch))
            return (statement(for: shape), [arrayLiteral(asked.map(\.document.description))])
        }
        return nil
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func take(_ result: borrowing QueryResult) throws(PostgresError) {
        let rows = try result.map { row throws(PostgresError) in
            let references = (try json(row, 2)?.elements ?? []).map { count -> Int64 in
                if case .number(let text) = count { Int64(text) ?? 0 } else { 0 }
            }
            let facts = RevertSimulation.Facts(
                row: try json(row, 0) ?? .null,
                live: try json(row, 1),
                references: references,
                holders: (try json(row, 3)?.elements ?? []).filter { $0 != .null }
            )
            return facts
        }
        for (request, found) in zip(asked, rows) {
            var facts = found
            if let shape = tables.first.flatMap({ plan.shapes[$0] }) {
                facts.live = found.live.map(shape.recorded)
                facts.holders = found.holders.map(shape.recorded)
            }
            // What was not in the document has come as null.
            let names = Set(request.document.members?.map(\.name) ?? [])
            facts.row = .object((found.row.members ?? []).filter { names.contains($0.name) })
            switch request.part {
            case .written: self.facts[request.step].written = facts
            case .restored: self.facts[request.step].restored = facts
            case .end: self.facts[request.step].end = facts
            }
        }
    }

    /// What would become of each step.
    var verdicts: [RevertScript.Verdict] {
        var simulation = RevertSimulation(plan.shapes)
        let companions = plan.companions
        return plan.steps.indices.map { simulation.run(plan.steps[$0], facts[$0], with: companions[$0] ?? []) }
    }

    private func statement(for shape: TableShape) -> Statement {
        let columns = shape.columns.filter { !$0.isGenerated }
        let record = columns.map { (column) -> SQL in "\(identifier: column.name) \(column.plainTypeName)" }
        let values: [String: Template.Value] = [
            "record": .sql(record.joined(separator: ", ")),
            "references": .sql(shape.references.map(count).joined(separator: ",\n  ")),
            "holders": .sql(shape.uniqueKeys.map { holder(of: $0, shape) }.joined(separator: ",\n  ")),
            "match": .sql(matches(shape.keyColumns, "t", shape.keyColumns, "r")),
        ]
        return Statements.revertCheck.statement(shape.values.merging(values) { $1 })
    }

    /// How many rows refer to the row, or to how many it refers; nobody knows of tables that may not be read.
    private func count(of key: TableShape.ForeignKey, _ role: TableShape.Role) -> SQL {
        guard key.isReadable else { return "null" }
        let isChild = role == .refers
        let other = isChild ? key.target : key.table
        let match =
            isChild
            ? matches(key.targetColumns, "o", key.columns, "r") : matches(key.columns, "o", key.targetColumns, "r")
        return "(select pg_catalog.count(*) from \(other.quoted) o where \(match))"
    }

    private func holder(of columns: [String], _ shape: TableShape) -> SQL {
        "(select pg_catalog.to_jsonb(o.*) from \(shape.name.quoted) o where \(matches(columns, "o", columns, "r")) limit 1)"
    }

    private func matches(_ left: [String], _ leftRow: SQL, _ right: [String], _ rightRow: SQL) -> SQL {
        zip(left, right).map { (one, other) -> SQL in
            "\(leftRow).\(identifier: one) = \(rightRow).\(identifier: other)"
        }.joined(separator: " and ")
    }
}
