-- The partitions of the audit tables, each after the one it belongs to; no row where neither is partitioned.
-- $1 text: the schema. Ordered by level and name. root is transaction or activity.
-- is_compressed: whether what it holds of rows is compressed with lz4.
select
    r.relname::text as root,
    s.nspname::text as schema_name,
    c.relname::text as table_name,
    ps.nspname::text as parent_schema,
    p.relname::text as parent_name,
    c.relkind::text as kind,
    (
        select coalesce(bool_and(z.compression = 'l'), true)
        from pg_attribute as a
        cross join (select '' as attcompression) as older
        -- Before PostgreSQL 14 there is no such column, and the name is found outside.
        cross join lateral (
            select attcompression::text as compression
            from pg_attribute as own
            where own.attrelid = a.attrelid
                and own.attnum = a.attnum
        ) as z
        where a.attrelid = c.oid
            and a.attname in ('old_data', 'changed_data')
            and not a.attisdropped
    ) as is_compressed
from pg_class as r
join pg_namespace as rs on rs.oid = r.relnamespace
cross join lateral pg_partition_tree(r.oid) as m
join pg_class as c on c.oid = m.relid
join pg_namespace as s on s.oid = c.relnamespace
join pg_class as p on p.oid = m.parentrelid
join pg_namespace as ps on ps.oid = p.relnamespace
where rs.nspname = $1
    and r.relname in ('transaction', 'activity')
    and r.relkind = 'p'
    and m.level > 0
order by m.level, 2, 3
