-- What stands where an installation needs to, and what acts on the audit tables, with whose code it runs.
-- $1 text: the audit schema. Ordered by kind, table and name.
-- kind: relation, or type, for what has the name of a relation or type of the audit tables that nothing of theirs may have;
-- partition for one of an audit table; trigger for one on an audit table or a partition, and for one that has the name of a
-- capture trigger and calls no capture function. table_schema and table_name: where the trigger or partition is, else null.
-- function_schema, function_name: what a trigger calls. owner: of the relation or type, or of the trigger's function.
with audit_table as (
    select c.oid, c.relname
    from pg_class as c
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname in ('transaction', 'activity')
        and c.relkind in ('r', 'p')
), member as (
    select t.oid
    from audit_table as t
    union
    select p.relid
    from audit_table as t
    cross join lateral pg_partition_tree(t.oid) as p
), object (kind, name, owner, relation, function) as (
    select 'relation', c.relname, c.relowner, null::oid, null::oid
    from pg_class as c
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname in (
            'transaction', 'activity', 'transaction_id_seq', 'activity_id_seq', 'transaction_unique_native_tx_id'
        )
        and c.oid not in (select t.oid from audit_table as t)
        and not exists (
            select
            from pg_index as i
            join audit_table as t on t.oid = i.indrelid
            where i.indexrelid = c.oid
        )
    union all
    select 'type', y.typname, y.typowner, null, null
    from pg_type as y
    join pg_namespace as s on s.oid = y.typnamespace
    where s.nspname = $1
        and y.typname in ('transaction', 'activity')
        and y.typrelid not in (select t.oid from audit_table as t)
    union all
    select 'partition', c.relname, c.relowner, c.oid, null
    from member as m
    join pg_class as c on c.oid = m.oid
    where m.oid not in (select t.oid from audit_table as t)
    union all
    select 'trigger', g.tgname, p.proowner, g.tgrelid, p.oid
    from pg_trigger as g
    join pg_proc as p on p.oid = g.tgfoid
    where not g.tgisinternal
        and (
            g.tgrelid in (select m.oid from member as m)
            or g.tgname in (
                'audit_trigger_insert', 'audit_trigger_update', 'audit_trigger_delete', 'audit_trigger_truncate',
                'audit_trigger_move_begin', 'audit_trigger_move_end'
            ) and p.proname not like '%create\_activity'
        )
)
select
    o.kind,
    o.name::text,
    pg_get_userbyid(o.owner)::text as owner,
    coalesce(r.rolsuper, false) as is_of_superuser,
    ts.nspname::text as table_schema,
    t.relname::text as table_name,
    fs.nspname::text as function_schema,
    f.proname::text as function_name
from object as o
left join pg_roles as r on r.oid = o.owner
left join pg_class as t on t.oid = o.relation
left join pg_namespace as ts on ts.oid = t.relnamespace
left join pg_proc as f on f.oid = o.function
left join pg_namespace as fs on fs.oid = f.pronamespace
order by o.kind, 5, 6, o.name
