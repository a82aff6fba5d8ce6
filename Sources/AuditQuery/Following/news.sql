-- The transactions with a selected activity that have ended between two snapshots.
-- $1 text: the snapshot before; $2 text: the snapshot now; $3 bigint[]: native ids that were in progress before;
-- $4 bigint: no transaction of this or a greater native id had ended before; $5 int: how many. The variable filter: which
-- activities a are selected, with its values from $6 on.
-- Columns: native id. Ordered by it, the greatest first. Relies on an index that begins with
-- activity.native_transaction_id.
select distinct a.native_transaction_id
from (
  select o.* from :"schema".activity o where o.native_transaction_id = any ($3::bigint[])
  union all
  select n.* from :"schema".activity n where n.native_transaction_id >= $4::bigint
) a
where not pg_catalog.txid_visible_in_snapshot(a.native_transaction_id, $1::pg_catalog.txid_snapshot)
  and pg_catalog.txid_visible_in_snapshot(a.native_transaction_id, $2::pg_catalog.txid_snapshot)
  and :filter
order by 1 desc
limit $5::int;
