import AuditTrail
import JSON
import Postgres

/// Asks a table what it holds of the rows of a revert, and what it would make of the values.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RevertCheck: Sendable {
    /// So many rows are asked for at a time.
    private static let batch = 500

    private enum Part: CaseIterable {
        case written, restored, end
    }

    /// A row that is asked for: at which step, for what, and what it is.
    private struct Wanted {
        var step: Int
        var part: Part
        var document: JSON

        /// How many bytes of it are in the trail.
        var largeByteCount: Int { document.excerpts.reduce(0) { $0 + $1.excerpt.byteCount } }
    }

    private let plan: RevertPlan
    private let isPartial: Bool
    private let large: LargeValues
    private let trail: Trail
    private var waiting: [TableName: [Wanted]]
    private var tables: [TableName]
    private var asked: [Wanted] = []
    /// How many rows are asked for at a time, fewer around one that the table's types do not take.
    private var size = batch
    /// Why the table could not take the values of a step, by its place.
    private var unfit: [Int: String] = [:]
    private(set) var facts: [RevertSimulation.StepFacts]

    init(_ plan: RevertPlan, _ large: LargeValues, in trail: Trail, isPartial: Bool) {
        self.plan = plan
        self.large = large
        self.trail = trail
        self.isPartial = isPartial
        facts = Array(repeating: RevertSimulation.StepFacts(), count: plan.steps.count)
        var waiting: [TableName: [Wanted]] = [:]
        for (index, step) in plan.steps.enumerated() where step.isPossible {
            let table = step.change.activity.table
            let parts: [(Part, JSON?)] = [
                (.written, step.action == .insert ? nil : step.written),
                (.restored, step.action == .delete ? nil : step.restored),
                // What is asked already is not asked again: it may be large.
                (.end, step.end == step.restored ? nil : step.end),
            ]
            waiting[table, default: []] += parts.compactMap { part, document in
                document.map { Wanted(step: index, part: part, document: $0) }
            }
        }
        self.waiting = waiting
        tables = waiting.keys.sorted()
    }

    /// The statement to run next, with its parameters; nil when all has been asked.
    mutating func next() -> Request? {
        while let table = tables.first {
            guard let requests = waiting[table], !requests.isEmpty, let shape = plan.shapes[table] else {
                tables.removeFirst()
                continue
            }
            asked = Array(Array(requests.prefix(size)).prefix(ofBytes: LargeValues.mostBytesAtOnce, \.largeByteCount))
            waiting[table] = Array(requests.dropFirst(asked.count))
            let sent = asked.map { large.sent($0.document) }
            let isWhole = !asked.contains { $0.document.holdsExcerpts }
            let rows = [arrayLiteral(sent.map(\.row.description))]
            return (
                statement(for: shape, isWhole: isWhole),
                isWhole ? rows : rows + [arrayLiteral(sent.map(\.missing.description))]
            )
        }
        return nil
    }

    /// Goes on after the statement was refused for a value in it: asks for fewer rows, until it is known which one it was.
    mutating func refuse(_ reason: String) {
        guard let table = tables.first else { return }
        guard asked.count == 1 else {
            size = (asked.count + 1) / 2
            waiting[table, default: []] = asked + (waiting[table] ?? [])
            return
        }
        // How the row ends is the doing of other statements, too. The server may repeat the whole value.
        let isLong = reason.utf8.count > 1000
        let shown = isLong ? String(reason.unicodeScalars.prefix(200)) + "…" : reason
        if asked[0].part != .end { unfit[asked[0].step] = shown }
        size = Self.batch
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) {
        let rows = try result.map { row throws(PostgresError) in
            let references = (try json(row, 2)?.elements ?? []).map { count -> Int64 in
                if case .number(let text) = count { Int64(text) ?? 0 } else { 0 }
            }
            let facts = RevertSimulation.Facts(
                row: try excerptedJSON(row, 0) ?? .null,
                live: try excerptedJSON(row, 1),
                references: references,
                holders: (try json(row, 3)?.elements ?? []).filter { $0 != .null }
            )
            return facts
        }
        size = min(size * 2, Self.batch)
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
            case .restored:
                self.facts[request.step].restored = facts
                if plan.steps[request.step].end == request.document { self.facts[request.step].end = facts }
            case .end: self.facts[request.step].end = facts
            }
        }
    }

    /// What would become of each step.
    var verdicts: [RevertScript.Verdict] {
        var simulation = RevertSimulation(plan.shapes, isPartial: isPartial)
        let companions = plan.companions
        let followers = RevertFollowers(plan)
        return plan.steps.indices.map { index in
            if let reason = unfit[index] { return .impossible("a value does not fit the table any more: \(reason)") }
            let follow = followers.rows(of: index).map { rows in (rows.key, rows.steps.compactMap { facts[$0].written })
            }
            return simulation.run(plan.steps[index], facts[index], with: companions[index] ?? [], followedBy: follow)
        }
    }

    private func statement(for shape: TableShape, isWhole: Bool) -> Statement {
        let records = RevertRecord(shape: shape)
        let columns = shape.columns.filter { !$0.isGenerated }
        let all = JSON.object(columns.map { JSON.Member($0.name, .null) })
        let holders = shape.uniqueKeys.map { (key) -> SQL in
            let match = records.has(key, "r", of: "o")
            let columns = shape.keyColumns + shape.uniqueKeys.joined()
            let row = shape.liveRow(of: "o", columns: Set(columns))
            return "(select \(row) from \(shape.name.quoted) o where \(match) limit 1)"
        }
        func excerpts(_ row: SQL) -> Template.Value {
            .sql(Excerpts.text(ofRow: row, of: shape, whole: shape.wholeColumns))
        }
        let documents: SQL =
            isWhole
            ? "pg_catalog.unnest($1::jsonb[]) with ordinality as d (document, place)"
            : Statements.revertDocuments.sql(trail.values)
        let values: [String: Template.Value] = [
            "documents": .sql(documents),
            "record": .sql(records.compared("d.document", as: "r", all)),
            "normal": excerpts(records.normal("r", columns)),
            "row": excerpts(shape.liveRow(of: "t")),
            "references": .sql(shape.references.map { count($0, $1, records) }.joined(separator: ",\n  ")),
            "holders": .sql(holders.joined(separator: ",\n  ")),
            "match": .sql(records.hasKey("r")),
        ]
        return Statements.revertCheck.statement(shape.values.merging(values) { $1 })
            .guarded(by: isWhole ? safeguard(of: shape) : safeguard(of: shape).and(trail.safeguard))
    }

    /// The table and those that are counted in must be what they were.
    private func safeguard(of shape: TableShape) -> Safeguard {
        let others = shape.references.filter(\.key.isCountable).map { $1 == .refers ? $0.target : $0.table }
        let relations = Set(others).subtracting([shape.name]).sorted().map { Safeguard.Relation($0.schema, $0.name) }
        return shape.safeguard.and(Safeguard(relations))
    }

    /// How many rows refer to the row, or to how many it refers; nobody knows of tables that may not be read.
    private func count(_ key: TableShape.ForeignKey, _ role: TableShape.Role, _ records: RevertRecord) -> SQL {
        let isChild = role == .refers
        let own = isChild ? key.columns : key.targetColumns
        guard key.isCountable, let operators = key.operators, records.areTyped(own) else { return "null" }
        let other = isChild ? key.target : key.table
        let matches = operators.indices.compactMap { (index) -> SQL? in
            let (child, target): (SQL, SQL) = isChild ? ("r", "o") : ("o", "r")
            let (left, right): (SQL, SQL) = (
                "\(target).\(identifier: key.targetColumns[index])", "\(child).\(identifier: key.columns[index])"
            )
            return records.shape.column(own[index]).map { records.equal($0, left, right, by: operators[index]) }
        }
        return "(select pg_catalog.count(*) from \(other.quoted) o where \(matches.joined(separator: " and ")))"
    }
}

extension TableShape.ForeignKey {
    /// Whether rows can be counted without running code of others than superusers.
    fileprivate var isCountable: Bool { isReadable && operators?.count == columns.count }
}
