-- The columns of the relations called transaction and activity in a schema, whatever they are.
-- $1 text: the schema. Ordered by relation and position.
select
    c.relname::text as relation,
    a.attname::text as column_name,
    format_type(a.atttypid, a.atttypmod) as type_name,
    col_description(c.oid, a.attnum) is not null as is_commented,
    coalesce(to_jsonb(a) ->> 'attcompression', '') as compression
from pg_class as c
join pg_namespace as s on s.oid = c.relnamespace
join pg_attribute as a on a.attrelid = c.oid
where s.nspname = $1
    and c.relname in ('transaction', 'activity')
    and c.relkind not in ('i', 'I', 'S', 't')
    and a.attnum > 0
    and not a.attisdropped
order by c.relname, a.attnum
