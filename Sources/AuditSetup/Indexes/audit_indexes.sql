-- The indexes of the audit tables and of their partitions, invalid ones included.
-- $1 text: the schema. Ordered by table and name.
-- is_usual: a B-tree over the columns' own order and collation, as `create index` makes it without further words.
-- keys and predicate are as the server spells them when only pg_catalog is on the search path. parent is the index of
-- the partitioned table that this one is attached to.
with tables as (
    select c.oid
    from pg_class as c
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname in ('transaction', 'activity')
        and c.relkind in ('r', 'p')
), members as (
    select t.oid
    from tables as t
    union
    select p.relid
    from tables as t
    cross join lateral pg_partition_tree(t.oid) as p
)
select
    ts.nspname::text as table_schema,
    tc.relname::text as table_name,
    c.relname::text as index_name,
    i.indisvalid and i.indisready and i.indislive as is_valid,
    m.amname = 'btree'
        and not exists (
            select
            from generate_series(0, i.indnkeyatts - 1) as k (position)
            join pg_opclass as o on o.oid = i.indclass[k.position]
            left join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[k.position] and a.attnum > 0
            where not o.opcdefault
                or i.indoption[k.position] <> 0
                or i.indcollation[k.position] not in (0, coalesce(a.attcollation, 'pg_catalog."default"'::regcollation))
        ) as is_usual,
    array(
        select pg_get_indexdef(i.indexrelid, k.position, false)
        from generate_series(1, i.indnkeyatts) as k (position)
        order by k.position
    )::text as keys,
    pg_get_expr(i.indpred, i.indrelid) as predicate,
    p.relname::text as parent
from members as t
join pg_index as i on i.indrelid = t.oid
join pg_class as tc on tc.oid = i.indrelid
join pg_namespace as ts on ts.oid = tc.relnamespace
join pg_class as c on c.oid = i.indexrelid
join pg_am as m on m.oid = c.relam
left join pg_inherits as h on h.inhrelid = i.indexrelid
left join pg_class as p on p.oid = h.inhparent
order by 1, 2, 3
