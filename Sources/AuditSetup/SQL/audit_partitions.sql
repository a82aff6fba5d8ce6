-- The partitions of the audit tables, each after the one it belongs to; no row where neither is partitioned.
-- $1 text: the schema. Ordered by level and name. root is transaction or activity.
select
    r.relname::text as root,
    s.nspname::text as schema_name,
    c.relname::text as table_name,
    ps.nspname::text as parent_schema,
    p.relname::text as parent_name,
    c.relkind::text as kind
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
