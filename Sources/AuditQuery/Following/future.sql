-- Whether an activity has the number of a transaction that has not ended here although the activity can be seen: it came
-- from another cluster, whose transactions had greater numbers.
-- $1 bigint: no transaction of this or a greater number had ended a moment ago; what has since, this statement knows by its own
-- snapshot. One row, one boolean. Relies on an index that begins with activity.native_transaction_id.
select coalesce(
    pg_catalog.max(a.native_transaction_id)
      >= greatest($1::bigint, pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())),
    false) as is_of_another
from :"schema".activity a;
