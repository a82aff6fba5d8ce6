-- The columns of the tables of the trail: those that the tables have now, and those that their newest changes hold.
-- $1 text[]: patterns (like) of the tables' names without regard to case, null for those that are recorded or were changed
-- of late; $2 int: how many of the newest activities to look at; $3 int: how many columns.
-- Columns: name. In no order. Relies on the primary key of activity. Large values are left closed.
with newest as materialized (
  select a.schema, a.table_name,
    case when pg_catalog.pg_column_size(a.old_data) < 2000 then a.old_data end as old_data,
    case when pg_catalog.pg_column_size(a.changed_data) < 2000 then a.changed_data end as changed_data
  from (
    select l.schema, l.table_name, l.old_data, l.changed_data
    from :"schema".activity l order by l.id desc limit $2::int
  ) a
  where $1::text[] is null or a.table_name operator(pg_catalog.~~*) any ($1::text[])
), known as (
  select distinct pg_catalog.to_regclass(pg_catalog.format('%I.%I', x.schema, x.table_name))::oid as oid
  from newest x
  union
  select t.tgrelid
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_class c on c.oid = t.tgrelid
  where t.tgparentid = 0 and not t.tgisinternal
    and t.tgname in ('audit_trigger_insert', 'audit_trigger_update', 'audit_trigger_delete')
    and ($1::text[] is null or c.relname operator(pg_catalog.~~*) any ($1::text[]))
  union
  select c.oid
  from pg_catalog.pg_class c
  where c.relkind in ('r', 'p') and c.relname operator(pg_catalog.~~*) any ($1::text[])
)
select c.attname::text as name
from known k
join pg_catalog.pg_attribute c on c.attrelid = k.oid and c.attnum > 0 and not c.attisdropped
union
select k.name
from newest x
cross join lateral (values (x.old_data), (x.changed_data)) d (data)
cross join lateral pg_catalog.jsonb_object_keys(
  case when pg_catalog.jsonb_typeof(d.data) = 'object' then d.data else '{}' end) k (name)
limit $3::int;
