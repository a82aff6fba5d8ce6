-- Whether what is written to the audit tables has a partition to go to, for those of them that are partitioned.
-- $1 text: the schema. Ordered by table. takes_now: what is written at this moment; takes_soon: in a week from now.
-- Only partitions by ranges of issued_at alone can be told; of others any is taken for the right one.
with recursive way (root, oid, relkind, is_now, moment) as (
    select c.relname, c.oid, c.relkind, m.is_now, m.moment
    from pg_class as c
    join pg_namespace as s on s.oid = c.relnamespace
    cross join (
        values (true, now() at time zone 'UTC'), (false, now() at time zone 'UTC' + interval '7 days')
    ) as m (is_now, moment)
    where s.nspname = $1
        and c.relname in ('transaction', 'activity')
        and c.relkind = 'p'
    union all
    select w.root, c.oid, c.relkind, w.is_now, w.moment
    from way as w
    join pg_partitioned_table as k on k.partrelid = w.oid
    join pg_inherits as h on h.inhparent = w.oid
    join pg_class as c on c.oid = h.inhrelid
    left join pg_attribute as a
        on a.attrelid = k.partrelid
        and a.attnum = k.partattrs[0]
        and a.attname = 'issued_at'
        and a.atttypid = 'timestamp without time zone'::regtype
    cross join lateral (
        select regexp_match(
            pg_get_expr(c.relpartbound, c.oid),
            '^FOR VALUES FROM \((?:''([^'']*)''|MINVALUE)\) TO \((?:''([^'']*)''|MAXVALUE)\)$'
        ) as ends
    ) as b
    where case
            when k.partstrat = 'r' and k.partnatts = 1 and a.attnum is not null and b.ends is not null
            then coalesce(b.ends[1]::timestamp <= w.moment, true) and coalesce(w.moment < b.ends[2]::timestamp, true)
            else true
        end
)
select
    w.root::text as table_name,
    bool_or(w.relkind <> 'p' and w.is_now) as takes_now,
    bool_or(w.relkind <> 'p' and not w.is_now) as takes_soon
from way as w
group by w.root
order by w.root
