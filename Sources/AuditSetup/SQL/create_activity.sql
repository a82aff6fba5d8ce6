-- The trigger function of every audited table. Its one argument is the list of excluded columns as the literal of an
-- array: the trigger's definition is the only memory of what is excluded.
--
-- At statement level it reads the transition tables new_table and old_table, at row level new and old. Names that a
-- table's columns may share are never written bare in a query over its rows, hence n.*, o.* and use_variable.
-- Known limit: a user-defined cast to json of a column's type runs with the rights of this function's owner.
create or replace function :"schema".create_activity()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    excluded text[] := coalesce(tg_argv[0], '{}')::text[];
    origin_oid oid := tg_relid;
    origin_schema text := tg_table_schema;
    origin_name text := tg_table_name;
    row_before jsonb := '{}';
    row_after jsonb := '{}';
    transaction_id bigint;
begin
    -- Applications switch capture off for a transaction; a word that is no boolean must not fail their write.
    if lower(current_setting('flask_audit_logger.enable_versioning', true))
        = any ('{false,fals,fal,fa,f,off,of,no,n,0}'::text[])
    then
        return null;
    end if;

    if tg_op = 'UPDATE' then
        if old operator(pg_catalog.*=) new then
            return null;
        end if;
        row_before := to_jsonb(old) - excluded;
        row_after := (
            select jsonb_object_agg(c.key, c.value)
            from jsonb_each(to_jsonb(new) - excluded) as c
            where (row_before -> c.key) is distinct from c.value
        );
        if row_after is null then
            return null;
        end if;
    elsif tg_op = 'INSERT' then
        if tg_level = 'STATEMENT' then
            if not exists (select from new_table) then
                return null;
            end if;
            transaction_id := :"schema".audit_transaction();
            insert into :"schema".activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
            )
            select
                origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
                txid_current(), 'insert', '{}', to_jsonb(n.*) - excluded, transaction_id
            from new_table as n;
            return null;
        end if;
        row_after := to_jsonb(new) - excluded;
    elsif tg_op = 'DELETE' then
        if tg_level = 'STATEMENT' then
            if not exists (select from old_table) then
                return null;
            end if;
            transaction_id := :"schema".audit_transaction();
            insert into :"schema".activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
            )
            select
                origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
                txid_current(), 'delete', to_jsonb(o.*) - excluded, '{}', transaction_id
            from old_table as o;
            return null;
        end if;
        row_before := to_jsonb(old) - excluded;
    end if;

    -- A partition's trigger is a copy of its parent's: the change is recorded under the name of the table that was
    -- given the trigger, whichever of the two the statement named.
    if tg_level = 'ROW' and exists (select from pg_class as c where c.oid = tg_relid and c.relispartition) then
        with recursive copy as (
            select t.tgrelid, t.tgparentid
            from pg_trigger as t
            where t.tgrelid = tg_relid
                and t.tgname = tg_name
            union all
            select t.tgrelid, t.tgparentid
            from copy as p
            join pg_trigger as t on t.oid = p.tgparentid
        )
        select c.oid, c.relname, s.nspname
        into origin_oid, origin_name, origin_schema
        from copy as p
        join pg_class as c on c.oid = p.tgrelid
        join pg_namespace as s on s.oid = c.relnamespace
        where p.tgparentid = 0;
    end if;

    insert into :"schema".activity (
        schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
    )
    values (
        origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
        txid_current(), lower(tg_op), row_before, row_after, :"schema".audit_transaction()
    );
    return null;
end
$body$;
