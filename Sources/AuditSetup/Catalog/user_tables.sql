-- Every relation that a person may name, outside the system's schemas, with what setting up needs to know of it.
-- No parameters. Ordered by schema and name.
-- is_subscribed: whether a subscription writes to it, to a partition of it or to what it is a partition of.
with subscribed as materialized (
    select m.oid
    from pg_subscription_rel as r
    cross join lateral (
        select r.srrelid as oid
        union all
        select p.relid from pg_partition_tree(r.srrelid) as p
        union all
        select p.relid from pg_partition_ancestors(r.srrelid) as p
    ) as m
)
select
    s.nspname::text as schema_name,
    c.relname::text as table_name,
    c.relkind::text as kind,
    c.relispartition as is_partition,
    (select ps.nspname::text from pg_class as p join pg_namespace as ps on ps.oid = p.relnamespace
        where c.relispartition and p.oid = pg_partition_root(c.oid)) as root_schema,
    (select p.relname::text from pg_class as p
        where c.relispartition and p.oid = pg_partition_root(c.oid)) as root_name,
    c.relkind = 'r' and not c.relispartition and exists (
        select from pg_inherits as h where h.inhparent = c.oid or h.inhrelid = c.oid
    ) as inherits,
    pg_has_role(c.relowner, 'usage') as is_owned,
    has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'references') as can_be_referred_to,
    exists (
        select from pg_depend as d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    ) as is_of_extension,
    case
        when c.relkind = 'p' then (
            select coalesce(sum(greatest(l.reltuples, 0)), 0)::bigint
            from pg_partition_tree(c.oid) as m
            join pg_class as l on l.oid = m.relid
            where m.isleaf
        )
        when c.reltuples >= 0 then c.reltuples::bigint
    end as estimated_rows,
    array(
        select a.attname::text
        from pg_index as i
        cross join lateral unnest(i.indkey) with ordinality as k (number, position)
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid
            and i.indisprimary
        order by k.position
    )::text as key_columns,
    array(
        select a.attname::text
        from pg_attribute as a
        where a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
        order by a.attnum
    )::text as columns,
    array(
        select format_type(a.atttypid, a.atttypmod)
        from pg_attribute as a
        where a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
        order by a.attnum
    )::text as column_types,
    format_type(k.oid, -1) as key_base_type,
    pg_get_userbyid(c.relowner)::text as owner,
    c.relnatts::integer as attribute_count,
    (
        select min(a.attnum)::integer
        from pg_attribute as a
        where a.attrelid = c.oid
            and a.attisdropped
            and a.attnum > 0
    ) as first_dropped,
    k.is_domain as key_is_domain,
    k.oid < 16384 or exists (select from pg_roles as r where r.oid = k.owner and r.rolsuper) as key_is_trusted,
    left(
        encode(sha256(convert_to(concat(length(s.nspname::text), ':', s.nspname, c.relname), 'UTF8')), 'hex'),
        20
    ) as digest,
    has_schema_privilege(s.oid, 'usage') and has_table_privilege(c.oid, 'select') as is_readable,
    c.oid in (select m.oid from subscribed as m) as is_subscribed
from pg_class as c
join pg_namespace as s on s.oid = c.relnamespace
left join lateral (
    with recursive base (oid, level) as (
        select a.atttypid, 0
        from pg_index as i
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid
            and i.indisprimary
        union all
        select t.typbasetype, b.level + 1
        from base as b
        join pg_type as t on t.oid = b.oid and t.typtype = 'd'
    )
    select t.oid, t.typowner as owner, b.level > 0 as is_domain
    from base as b
    join pg_type as t on t.oid = b.oid and t.typtype <> 'd'
) as k on true
where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and c.relpersistence <> 't'
    and s.nspname !~ '^pg_'
    and s.nspname <> 'information_schema'
order by s.nspname, c.relname
