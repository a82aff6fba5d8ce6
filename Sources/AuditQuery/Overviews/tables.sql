-- The tables of the trail, with how many activities each has.
-- $1 int: how many of the newest activities are counted; $2 text: the audit schema. A trail that has no more is counted exactly, of a larger one
-- the statistics of the server tell the rest.
-- Columns: schema, name, activities or null, whether that is an estimate, whether the table is recorded now.
-- Ordered by activities, most first, then by name. Relies on the primary key of activity.
with newest as materialized (
  select schema, table_name
  from (select schema, table_name from :"schema".activity order by id desc limit $1::int) a
), size as (
  select
    (select pg_catalog.count(*) from newest) < $1::int as is_exact,
    (select c.reltuples from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $2::text and c.relname = 'activity') as rows
), counted as (
  select schema, table_name, pg_catalog.count(*) as activities from newest group by schema, table_name
), frequent as (
  select v.name as table_name, v.frequency
  from pg_catalog.pg_stats s
  -- Several arrays side by side are a form of the grammar, which takes no schema before unnest.
  cross join lateral unnest(s.most_common_vals::text::text[], s.most_common_freqs) as v (name, frequency)
  where s.schemaname = $2::text and s.tablename = 'activity' and s.attname = 'table_name'
), audited as (
  select distinct n.nspname as schema, c.relname as table_name
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_class c on c.oid = t.tgrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where t.tgparentid = 0 and not t.tgisinternal and t.tgname in ('audit_trigger_insert', 'audit_trigger_update', 'audit_trigger_delete')
), known as (
  select schema, table_name from counted
  union
  select schema, table_name from audited
  union
  -- The statistics know names only: a name that is known with its schema is left to that.
  select coalesce((select pg_catalog.min(a.schema) from audited a where a.table_name = f.table_name), 'public'),
    f.table_name
  from frequent f
  where not exists (select from counted c where c.table_name = f.table_name)
)
select
  k.schema, k.table_name,
  case
    when size.is_exact then coalesce(c.activities, 0)
    when f.frequency is not null and size.rows >= 0 then (f.frequency * size.rows)::bigint
    else c.activities
  end as activities,
  not size.is_exact as is_estimate,
  exists (select from audited a where a.schema = k.schema and a.table_name = k.table_name) as is_audited
from known k
cross join size
left join counted c using (schema, table_name)
left join frequent f using (table_name)
order by activities desc nulls last, k.schema, k.table_name;
