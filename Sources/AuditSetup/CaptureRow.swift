import AuditTrail
import Postgres

/// How rows become jsonb and are compared.
extension CaptureFunction {
    private var schema: SQL { .identifier(auditSchema) }
    /// Whether to_jsonb of a whole row runs no code of others: excluded columns are converted with the rest.
    private var isWhole: Bool { !hasVirtualColumns && (columns + excludedColumns).allSatisfy { $0.form == .plain } }

    /// The update branch, which every capture function begins with.
    var updateBranch: SQL {
        """
            if tg_op operator(pg_catalog.=) 'UPDATE' then
                row_after := '{}';
        \(guarded(
            comparisons
                + "if row_after operator(pg_catalog.<>) '{}' then\n\(row("old", into: "row_before").indented(4))end if;",
            otherwise: slowRow("old", into: "row_before") + "\n" + slowRow("new", into: "row_after")
                + "\n" + difference,
            lookingAt: "old",
            apart: isWhole ? excludedColumns : []
        ))        if row_after operator(pg_catalog.=) '{}' then
                    \(leaving);
                end if;
        \(insertion(values: "'update', row_before, row_after", indent: 8))
        """
    }

    /// Leaves in row_after what differs from row_before: what jsonb_subtract does, without the cost of a call.
    private var difference: SQL {
        """
        row_after := coalesce(
            (
                select pg_catalog.jsonb_object_agg(m.key, m.value)
                from pg_catalog.jsonb_each(row_after) as m
                where ((row_before operator(pg_catalog.->) m.key) operator(pg_catalog.=) m.value) is not true
            ),
            '{}'
        );
        """
    }

    /// Statements that have a way out when the table has changed.
    ///
    /// A column that is gone is an error in them. So is one of another type where the session has seen the old one; to
    /// those that the statements do not look at one by one, something is done that has no effect.
    func guarded(_ statements: SQL, otherwise: SQL, lookingAt record: SQL, apart unseen: [ColumnFacts]) -> SQL {
        let looks = unseen.chunked(by: 100).map { group in
            let values = group.map { "\(record).\(identifier: $0.name)" as SQL }.joined(separator: ", ")
            return "\n    or pg_catalog.num_nulls(\(values)) is null" as SQL
        }.joined()
        let converted = isWhole ? columns + excludedColumns : columns
        let fits: SQL = converted.isEmpty ? "" : "\n    or \(fit(converted, of: record)) is not true"
        let block: SQL = """
            begin
                if \(hasOtherColumns)\(fits)\(looks)
                then
                    raise exception 'other columns';
                end if;
            \(statements.indented(4))exception when others then
            \(otherwise.indented(4))end;
            """
        return block.indented(8)
    }

    /// Whether a column was added, which is looked for by its number.
    ///
    /// In a restored table columns move up into the numbers of dropped ones, hence the second look.
    var hasOtherColumns: SQL {
        let table: SQL = isPartitioned ? "origin_oid" : "tg_relid"
        return [relation.firstDropped, relation.attributeCount + 1].compactMap { $0 }.map { number in
            "pg_catalog.has_column_privilege(\(table), \(number)::smallint, 'select') is not null" as SQL
        }.joined(separator: " or ")
    }

    /// Whether columns of a record are of the types that they had when the function was made, asked while a statement is
    /// planned: a null of a column's type, or of that under a domain, is all that the server needs to know.
    ///
    /// Of another type a column could have operators and casts of whoever owns that.
    func fit(_ columns: [ColumnFacts], of record: SQL) -> SQL {
        let nulls = columns.map { "case when false then \(record).\(identifier: $0.name) end" as SQL }
        let types = SQL.literal(arrayLiteral(columns.map(\.baseType)))
        return "\(schema).audit_fits(row(\(nulls.joined(separator: ", "))), cast(\(types) as pg_catalog.text[]))"
    }

    /// What puts a row of any shape, without the excluded columns, into a variable.
    ///
    /// The catalog is asked whether all columns are of built-in types other than json (114, 199), which takes a few
    /// microseconds; only where one is not, how each is to be written, which takes a hundred times as long.
    func slowRow(_ record: SQL, into variable: SQL) -> SQL {
        let taken: SQL =
            excludedColumns.isEmpty ? "" : "\n\(variable) := \(variable) operator(pg_catalog.-) excluded;"
        return """
            if exists (
                select
                from pg_catalog.pg_attribute as a
                where a.attrelid operator(pg_catalog.=) tg_relid
                    and a.attnum operator(pg_catalog.>) 0
                    and not a.attisdropped
                    and (a.attgenerated operator(pg_catalog.=) 'v'
                        or a.atttypid operator(pg_catalog.>=) cast(16384 as pg_catalog.oid)
                        or a.atttypid operator(pg_catalog.=) any (cast('{114,199}' as pg_catalog.oid[])))
            ) then
                if select_list is null then
                    select_list := \(schema).audit_select_list(tg_relid, cast('($1)' as pg_catalog.text));
                end if;
                execute pg_catalog.format('select pg_catalog.to_jsonb(x.*) from (select %s) as x', select_list)
                into \(variable)
                using \(record);
            else
                \(variable) := pg_catalog.to_jsonb(\(record));
            end if;\(taken)
            """
    }

    /// What puts a row into a variable while the table is as it was.
    func row(_ record: SQL, into variable: SQL) -> SQL {
        if isWhole {
            let taken: SQL = excludedColumns.isEmpty ? "" : " operator(pg_catalog.-) excluded"
            return "\(variable) := pg_catalog.to_jsonb(\(record))\(taken);"
        }
        if columns.contains(where: \.isNested) { return slowRow(record, into: variable) }
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
        let rows = slowRow("old", into: "seen_old") + "\n" + slowRow("new", into: "seen_new")
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

extension Array {
    fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
