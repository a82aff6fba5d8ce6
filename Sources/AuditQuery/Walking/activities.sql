-- A page of the selected activities of one transaction, in the order they were recorded.
-- $1 bigint: native id; $2 bigint: after this activity; $3 int: how many; $4 bigint: not beyond this activity, or
-- null. With $4 the primary key is walked from $2 on, which serves transactions of any size; without it the transaction's rows are
-- sorted. The variable filter: which activities a are selected, with its values from $5 on.
-- Relies on an index that begins with activity.native_transaction_id, or on the primary key.
-- The variables: keys, the file primary_keys; old_data and changed_data, those of p as excerpt.sql makes them.
with page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from :"schema".activity a
  where case when $4::bigint is null then a.native_transaction_id = $1::bigint
             else a.native_transaction_id + 0 = $1::bigint and a.id <= $4::bigint end
    and a.id > $2::bigint
    and :filter
  order by a.id
  limit $3::int
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns,
  :old_data as old_data, :changed_data as changed_data
from page p
left join keys using (schema, table_name)
order by p.id;
