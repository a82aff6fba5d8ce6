import AuditTrail
import Postgres

/// How rows are captured of a table that has changed since the function was made.
extension CaptureFunction {
    private var schema: SQL { .identifier(auditSchema) }

    /// Statements that have a way out when the table has changed: each time, or once they have failed.
    ///
    /// A column that is gone is an error in them. So is one of another type where the session has seen the old one. An error
    /// costs as much as all that is recorded, so a setting keeps the rest of the transaction from running into the same one.
    /// A loop of one turn, since leaving it costs nothing, and asking afterwards what happened does.
    func guarded(_ statements: SQL, otherwise: SQL) -> SQL {
        let block: SQL = """
            loop
                if has_changed then
            \(otherwise.indented(8))        exit;
                end if;
                begin
            \(statements.indented(8))        exit;
                exception when others then
                    has_changed := true;
                    told := pg_catalog.set_config(
                        'audit.changed',
                        pg_catalog.concat(pg_catalog.current_setting('audit.changed', true), \(Self.place)),
                        true
                    );
                end;
            end loop;
            """
        return block.indented(8)
    }

    /// The place of the table in the setting that names those in which statements have failed: whatever somebody sets there, the
    /// way out is right for any table.
    private static let place: SQL = "pg_catalog.concat(' ', tg_relid, ' ')"

    /// Whether this table has changed, or another has of which the setting speaks.
    var looksChanged: SQL {
        "\(hasOtherColumns)\n    or pg_catalog.current_setting('audit.changed', true) is not null"
    }

    /// Whether this table has, as far as columns and setting tell.
    var hasChanged: SQL {
        "\(hasOtherColumns)\n            or pg_catalog.strpos(pg_catalog.current_setting('audit.changed', true), \(Self.place)) "
            + "operator(pg_catalog.>) 0"
    }

    /// Expressions one of which is true, or fails, for a record of columns that the function was not made for.
    ///
    /// The first is known when a statement is planned, and keeps what stands behind it from being evaluated then. To columns that
    /// the statements do not look at one by one, something is done that has no effect.
    func misfit(of record: SQL, apart unseen: [ColumnFacts]) -> [SQL] {
        let converted = isWhole ? columns + excludedColumns : columns
        let looks = unseen.chunked(by: 100).map { group in
            let values = group.map { "\(record).\(identifier: $0.name)" as SQL }.joined(separator: ", ")
            return "pg_catalog.num_nulls(\(values)) is null" as SQL
        }
        return (converted.isEmpty ? [] : ["\(fit(converted, of: record)) is not true"]) + looks
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

    /// Leaves in row_after what differs from row_before: what jsonb_subtract does, without the cost of a call.
    var difference: SQL {
        """
        row_after := row_after operator(pg_catalog.-) array(
            select m.key
            from pg_catalog.jsonb_each(row_after) as m
            where (row_before operator(pg_catalog.->) m.key) operator(pg_catalog.=) m.value
        );
        """
    }

    /// What puts rows of any shape, without the excluded columns, into variables.
    ///
    /// Where to_jsonb of a row is right, it takes microseconds; how each column is to be written takes a hundred times as long
    /// to find out.
    func slowRows(_ rows: [(record: SQL, variable: SQL)]) -> SQL {
        let whole = rows.map { row in
            "\(row.variable) := pg_catalog.to_jsonb(\(row.record)) operator(pg_catalog.-) shape[2:]\(withoutExcluded);\n"
                as SQL
        }
        let listed = rows.map { row in
            """
            execute pg_catalog.format('select pg_catalog.to_jsonb(x.*) from (select %s) as x', select_list)
            into \(row.variable)
            using \(row.record);
            \(excludedColumns.isEmpty ? "" : "\(row.variable) := \(row.variable)\(withoutExcluded);\n" as SQL)
            """ as SQL
        }
        return """
            \(shape)\
            begin
                if is_whole then
            \(whole.joined().indented(8))    end if;
            exception when others then
                is_whole := false;
            end;
            if is_whole is not true then
                if select_list is null then
                    select_list := \(schema).audit_select_list(tg_relid, cast('($1)' as pg_catalog.text));
                end if;
            \(listed.joined().indented(4))end if;
            """
    }

    /// What finds out whether to_jsonb of a row is right.
    ///
    /// The table's name is a constant, for which the server asks when it plans this. It stands for another table or none when the
    /// table has another name; then it is asked each time, but where all columns are of built-in types other than json[] (199).
    private var shape: SQL {
        let known = SQL.relation(relation.name.schema, relation.name.name)
        let prefix: SQL = isPartitioned ? "origin" : "tg_table"
        let table: SQL = isPartitioned ? "origin_oid" : "tg_relid"
        return """
            begin
                if \(prefix)_name operator(pg_catalog.=) \(literal: relation.name.name)
                    and \(prefix)_schema operator(pg_catalog.=) \(literal: relation.name.schema)
                then
                    shape := case when \(table) operator(pg_catalog.=) \(known) then \(schema).audit_shape(\(known)) end;
                end if;
            exception when others then
                shape := null;
            end;
            if shape is null then
                if exists (
                    select
                    from pg_catalog.pg_attribute as a
                    where a.attrelid operator(pg_catalog.=) \(table)
                        and a.attnum operator(pg_catalog.>) 0
                        and not a.attisdropped
                        and (a.attgenerated operator(pg_catalog.=) 'v'
                            or a.atttypid operator(pg_catalog.>=) cast(16384 as pg_catalog.oid)
                            or a.atttypid operator(pg_catalog.=) cast(199 as pg_catalog.oid))
                ) then
                    shape := \(schema).audit_shape(cast(\(table) as pg_catalog.regclass));
                else
                    shape := '{plain}';
                end if;
            end if;
            \(trust)
            """
    }

    /// What the shape says: to_jsonb is right for built-in types, and for others as long as their owners are trusted.
    private var trust: SQL {
        """
        is_whole := shape[1] operator(pg_catalog.=) 'plain';
        if shape[1] operator(pg_catalog.=) 'typed' then
            is_whole := \(Template(SQLFiles.typesTrusted).filled().indented(4));
            if is_whole is not true then
                is_whole := \(Template(SQLFiles.typesWithoutCasts).filled().indented(8));
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
