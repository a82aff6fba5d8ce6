-- The first selected activities of each of several transactions.
-- $1 bigint[]: native ids; $2 int: how many of each. The variable filter: which activities a are selected, with its
-- values from $3 on.
-- Ordered by transaction as given, then by activity.
-- Relies on an index that begins with activity.native_transaction_id.
-- The variables: keys, the file primary_keys; old_data and changed_data, those of p as excerpt.sql makes them.
with page as materialized (
  select n.place, a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from unnest($1::bigint[]) with ordinality as n (native_id, place)
  cross join lateral (
    select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
      a.old_data, a.changed_data
    from :"schema".activity a
    where a.native_transaction_id = n.native_id
      and :filter
    limit $2::int
  ) a
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns,
  :old_data as old_data, :changed_data as changed_data
from page p
left join keys using (schema, table_name)
order by p.place, p.id;
