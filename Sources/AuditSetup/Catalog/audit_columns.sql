-- The columns of the relations called transaction and activity in a schema, whatever they are.
-- $1 text: the schema. Ordered by relation and position.
-- base_type: as SQL spells it, with domains looked through and without limits of length; is_domain: whether that is another
-- one; is_trusted: whether the type is PostgreSQL's or a superuser's.
with recursive base (oid, base_oid) as (
    select t.oid, t.oid
    from pg_type as t
    where t.typtype <> 'd'
    union all
    select t.oid, b.base_oid
    from base as b
    join pg_type as t on t.typbasetype = b.oid and t.typtype = 'd'
)
select
    c.relname::text as relation,
    a.attname::text as column_name,
    format_type(a.atttypid, a.atttypmod) as type_name,
    col_description(c.oid, a.attnum) is not null as is_commented,
    a.attcompression::text as compression,
    format_type(t.oid, -1) as base_type,
    t.oid <> a.atttypid as is_domain,
    t.oid < 16384 or exists (select from pg_roles as r where r.oid = t.typowner and r.rolsuper) as is_trusted
from pg_class as c
join pg_namespace as s on s.oid = c.relnamespace
join pg_attribute as a on a.attrelid = c.oid
join base as b on b.oid = a.atttypid
join pg_type as t on t.oid = b.base_oid
where s.nspname = $1
    and c.relname in ('transaction', 'activity')
    and c.relkind not in ('i', 'I', 'S', 't')
    and a.attnum > 0
    and not a.attisdropped
order by c.relname, a.attnum
