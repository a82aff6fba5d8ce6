-- A part of the trail: the newest or the oldest of the selected activities, and who made them, newest first.
-- $1 boolean: towards the past; $4 int: how many. The variable selected: one of the files whose names begin with selected, which tell
-- the other parameters. Where the part has not that many, a row with is_edge tells where to go on, by its id; that is
-- null at the end of the trail.
-- Relies on the primary keys of activity and transaction.
-- The variables: keys, the file primary_keys; context, the column of t where there is one, of jsonb; old_data and
-- changed_data, those of p, or null where they are longer than is wanted.
with :selected, page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from (:rows) a
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns, :old_data as old_data, :changed_data as changed_data,
  t.actor_id, t.client_addr, :context as context,
  false as is_edge
from page p
left join lateral (
  select t.* from :"schema".transaction t where t.id = p.transaction_id offset 0
) t on true
left join keys using (schema, table_name)
union all
select edge.beyond, null, null, null, null, null, null, null, null, null, null, null, null, true
from edge
where (select pg_catalog.count(*) from page) < $4::int
order by id desc nulls last;
