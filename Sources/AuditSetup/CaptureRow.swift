import AuditTrail
import Postgres

/// How rows become jsonb and are compared.
extension CaptureFunction {
    private var schema: SQL { .identifier(auditSchema) }

    /// Whether to_jsonb of a whole row runs no code of others: excluded columns are converted with the rest.
    var isWhole: Bool { !hasVirtualColumns && (columns + excludedColumns).allSatisfy { $0.form == .plain } }

    /// The update branch, which every capture function begins with.
    var updateBranch: SQL {
        """
            if tg_op operator(pg_catalog.=) 'UPDATE' then
                row_after := '{}';
        \(guarded(
            comparisons
                + "if row_after operator(pg_catalog.<>) '{}' then\n\(row("old", into: "row_before").indented(4))end if;",
            otherwise: slowRows([("old", "row_before"), ("new", "row_after")]) + "\n" + difference,
            lookingAt: "old",
            apart: isWhole ? excludedColumns : []
        ))        if row_after operator(pg_catalog.=) '{}' then
                    \(leaving);
                end if;
        \(insertion(values: "'update', row_before, row_after", indent: 8))
        """
    }

    var withoutExcluded: SQL { excludedColumns.isEmpty ? "" : " operator(pg_catalog.-) excluded" }

    /// What puts a row into a variable while the table is as it was.
    func row(_ record: SQL, into variable: SQL) -> SQL {
        if isWhole {
            return "\(variable) := pg_catalog.to_jsonb(\(record))\(withoutExcluded);"
        }
        if columns.contains(where: \.isNested) { return slowRows([(record, variable)]) }
        guard !columns.isEmpty else { return "\(variable) := '{}';" }
        let list = columns.map { "\(value($0, of: record)) as \(identifier: $0.name)" as SQL }.joined(separator: ", ")
        return "\(variable) := (select pg_catalog.to_jsonb(r.*) from (select \(list)) as r);"
    }

    /// What to_jsonb makes the right value of, without a cast that somebody may have defined.
    private func value(_ column: ColumnFacts, of record: SQL) -> SQL {
        let value: SQL = "\(record).\(identifier: column.name)"
        switch column.form {
        case .plain: return value
        case .json: return "\(schema).audit_json(cast(\(value) as pg_catalog.json))"
        case .text: return "case when \(value) is not null then pg_catalog.concat(\(value)) end"
        case .texts:
            return "case when \(value) is not null "
                + "then cast(pg_catalog.concat(\(value)) as pg_catalog.text[]) end"
        case .jsons, .row, .rows: return "(seen_\(record) operator(pg_catalog.->) \(literal: column.name))"
        }
    }

    /// Adds what has changed to row_after, eight columns at a time: most updates change few of many.
    private var comparisons: SQL {
        stride(from: 0, to: columns.count, by: 8).map { start in
            let group = columns[start..<min(start + 8, columns.count)]
            let any = group.map(differs).joined(separator: "\n    or ")
            return "if \(any)\nthen\n\(seenRows(for: group))\(group.map(addition).joined())end if;\n"
        }.joined()
    }

    /// Values of nested types are taken from the rows as they are made when the catalog is asked.
    private func seenRows(for group: ArraySlice<ColumnFacts>) -> SQL {
        let nested = group.filter(\.isNested)
        guard !nested.isEmpty else { return "" }
        let rows = slowRows([("old", "seen_old"), ("new", "seen_new")])
        return "    if \(nested.map(differs).joined(separator: " or ")) then\n\(rows.indented(8))    end if;\n"
    }

    /// Never false when the values are written differently; true too often where the comparison is not exact.
    private func differs(_ column: ColumnFacts) -> SQL {
        let (old, new): (SQL, SQL) = ("old.\(identifier: column.name)", "new.\(identifier: column.name)")
        guard column.comparison != .image else {
            return
                "cast(row(\(old)) as pg_catalog.record) operator(pg_catalog.*<>) cast(row(\(new)) as pg_catalog.record)"
        }
        return "(\(old) operator(pg_catalog.=) \(new)) is not true and (\(old) is not null or \(new) is not null)"
    }

    private func addition(_ column: ColumnFacts) -> SQL {
        let name = SQL.literal(column.name)
        let member: SQL = "pg_catalog.jsonb_build_object(\(name), \(value(column, of: "new")))"
        guard column.comparison != .exact else {
            return
                "    if \(differs(column)) then\n        row_after := row_after operator(pg_catalog.||) \(member);\n    end if;\n"
        }
        let before: SQL = "pg_catalog.jsonb_build_object(\(name), \(value(column, of: "old")))"
        let unchanged: SQL =
            "(row_after operator(pg_catalog.->) \(name)) "
            + "operator(pg_catalog.=) (\(before) operator(pg_catalog.->) \(name))"
        return """
                if \(differs(column)) then
                    row_after := row_after operator(pg_catalog.||) \(member);
                    if \(unchanged) then
                        row_after := row_after operator(pg_catalog.-) \(name);
                    end if;
                end if;

            """
    }
}
