-- The columns of a table with the built-in types that their values are made of: those of arrays, domains and composite
-- types are looked through.
-- $1 text: the schema; $2 text: the table. In the order of the columns.
with recursive part (number, type) as (
    select a.attnum, a.atttypid
    from pg_attribute as a
    join pg_class as c on c.oid = a.attrelid
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname = $2
        and a.attnum > 0
        and not a.attisdropped
    union
    select p.number, i.type
    from part as p
    join pg_type as t on t.oid = p.type
    cross join lateral (
        select t.typbasetype as type
        where t.typtype = 'd'
        union all
        select e.oid
        from pg_type as e
        where e.typarray = t.oid
        union all
        select a.atttypid
        from pg_attribute as a
        where t.typtype = 'c'
            and a.attrelid = t.typrelid
            and a.attnum > 0
            and not a.attisdropped
    ) as i
)
select
    a.attname::text as column_name,
    array(
        select distinct t.typname::text
        from part as p
        join pg_type as t on t.oid = p.type
        where p.number = a.attnum
            and t.typnamespace = 'pg_catalog'::regnamespace
            and t.typtype <> 'd'
        order by 1
    )::text as types
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
join pg_namespace as s on s.oid = c.relnamespace
where s.nspname = $1
    and c.relname = $2
    and a.attnum > 0
    and not a.attisdropped
order by a.attnum
