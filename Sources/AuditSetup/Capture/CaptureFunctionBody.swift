import AuditTrail
import Postgres

extension CaptureFunction {
    /// What stands between the dollar quotes, as `pg_proc.prosrc` holds it.
    var body: SQL {
        """

        -- Made by audit-tui for the columns of one table. When they change, audit-tui init makes it anew; until then
        -- the changes are captured another, slower way.
        #variable_conflict use_column
        <<capture>>
        declare
        \(declarations)\(styleDeclarations)begin
        \(isPartitioned ? (isSwitchable ? Self.switchCheck : "") + partitionOrigin : "")\(oddities)\
        \(styled(branches))    return null;
        end

        """
    }

    /// What leaves a function when capture is switched off.
    static var switchCheck: SQL { Template(SQLFiles.switchCheck).filled(with: ["switched_off": .sql(switchedOff)]) }

    /// Whether the session has said anything about it.
    private static let isSwitched: SQL =
        "pg_catalog.current_setting('flask_audit_logger.enable_versioning', true) is not null"

    private static var switchedOff: SQL { Template(SQLFiles.switchedOff).filled() }

    /// What is otherwise than in most sessions is looked at in one expression: each that stands alone costs a row as much as
    /// the comparison of three columns.
    private var oddities: SQL {
        let isSwitchable = isSwitchable && !isPartitioned
        let looks = (isSwitchable ? [Self.isSwitched] : []) + [looksChanged] + (hasStyles ? [isOtherwiseStyled] : [])
        return """
                if \(looks.joined(separator: "\n    or "))
                then
            \(isSwitchable ? Self.switchCheck.indented(4) : "")\
                    has_changed := \(hasChanged);
            \(settingStyles)\
                end if;

            """
    }

    private var branches: SQL {
        """
        \(updateBranch)\(needsRowTriggers ? rowBranches : statementBranches)    else
        \(insertion(values: "'truncate', '{}', '{}'", indent: 8))    end if;

        """
    }

    private var schema: SQL { .identifier(auditSchema) }

    private var declarations: SQL {
        var lines: [SQL] = [
            "row_before pg_catalog.jsonb;", "row_after pg_catalog.jsonb;", "select_list pg_catalog.text;",
            "shape pg_catalog.text[];", "is_whole boolean;", "has_changed boolean;", "told pg_catalog.text;",
        ]
        if !needsRowTriggers {
            lines += [
                "schema_name pg_catalog.text;", "table_name pg_catalog.text;", "relation integer;",
                "written_at timestamp without time zone;", "number bigint;",
            ]
        }
        if columns.contains(where: \.isNested) {
            lines += ["seen_old pg_catalog.jsonb;", "seen_new pg_catalog.jsonb;"]
        }
        if !excludedColumns.isEmpty { lines.append("excluded pg_catalog.text[] := tg_argv[0];") }
        if isPartitioned {
            lines += [
                "origin_oid pg_catalog.oid := tg_relid;", "origin_schema pg_catalog.text := tg_table_schema;",
                "origin_name pg_catalog.text := tg_table_name;",
            ]
        }
        return lines.map { "    \($0)\n" as SQL }.joined()
    }

    /// A partition's trigger is a copy of its parent's: the change is recorded under the name of the table that was
    /// given the trigger, whichever of the two the statement named.
    private var partitionOrigin: SQL {
        """
            if tg_level operator(pg_catalog.=) 'STATEMENT' and tg_op operator(pg_catalog.=) 'UPDATE' then
                perform pg_catalog.set_config(
                    pg_catalog.concat('audit.moving_', tg_relid),
                    case when tg_when operator(pg_catalog.=) 'BEFORE' then 'true' else '' end,
                    true
                );
                return null;
            end if;
            if tg_level operator(pg_catalog.=) 'ROW' then
                select c.oid, s.nspname, c.relname
                into origin_oid, origin_schema, origin_name
                from pg_catalog.pg_partition_ancestors(tg_relid) as a (relid)
                join pg_catalog.pg_trigger as t on t.tgrelid operator(pg_catalog.=) a.relid
                join pg_catalog.pg_class as c on c.oid operator(pg_catalog.=) a.relid
                join pg_catalog.pg_namespace as s on s.oid operator(pg_catalog.=) c.relnamespace
                where t.tgname operator(pg_catalog.=) tg_name
                    and t.tgparentid operator(pg_catalog.=) 0::pg_catalog.oid;
            end if;

        """
    }

    private var rowBranches: SQL {
        let move: SQL = """
                    if pg_catalog.current_setting(pg_catalog.concat('audit.moving_', origin_oid), true)
                        operator(pg_catalog.=) 'true'
                        and \(schema).audit_move(cast(origin_oid as integer), row_after)
                    then
                        \(leaving);
                    end if;

            """
        return """
                elsif tg_op operator(pg_catalog.=) 'INSERT' then
            \(guardedRow("new", into: "row_after"))\
            \(isPartitioned ? move : "")\(insertion(values: "'insert', '{}', row_after", indent: 8))\
                elsif tg_op operator(pg_catalog.=) 'DELETE' then
            \(guardedRow("old", into: "row_before"))\
            \(insertion(values: "'delete', row_before, '{}'", indent: 8))
            """
    }

    private func guardedRow(_ record: SQL, into variable: SQL) -> SQL {
        let misfit = misfit(of: record, apart: columns + excludedColumns)
        let check: SQL =
            misfit.isEmpty
            ? "" : "if \(misfit.joined(separator: "\n    or "))\nthen\n    raise exception 'other columns';\nend if;\n"
        return guarded(check + row(record, into: variable) + "\n", otherwise: slowRows([(record, variable)]))
    }

    /// The table that is recorded: schema, name and oid.
    private var origin: SQL {
        isPartitioned
            ? "origin_schema, origin_name, cast(origin_oid as integer)"
            : "tg_table_schema, tg_table_name, cast(tg_relid as integer)"
    }

    /// The id of this transaction's row.
    ///
    /// Usually it is there, at the place that audit_transaction has left in a setting, and what reads it stands in the
    /// statement itself: a call of that costs as much as the insertion of a row. Whatever somebody sets there, a row of another
    /// transaction does not count.
    /// `number` is what `txid_current()` says.
    func transactionRow(_ number: SQL = "pg_catalog.txid_current()") -> SQL {
        let place: SQL = "pg_catalog.current_setting('audit.transaction_ctid', true)"
        return """
            coalesce(
                        (
                            select t.id
                            from \(schema).transaction as t
                            where t.ctid operator(pg_catalog.=) case
                                    when pg_catalog.length(\(place)) operator(pg_catalog.>) 0
                                    then cast(\(place) as pg_catalog.tid)
                                end
                                and t.native_transaction_id operator(pg_catalog.=) \(number)
                                and t.issued_at operator(pg_catalog.>=) (pg_catalog.now() at time zone interval '0')
                        ),
                        \(schema).audit_transaction()
                    )
            """
    }

    func insertion(values: SQL, indent: Int) -> SQL {
        let lines: SQL = """
            insert into \(schema).activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
            )
            values (
                \(origin), pg_catalog.statement_timestamp() at time zone interval '0',
                pg_catalog.txid_current(), \(values),
                \(transactionRow())
            );
            """
        return lines.indented(indent)
    }
}
