-- What was done to each table among the newest activities, and whether it is recorded now.
-- $1 int: how many of the newest activities to look at.
-- Columns: schema, name; inserts, updates, deletes, truncates; last write in microseconds since 1970; actor key of the
-- last write; capture: recording, disabled, not recorded or gone; the columns of the primary key as json.
-- Ordered by schema and name. Relies on the primary keys of activity and transaction.
with newest as materialized (
  select a.id, a.schema, a.table_name, a.verb, a.issued_at, a.transaction_id
  from :"schema".activity a order by a.id desc limit $1::int
), counted as materialized (
  select schema, table_name,
    pg_catalog.count(*) filter (where verb = 'insert') as inserts,
    pg_catalog.count(*) filter (where verb = 'update') as updates,
    pg_catalog.count(*) filter (where verb = 'delete') as deletes,
    pg_catalog.count(*) filter (where verb = 'truncate') as truncates,
    pg_catalog.max(id) as last_id
  from newest group by schema, table_name
), capture as materialized (
  select n.nspname as schema, c.relname as table_name, pg_catalog.bool_and(t.tgenabled in ('O', 'A')) as is_enabled
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_class c on c.oid = t.tgrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where t.tgparentid = 0 and not t.tgisinternal and t.tgname in ('audit_trigger_insert', 'audit_trigger_update', 'audit_trigger_delete')
  group by 1, 2
), known as (
  select schema, table_name from counted union select schema, table_name from capture
)
select k.schema, k.table_name,
  coalesce(c.inserts, 0), coalesce(c.updates, 0), coalesce(c.deletes, 0), coalesce(c.truncates, 0),
  (extract(epoch from case when isfinite(l.issued_at) then l.issued_at end) * 1000000)::bigint,
  t.actor_id,
  case
    when r.oid is null then 'gone'
    when capture.is_enabled then 'recording'
    when not capture.is_enabled then 'disabled'
    else 'not recorded'
  end,
  (select pg_catalog.json_agg(p.attname order by x.place)
   from pg_catalog.pg_index i
   cross join lateral pg_catalog.unnest(i.indkey) with ordinality as x (number, place)
   join pg_catalog.pg_attribute p on p.attrelid = i.indrelid and p.attnum = x.number
   where i.indrelid = r.oid and i.indisprimary)
from known k
left join counted c using (schema, table_name)
left join capture using (schema, table_name)
left join newest l on l.id = c.last_id
-- One by one: a join of so few might read all transactions.
left join lateral (select t.actor_id from :"schema".transaction t where t.id = l.transaction_id offset 0) t on true
left join pg_catalog.pg_class r on r.oid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', k.schema, k.table_name))
order by k.schema, k.table_name;
