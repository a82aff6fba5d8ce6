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
        \(guarded(
            comparisons + row("old", into: "row_before") + "\n",
            otherwise: slowRows([("old", "row_before"), ("new", "row_after")]) + "\n" + difference + "\n" + leavingUnchanged
        ))\(insertion(values: "'update', row_before, row_after", indent: 8))
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

    /// Leaves when row_after holds nothing, or is null.
    private var leavingUnchanged: SQL {
        "if (row_after operator(pg_catalog.<>) '{}') is not true then\n    \(leaving);\nend if;\n"
    }

    /// Leaves in row_after what has changed, and nothing to do when that is nothing.
    ///
    /// What a statement costs is for the most part what it costs to get its expressions ready, once a transaction, which grows
    /// with all that stands in them: few columns are compared once, while their object is made. Of many, most updates change few:
    /// they are compared eight at a time before that.
    private var comparisons: SQL {
        let misfit = misfit(of: "old", apart: isWhole ? excludedColumns : [])
        let raise: SQL = "raise exception 'other columns';\n"
        guard columns.count > 16 else {
            guard !misfit.isEmpty else { return "\(leaving);\n" }
            let isOther = misfit.joined(separator: "\n        or ")
            return """
                row_after := case
                    when \(isOther)
                    -- Fails where it is evaluated: what is concatenated is no document.
                    then cast(pg_catalog.concat('other columns') as pg_catalog.jsonb)
                    else
                \(together(columns).indented(8))end;
                \(apart(columns))\
                if row_after operator(pg_catalog.=) '{}' then
                    \(leaving);
                end if;

                """
        }
        let groups = stride(from: 0, to: columns.count, by: 8).map { start in
            let group = Array(columns[start..<min(start + 8, columns.count)])
            let isOther = start == 0 ? misfit : []
            let any = (isOther + group.map(differs)).joined(separator: "\n    or ")
            let check: SQL =
                isOther.isEmpty
                ? "" : "    if \(isOther.joined(separator: "\n        or "))\n    then\n        \(raise)    end if;\n"
            let addition: SQL =
                "row_after := coalesce(row_after, '{}') operator(pg_catalog.||) (\(together(group).indented(4)));\n"
            return "if \(any)\nthen\n\(check)\(addition.indented(4))\(apart(group).indented(4))end if;\n" as SQL
        }
        return groups.joined() + leavingUnchanged
    }

    /// The changed ones of the columns whose comparison is exact, as one expression.
    private func together(_ columns: [ColumnFacts]) -> SQL {
        let terms = columns.filter { $0.comparison == .exact }.map { column in
            let (old, new): (SQL, SQL) = ("old.\(identifier: column.name)", "new.\(identifier: column.name)")
            return "case when \(old) operator(pg_catalog.=) \(new) or coalesce(\(old), \(new)) is null then '{}' else "
                + "\(member(column, of: "new")) end" as SQL
        }
        return terms.isEmpty ? "cast('{}' as pg_catalog.jsonb)" : terms.joined(separator: "\noperator(pg_catalog.||) ")
    }

    /// What adds the others to row_after, which have to be compared as they are written.
    private func apart(_ columns: [ColumnFacts]) -> SQL {
        let others = columns.filter { $0.comparison != .exact }
        guard !others.isEmpty else { return "" }
        let additions = seenRows(for: others) + others.map(addition).joined()
        guard others.count > 1 else { return additions }
        return "if \(others.map(differs).joined(separator: "\n    or "))\nthen\n\(additions.indented(4))end if;\n"
    }

    /// Values of nested types are taken from the rows as they are made when the catalog is asked.
    private func seenRows(for columns: [ColumnFacts]) -> SQL {
        let nested = columns.filter(\.isNested)
        guard !nested.isEmpty else { return "" }
        let rows = slowRows([("old", "seen_old"), ("new", "seen_new")])
        return "if \(nested.map(differs).joined(separator: " or ")) then\n\(rows.indented(4))end if;\n"
    }

    /// Never false when the values are written differently; true too often where the comparison is not exact.
    private func differs(_ column: ColumnFacts) -> SQL {
        let (old, new): (SQL, SQL) = ("old.\(identifier: column.name)", "new.\(identifier: column.name)")
        guard column.comparison != .image else {
            return
                "cast(row(\(old)) as pg_catalog.record) operator(pg_catalog.*<>) cast(row(\(new)) as pg_catalog.record)"
        }
        return "(\(old) operator(pg_catalog.=) \(new)) is not true and coalesce(\(old), \(new)) is not null"
    }

    private func member(_ column: ColumnFacts, of record: SQL) -> SQL {
        "pg_catalog.jsonb_build_object(\(literal: column.name), \(value(column, of: record)))"
    }

    private func addition(_ column: ColumnFacts) -> SQL {
        let name = SQL.literal(column.name)
        let unchanged: SQL =
            "(row_after operator(pg_catalog.->) \(name)) "
            + "operator(pg_catalog.=) (\(member(column, of: "old")) operator(pg_catalog.->) \(name))"
        return """
            if \(differs(column)) then
                row_after := row_after operator(pg_catalog.||) \(member(column, of: "new"));
                if \(unchanged) then
                    row_after := row_after operator(pg_catalog.-) \(name);
                end if;
            end if;

            """
    }
}
