-- A window of the trail, newest first: the selected activities with ids from $2 to below $1, and who made them.
-- $1 bigint: below this activity; $2 bigint: from this activity; $3 int: how many. The variable filter: which
-- activities a are selected, with its values from $4 on.
-- Relies on the primary keys of activity and transaction.
with page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from :"schema".activity a
  where a.id < $1::bigint and a.id >= $2::bigint
    and :filter
  order by a.id desc
  limit $3::int
), keys as materialized (
  select w.schema, w.table_name, pg_catalog.to_json(pg_catalog.array_agg(c.attname order by k.place)) as columns
  from (select distinct schema, table_name from page) w
  join pg_catalog.pg_index i
    on i.indrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', w.schema, w.table_name)) and i.indisprimary
  cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
  join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = k.number
  group by w.schema, w.table_name
)
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns, p.old_data, p.changed_data,
  t.actor_id::text, t.client_addr, pg_catalog.to_jsonb(t) -> 'context' as context
from page p
left join lateral (
  select t.* from :"schema".transaction t where t.id = p.transaction_id offset 0
) t on true
left join keys using (schema, table_name)
order by p.id desc;
