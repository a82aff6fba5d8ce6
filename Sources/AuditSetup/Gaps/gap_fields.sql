-- The columns of a table, and the fields of all composite types that its values are made of, however deep.
-- $1 text: the schema; $2 text: the table; :json_form as in json_form.sql. Ordered by relation and position.
-- relation: the number of the table or composite type; is_table: whether it is the table; form as in json_form.sql; fields:
-- the relation of the composite values that the column holds, alone or in an array, else null.
with recursive base (oid, base_oid) as (
    select t.oid, t.oid
    from pg_type as t
    where t.typtype <> 'd'
    union all
    select t.oid, b.base_oid
    from base as b
    join pg_type as t on t.typbasetype = b.oid and t.typtype = 'd'
), root as (
    select c.oid
    from pg_class as c
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname = $2
), reached (relation) as (
    select r.oid
    from root as r
    union
    select coalesce(nullif(t.typrelid, 0), nullif(e.typrelid, 0))
    from reached as r
    join pg_attribute as a on a.attrelid = r.relation and a.attnum > 0 and not a.attisdropped
    join base as b on b.oid = a.atttypid
    join pg_type as t on t.oid = b.base_oid
    left join base as eb on eb.oid = t.typelem and t.typlen = -1
    left join pg_type as e on e.oid = eb.base_oid
    where t.typrelid <> 0
        or e.typrelid <> 0
)
select
    r.relation::text,
    r.relation in (select t.oid from root as t) as is_table,
    a.attname::text as column_name,
    :json_form as form,
    coalesce(nullif(t.typrelid, 0), nullif(e.typrelid, 0))::text as fields
from reached as r
join pg_attribute as a on a.attrelid = r.relation and a.attnum > 0 and not a.attisdropped
join base as b on b.oid = a.atttypid
join pg_type as t on t.oid = b.base_oid
left join base as eb on eb.oid = t.typelem and t.typlen = -1 and t.typelem <> 0
left join pg_type as e on e.oid = eb.base_oid
order by r.relation, a.attnum
