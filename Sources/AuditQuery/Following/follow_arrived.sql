-- The selected activities among some, and who made them.
-- $1 bigint[]: ids; $2 bigint, $3 bigint: after this native id and activity id; $4 int: how many. The variable filter: which
-- activities a are selected, with its values from $5 on.
-- Ordered by native id, then by activity. Relies on the primary key of activity.
-- The variables: keys, the file primary_keys; context, the column of t where there is one, of jsonb; old_data and changed_data, those
-- of p, whole or as excerpt.sql makes them.
with page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from :"schema".activity a
  where a.id = any ($1::bigint[])
    and (a.native_transaction_id, a.id) > ($2::bigint, $3::bigint)
    and :filter
  order by a.native_transaction_id, a.id
  limit $4::int
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns, :old_data as old_data, :changed_data as changed_data,
  t.actor_id, t.client_addr, :context as context
from page p
left join lateral (
  select t.* from :"schema".transaction t where t.id = p.transaction_id offset 0
) t on true
left join keys using (schema, table_name)
order by p.native_transaction_id, p.id;
