-- The trigger function that migrations of flask-audit-logger give to a table, as statement triggers with the transition
-- tables old_table and new_table. It asks the catalog for the table's columns each time; audit-tui init puts a function
-- of the table's own in its place. Its one argument is the list of excluded columns as the literal of an array.
--
-- Old and new rows of an update are paired by their position: a statement trigger has nothing better. A full join
-- cannot become a nested loop, however old the plan is.
create or replace function :"schema".create_activity()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    rows text := '(select to_jsonb(r.*) - $1 as value, row_number() over () as position '
        || 'from %s as x cross join lateral (select %s) as r) as %s';
    list text := :"schema".audit_select_list(tg_relid, cast('x' as text));
    source text;
begin
:switch_check
    if tg_op = 'INSERT' then
        source := format('select ''{}''::jsonb as before, n.value as after from ' || rows, 'new_table', list, 'n');
    elsif tg_op = 'DELETE' then
        source := format('select o.value as before, ''{}''::jsonb as after from ' || rows, 'old_table', list, 'o');
    else
        source := format(
            'select o.value as before, %s(n.value, o.value) as after from ' || rows || ' full join ' || rows
                || ' using (position)',
            :jsonb_subtract, 'old_table', list, 'o', 'new_table', list, 'n'
        );
    end if;
    execute format(
        'insert into %s (schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, '
            || 'transaction_id) select $2, $3, $4, statement_timestamp() at time zone ''UTC'', txid_current(), $5, '
            || 'c.before, c.after, (select %s()) from (%s) as c where $5 <> ''update'' or c.after <> ''{}''',
        :activity, :audit_transaction, source
    )
    using
        coalesce(tg_argv[0], '{}')::text[], tg_table_schema::text, tg_table_name::text, tg_relid::integer,
        lower(tg_op);
    return null;
end
$body$;
