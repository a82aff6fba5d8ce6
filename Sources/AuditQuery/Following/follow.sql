-- The selected activities of transactions that have ended between two snapshots, and who made them.
-- $1 text: the snapshot before; $2 text: the snapshot now; $3 bigint[]: native ids that were in progress before;
-- $4 bigint: no transaction of this or a greater native id had ended before; $5 bigint, $6 bigint: after this native
-- id and activity id; $7 int: how many. The variable filter: which activities a are selected, with its values from $8 on.
-- Ordered by native id, then by activity. Relies on an index that begins with activity.native_transaction_id.
-- The variables: keys, the file primary_keys; context, the column of t where there is one, of jsonb; old_data and changed_data, those
-- of p, whole or as excerpt.sql makes them.
with page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from (
    select o.id, o.transaction_id, o.native_transaction_id, o.issued_at, o.schema, o.table_name, o.verb,
      o.old_data, o.changed_data
    from :"schema".activity o
    where o.native_transaction_id = any ($3::bigint[])
    union all
    select n.id, n.transaction_id, n.native_transaction_id, n.issued_at, n.schema, n.table_name, n.verb,
      n.old_data, n.changed_data
    from :"schema".activity n
    where n.native_transaction_id >= $4::bigint
  ) a
  where (a.native_transaction_id, a.id) > ($5::bigint, $6::bigint)
    and not pg_catalog.txid_visible_in_snapshot(a.native_transaction_id, $1::pg_catalog.txid_snapshot)
    and pg_catalog.txid_visible_in_snapshot(a.native_transaction_id, $2::pg_catalog.txid_snapshot)
    and :filter
  order by a.native_transaction_id, a.id
  limit $7::int
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
