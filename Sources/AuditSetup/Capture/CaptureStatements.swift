import AuditTrail
import Postgres

/// How the rows of an insert or a delete are captured together.
extension CaptureFunction {
    /// The branches of the verbs that are captured by statement.
    var statementBranches: SQL {
        statementBranch(.insert, rows: "new_table", into: "changed_data")
            + statementBranch(.delete, rows: "old_table", into: "old_data")
    }

    /// One statement for all rows, which selects none when the table has changed; then another one does.
    private func statementBranch(_ verb: CaptureTrigger, rows table: SQL, into data: SQL) -> SQL {
        """
            elsif tg_op operator(pg_catalog.=) \(literal: verb.rawValue.uppercased()) then
                schema_name := tg_table_schema;
                table_name := tg_table_name;
                relation := cast(tg_relid as integer);
                written_at := pg_catalog.statement_timestamp() at time zone interval '0';
                number := pg_catalog.txid_current();
                if has_changed is not true then
        \(insertion(of: verb, from: table, into: data).indented(12))\
                    if found then
                        \(leaving);
                    end if;
                end if;
                perform from \(table) limit 1;
                if found then
        \(slowInsertion(of: verb, from: table, into: data).indented(12))\
                end if;

        """
    }

    /// The rows, made of the captured columns in the order of a jsonb's keys, which need not be sorted then.
    ///
    /// A name that the table no longer has is found in the row beside it instead, in a type that no column can have: it
    /// then does not fit. Variables are written with the label of the function, since columns may have their names.
    private func insertion(of verb: CaptureTrigger, from table: SQL, into data: SQL) -> SQL {
        let names = sortedColumns.map { SQL.identifier($0.name) }.joined(separator: ", ")
        let nothing = sortedColumns.map { _ in "cast(null as pg_catalog.void)" as SQL }.joined(separator: ", ")
        let rows: SQL =
            columns.isEmpty
            ? "(select from \(table)) as x"
            : """
            (values (\(nothing))) as d (\(names))
                cross join lateral (select \(names) from \(table) as x) as x
            where \(fit(sortedColumns, of: "x"))
            """
        return """
            insert into \(identifier: auditSchema).activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, \(data), transaction_id
            )
            select
                capture.schema_name, capture.table_name, capture.relation, capture.written_at, capture.number,
                \(literal: verb.rawValue), \(columns.isEmpty ? "'{}'" : "pg_catalog.to_jsonb(x.*)"),
                (select \(transactionRow("capture.number")))
            from \(rows);
            """
    }

    /// Rows of any shape: the catalog is asked for the columns once.
    private func slowInsertion(of verb: CaptureTrigger, from table: SQL, into data: SQL) -> SQL {
        let activity = SQL.literal(SQL.name(auditSchema, "activity").text)
        let transaction = SQL.literal(SQL.name(auditSchema, "audit_transaction").text)
        return """
            execute pg_catalog.format(
                'insert into %s (schema, table_name, relid, issued_at, native_transaction_id, verb, \(data), transaction_id) '
                'select $1, $2, $3, $4, $5, $6, (select pg_catalog.to_jsonb(r.*) from (select %s) as r) '
                'operator(pg_catalog.-) $7, (select %s()) from \(table) as x',
                \(activity), \(identifier: auditSchema).audit_select_list(tg_relid, cast('x' as pg_catalog.text)),
                \(transaction)
            )
            using
                schema_name, table_name, relation, written_at, number, cast(\(literal: verb.rawValue) as pg_catalog.text),
                coalesce(cast(tg_argv[0] as pg_catalog.text[]), cast('{}' as pg_catalog.text[]));
            """
    }

    private var sortedColumns: [ColumnFacts] {
        func precedes(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
            let (left, right) = (one.name.utf8, other.name.utf8)
            return left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
        }
        return columns.sorted(by: precedes)
    }
}
