import AuditTrail
import Postgres

/// How rows become jsonb and are compared.
extension CaptureFunction {
    private var schema: SQL { .identifier(auditSchema) }
    private var isPlain: Bool { columns.allSatisfy { $0.form == .plain } }

    /// The update branch, which every capture function begins with.
    var updateBranch: SQL {
        """
            if tg_op operator(pg_catalog.=) 'UPDATE' then
        \(guarded(
            comparisons + "if row_after operator(pg_catalog.<>) '{}' then\n    row_before := \(row("old"));\nend if;",
            otherwise: "row_before := \(slowRow("old"));\n"
                + "row_after := \(schema).jsonb_subtract(\(slowRow("new")), row_before);",
            always: true
        ))        if row_after operator(pg_catalog.=) '{}' then
                    return null;
                end if;
        \(insertion(values: "'update', row_before, row_after", indent: 8))
        """
    }

    /// Statements that have a way out when the table has changed.
    ///
    /// A column that is gone or has another type is an error in them, one that was added is looked for by its number.
    /// In a restored table columns move up into the numbers of dropped ones, hence the second look.
    func guarded(_ statements: SQL, otherwise: SQL, always: Bool = false) -> SQL {
        guard always || !isPlain else { return statements.indented(8) }
        let table: SQL = isPartitioned ? "origin_oid" : "tg_relid"
        let added = [relation.firstDropped, relation.attributeCount + 1].compactMap { $0 }
            .map { "pg_catalog.has_column_privilege(\(table), \($0)::smallint, 'select') is not null" as SQL }
            .joined(separator: " or ")
        let block: SQL = """
            begin
                if \(added) then
                    raise exception 'other columns';
                end if;
            \(statements.indented(4))exception when others then
            \(otherwise.indented(4))end;
            """
        return block.indented(8)
    }

    /// A row of any shape, without the excluded columns.
    func slowRow(_ record: SQL) -> SQL {
        "\(schema).audit_row(tg_relid, \(record))" + (hasExclusions ? " operator(pg_catalog.-) excluded" : "")
    }

    /// The row that is there as a whole, where all columns are safe to convert.
    func wholeRow(_ record: SQL) -> SQL {
        "pg_catalog.to_jsonb(\(record))" + (hasExclusions ? " operator(pg_catalog.-) excluded" : "")
    }

    func row(_ record: SQL) -> SQL {
        if isPlain { return wholeRow(record) }
        guard !columns.isEmpty else { return "'{}'" }
        let list = columns.map { "\(value($0, of: record)) as \(identifier: $0.name)" as SQL }.joined(separator: ", ")
        return "(select pg_catalog.to_jsonb(r.*) from (select \(list)) as r)"
    }

    /// What to_jsonb makes the right value of, without a cast that somebody may have defined.
    private func value(_ column: ColumnFacts, of record: SQL) -> SQL {
        let value: SQL = "\(record).\(identifier: column.name)"
        switch column.form {
        case .plain: return value
        case .json: return "\(schema).audit_json(\(value))"
        case .text: return "case when \(value) is not null then pg_catalog.concat(\(value)) end"
        case .texts:
            return "case when \(value) is not null "
                + "then cast(pg_catalog.concat(\(value)) as pg_catalog.text[]) end"
        case .jsons, .row, .rows:
            let name = SQL.literal(column.name)
            return "(\(schema).audit_row(tg_relid, \(record)) operator(pg_catalog.->) \(name))"
        }
    }

    /// Adds what has changed to row_after, eight columns at a time: most updates change few of many.
    private var comparisons: SQL {
        stride(from: 0, to: columns.count, by: 8).map { start in
            let group = columns[start..<min(start + 8, columns.count)]
            let any = group.map(differs).joined(separator: "\n    or ")
            return "if \(any)\nthen\n\(group.map(addition).joined())end if;\n"
        }.joined()
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
