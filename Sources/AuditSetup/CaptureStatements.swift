import AuditTrail
import Postgres

/// How the rows of an insert or a delete are captured together.
extension CaptureFunction {
    /// How many rows of a statement are captured whatever their columns are.
    ///
    /// Of a row with named columns in the order of a jsonb's keys, a jsonb is made in five sixths of the time, since
    /// there is nothing to sort. But the columns must be looked at first, in case one is gone or was added, which costs
    /// what about eight rows save.
    private static let firstRows = 16

    /// The branches of the verbs that are captured by statement.
    var statementBranches: SQL {
        statementBranch(.insert, rows: "new_table", into: "changed_data")
            + statementBranch(.delete, rows: "old_table", into: "old_data")
    }

    private func statementBranch(_ verb: CaptureTrigger, rows table: SQL, into data: SQL) -> SQL {
        func insertion(_ value: SQL, from rows: SQL, indent: Int) -> SQL {
            let sql: SQL = """
                insert into \(identifier: auditSchema).activity (
                    schema, table_name, relid, issued_at, native_transaction_id, verb, \(data), transaction_id
                )
                select
                    schema_name, table_name, relation, written_at, number, \(literal: verb.rawValue), \(value),
                    (select \(transactionRow))
                from \(rows);
                """
            return sql.indented(indent)
        }
        func others(_ columns: SQL) -> SQL {
            "(select \(columns) from \(table) as x offset \(Self.firstRows)) as x"
        }
        let look: SQL = "perform \(sortedColumns) from \(table) as x limit 0;\nis_known := true;"
        return """
                elsif tg_op operator(pg_catalog.=) \(literal: verb.rawValue.uppercased()) then
                    schema_name := tg_table_schema;
                    table_name := tg_table_name;
                    relation := cast(tg_relid as integer);
                    written_at := pg_catalog.statement_timestamp() at time zone interval '0';
                    number := pg_catalog.txid_current();
            \(insertion(wholeRow("x.*"), from: "\(table) as x limit \(Self.firstRows)", indent: 8))\
                    get diagnostics captured = row_count;
                    if captured operator(pg_catalog.=) \(Self.firstRows) then
            \(guarded(look, otherwise: "is_known := false;", always: true).indented(4))\
                        if is_known then
            \(insertion("pg_catalog.to_jsonb(x.*)", from: others(sortedColumns), indent: 16))\
                        else
            \(insertion(wholeRow("x.*"), from: others("x.*"), indent: 16))\
                        end if;
                    end if;

            """
    }

    /// The captured columns in the order of a jsonb's keys, as an expression list.
    private var sortedColumns: SQL {
        func precedes(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
            let (left, right) = (one.name.utf8, other.name.utf8)
            return left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
        }
        return columns.sorted(by: precedes).map { "x.\(identifier: $0.name)" as SQL }.joined(separator: ", ")
    }
}
