import AuditTrail
import Postgres

/// What the search for gaps needs to know of one table, and how its statements are written for it.
struct GapTable {
    var relation: RelationFacts
    /// The captured columns.
    var columns: [ColumnFacts]
    /// The built-in types that the values of each column are made of.
    var types: [String: [String]]
    var values: GapValues
    var activities: Int64
    var truncates: [Gap.Side]

    var name: TableName { relation.name }

    /// Into how many parts the keys are divided, so that each is about so many rows of the table and of its trail.
    func parts(of rows: Int64) -> Int64 {
        max(1, (max(activities, relation.estimatedRows ?? 0) + rows - 1) / rows)
    }

    func stepsStatement(auditSchema: String) -> Statement {
        var values = baseValues(auditSchema)
        values["old_key"] = .sql(key(in: "a.old_data"))
        values["changed_key"] = .sql(key(in: "a.changed_data"))
        values["new_key"] = .sql(key(in: "(a.old_data || a.changed_data)"))
        values["live_key"] = .sql(key(in: "t.key_data"))
        values["key_columns"] = .sql(list(columns.filter { relation.keyColumns.contains($0.name) }))
        let steps = Template(SQLFiles.gapSteps).filled(with: values)
        return Statement("gap_steps", "declare gap_steps no scroll cursor for " + steps)
    }

    func comparisonStatement(auditSchema: String) -> Statement {
        let values = baseValues(auditSchema).merging(Self.patterns) { first, _ in first }
        return Statement("gap_compare", Template(SQLFiles.gapCompare).filled(with: values))
    }

    private func baseValues(_ auditSchema: String) -> [String: Template.Value] {
        [
            "schema": .text(auditSchema), "table_schema": .text(name.schema), "table_name": .text(name.name),
            // Children by inheritance are audited for themselves; partitions are their parent's.
            "only": .sql(relation.kind == .partitioned ? "" : "only"),
            "columns": .sql(list(columns)),
        ]
    }

    /// The key of a row as one text, null when a column of it is missing.
    private func key(in row: SQL) -> SQL {
        let values = relation.keyColumns.map { column in
            let types = types[column] ?? []
            var values = Self.patterns
            values["value"] = .sql("(\(row) ->> \(literal: column))")
            let isOfMoments = types.sorted() == ["_timestamptz", "timestamptz"]
            values["type"] = .text(types.count == 1 ? types[0] : isOfMoments ? "timestamptz[]" : "")
            return Template(SQLFiles.gapKey).filled(with: values)
        }
        let text: SQL =
            values.count == 1
            ? values[0] : values.map { "quote_literal(\($0))" as SQL }.joined(separator: " || ',' || ")
        return "(\(text)) collate \"C\""
    }

    private func list(_ columns: [ColumnFacts]) -> SQL { values.list(columns.map(\.name), of: "r") }

    /// What the input functions of these types are sure to read, as regular expressions of the server.
    private static let patterns: [String: Template.Value] = {
        let date = "[0-9]{4,6}-[0-9]{2}-[0-9]{2}"
        let timeOfDay = "[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([-+][0-9]{2}[0-9:]*)?( BC)?"
        let quantity = "[-+]?[0-9][-0-9.:]* ?((year|mon|day|hour|min|sec)s?)? ?"
        return [
            "time_pattern": .text("^\(date)T\(timeOfDay)$"),
            "times_pattern": .text("^[[](\"\(date)T\(timeOfDay)\"|null)(, (\"\(date)T\(timeOfDay)\"|null))*[]]$"),
            "interval_pattern": .text("^(@ )?(\(quantity))+(ago)?$|^P[-+.0-9YMWDTHS]+$"),
            "bytea_pattern": .text(#"^\\x([0-9a-f]{2})*$|^([^\\]|\\\\|\\[0-3][0-7]{2})*$"#),
            "range_pattern": .text("^[[(](\"\(date) \(timeOfDay)\")?,(\"\(date) \(timeOfDay)\")?[])]$"),
        ]
    }()
}
