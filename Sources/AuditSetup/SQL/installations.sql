-- The schemas that hold audit tables in the format of this program.
-- No parameters. Ordered by name.
select s.nspname::text as schema_name
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
order by s.nspname
