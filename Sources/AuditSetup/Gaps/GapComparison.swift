import AuditTrail
import Postgres

/// How the rows of suspects are compared, value by value.
struct GapComparison {
    /// What came of one suspect: a row of `gap_compare.sql`.
    struct Outcome {
        /// The key as a JSON object.
        var key: String
        /// The columns that differ; empty where none does, and where there are no two rows.
        var columns: [String]

        init(_ row: borrowing Row) throws(PostgresError) {
            key = row.optionalText(0) ?? "{}"
            columns = row.optionalText(1).flatMap { elements(ofArrayLiteral: $0) } ?? []
        }
    }

    /// How many suspects one statement compares.
    static let suspectsAtOnce = 500

    let table: GapTable
    let statement: Statement
    /// For each column that was asked about, the activities with which it began to be left out of the trail.
    var absences: [String: [Int64]] = [:]

    init(of table: GapTable, auditSchema: String) {
        self.table = table
        statement = table.comparisonStatement(auditSchema: auditSchema)
    }

    /// `isLiteral`: values are the same only when they are written the same way.
    func parameters(for suspects: [GapSuspect], isLiteral: Bool) -> [String] {
        let types = table.types.sorted { $0.key < $1.key }
        return [
            arrayLiteral(suspects.map { String($0.after.activity) }),
            optionalArrayLiteral(suspects.map { time(of: $0.after) }),
            optionalArrayLiteral(suspects.map { $0.before.map { String($0.activity) } }),
            optionalArrayLiteral(suspects.map { $0.before.flatMap(time) }),
            optionalArrayLiteral(suspects.map { $0.place?.relation }),
            optionalArrayLiteral(suspects.map { $0.place?.tuple }),
            arrayLiteral(suspects.map(\.change.rawValue)),
            arrayLiteral(types.map(\.key)),
            arrayLiteral(types.map { $0.value.joined(separator: ",") }),
            arrayLiteral(table.relation.keyColumns),
            isLiteral ? "true" : "false",
        ]
    }

    private func time(of side: Gap.Side) -> String? { side.time.isEmpty ? nil : side.time }

    /// The gap that a suspect turned out to be; nil when its rows are the same after all.
    func gap(_ suspect: GapSuspect, _ outcome: Outcome) -> Gap? {
        var columns: [String] = []
        if suspect.change == .update {
            columns = outcome.columns.filter { !wasLeftOut($0, from: suspect.after, to: suspect.before) }
            if columns.isEmpty { return nil }
        }
        return Gap(
            table: table.name,
            key: outcome.key,
            change: suspect.change,
            columns: columns,
            after: suspect.after,
            before: suspect.before
        )
    }

    /// Whether the trail lacks the column at some time between the two: what happened to it then need not be recorded.
    private func wasLeftOut(_ column: String, from start: Gap.Side, to end: Gap.Side?) -> Bool {
        let span = start.activity..<(end?.activity ?? .max)
        return (absences[column] ?? []).contains(where: span.contains)
    }
}

extension GapChecker {
    func outcomes(
        _ suspects: [GapSuspect],
        _ comparison: GapComparison
    ) throws(SetupError) -> [GapComparison.Outcome] {
        try run(Statement("savepoint", "savepoint gap_compare"))
        defer { _ = try? run(Statement("release", "release gap_compare")) }
        do throws(SetupError) {
            return try outcomes(suspects, comparison, isLiteral: false)
        } catch {
            // A value that looks like one of a type and is none, in a column that is no longer of its type.
            guard case .server(let failure) = error, failure.sqlState?.hasPrefix("22") == true else { throw error }
            try run(Statement("rollback_to", "rollback to gap_compare"))
            return try outcomes(suspects, comparison, isLiteral: true)
        }
    }

    private func outcomes(
        _ suspects: [GapSuspect],
        _ comparison: GapComparison,
        isLiteral: Bool
    ) throws(SetupError) -> [GapComparison.Outcome] {
        try rows(comparison.statement, comparison.parameters(for: suspects, isLiteral: isLiteral)) {
            row throws(PostgresError) in try GapComparison.Outcome(row)
        }
    }

    /// Asks when the columns were left out, those that have not been asked about before.
    func readAbsences(of columns: [String], _ comparison: inout GapComparison) throws(SetupError) {
        let new = Set(columns).subtracting(comparison.absences.keys).sorted()
        guard !new.isEmpty else { return }
        for column in new { comparison.absences[column] = [] }
        let name = comparison.table.name
        let sql = Template(SQLFiles.gapAbsences).filled(with: ["schema": .text(auditSchema)])
        let found = try rows(Statement("gap_absences", sql), [name.schema, name.name, arrayLiteral(new)]) {
            row throws(PostgresError) in
            (column: try row.text(0), ids: (elements(ofArrayLiteral: try row.text(1)) ?? []).compactMap { Int64($0) })
        }
        for absence in found { comparison.absences[absence.column] = absence.ids }
    }
}
