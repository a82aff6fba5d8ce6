-- The columns of every table that can be audited, with what a capture function needs to know of them.
-- No parameters; :json_form as in json_form.sql. Ordered by table and position.
--
-- comparison: what the type's equality says about the jsonb of two values. Nothing for intervals (30 days and 1 month),
-- character(n) without its blanks, or text under a collation that finds more equal than is. A jsonb null and SQL null
-- are not equal and written the same.
-- is_virtual: the column is computed when it is read (since 18), and triggers see nothing of it.
-- styles: the settings on which it depends how a value is written as text.
-- base_type: as SQL spells it, with domains looked through and without limits of length.
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
    s.nspname::text as schema_name,
    c.relname::text as table_name,
    a.attname::text as column_name,
    :json_form as form,
    case
        when not coalesce(l.collisdeterministic, true) then 'image'
        when t.oid = any (x.exact) then 'exact'
        when t.oid in ('float4'::regtype, 'float8'::regtype, 'jsonb'::regtype) or e.oid = any (x.exact) then 'loose'
        else 'image'
    end as comparison,
    format_type(t.oid, null) as base_type,
    a.attgenerated <> '' as is_generated,
    case
        when coalesce(e.typtype, t.typtype) in ('c', 'r', 'm') and t.oid >= 16384
            then '{datestyle,intervalstyle,bytea_output,extra_float_digits}'
        when coalesce(e.oid, t.oid) = 'interval'::regtype then '{intervalstyle}'
        when coalesce(e.oid, t.oid) = 'bytea'::regtype then '{bytea_output}'
        when coalesce(e.oid, t.oid) in ('float4'::regtype, 'float8'::regtype) or coalesce(e.typcategory, t.typcategory) = 'G'
            then '{extra_float_digits}'
        when coalesce(e.typcategory, t.typcategory) = 'R'
            and coalesce(e.typname, t.typname) ~ '^(daterange|datemultirange|tsrange|tsmultirange|tstzrange|tstzmultirange)$'
            then '{datestyle}'
        else '{}'
    end as styles,
    a.attgenerated = 'v' as is_virtual
from pg_class as c
join pg_namespace as s on s.oid = c.relnamespace
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join base as b on b.oid = a.atttypid
join pg_type as t on t.oid = b.base_oid
left join pg_type as n on n.typarray = t.oid
left join base as eb on eb.oid = n.oid
left join pg_type as e on e.oid = eb.base_oid
left join pg_collation as l on l.oid = a.attcollation
cross join (
    select '{bool,int2,int4,int8,oid,numeric,text,varchar,name,uuid,date,time,timetz,timestamp,timestamptz,bytea,macaddr,bit,varbit}'::regtype[]
) as x (exact)
where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and s.nspname !~ '^pg_'
    and s.nspname <> 'information_schema'
order by s.nspname, c.relname, a.attnum
