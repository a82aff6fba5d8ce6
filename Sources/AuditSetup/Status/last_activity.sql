-- When a table was last written to, as far as the trail knows, for each of the given tables; UTC.
-- $1 text[]: schemas; $2 text[]: names, pairwise. In the order given. Relies on activity (table_name, id);
-- without it each table is looked for among the newest 10000 activities only.
select (
    select a.issued_at
    from :"schema".activity as a
    where a.schema = given.schema_name
        and a.table_name = given.table_name
        and (
            exists (
                select
                from pg_index as i
                join pg_class as c on c.oid = i.indrelid
                join pg_namespace as s on s.oid = c.relnamespace
                join pg_attribute as k on k.attrelid = c.oid and k.attnum = i.indkey[0]
                where s.nspname = :'schema'
                    and c.relname = 'activity'
                    and k.attname = 'table_name'
            )
            or a.id > (select coalesce(max(m.id), 0) - 10000 from :"schema".activity as m)
        )
    order by a.id desc
    limit 1
)::text as issued_at
from unnest($1::text[], $2::text[]) with ordinality as given (schema_name, table_name, position)
order by given.position
