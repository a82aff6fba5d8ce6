-- The schemas that hold audit tables in the format of this program; where those of some belong to superusers or to this role,
-- only these: anybody who may make a schema could make another one.
-- No parameters. Ordered by name.
with installation as materialized (
    select
        s.nspname::text as schema_name,
        not exists (
            select
            from pg_roles as r
            where r.oid in (t.relowner, a.relowner)
                and not r.rolsuper
                and r.rolname <> current_user
        ) as is_trusted
    from pg_namespace as s
    join pg_class as t on t.relnamespace = s.oid and t.relname = 'transaction' and t.relkind in ('r', 'p')
    join pg_class as a on a.relnamespace = s.oid and a.relname = 'activity' and a.relkind in ('r', 'p')
    where (
            select count(*)
            from pg_attribute as c
            where c.attrelid = a.oid
                and not c.attisdropped
                and c.attname in ('schema', 'table_name', 'native_transaction_id', 'verb', 'old_data', 'changed_data')
        ) = 6
        and exists (
            select from pg_attribute as c where c.attrelid = t.oid and c.attname = 'native_transaction_id'
        )
)
select i.schema_name
from installation as i
where i.is_trusted
    or not exists (select from installation as o where o.is_trusted)
order by i.schema_name
