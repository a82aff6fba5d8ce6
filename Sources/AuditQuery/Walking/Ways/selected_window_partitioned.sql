-- The selected activities of a window of ids, like those of selected_window.sql, in a trail that is not one table.
-- $1 boolean: towards the past; $2 bigint: from this activity; $3 bigint: below this activity. The variable filter:
-- which activities a are selected; period, what it says of their time.
-- Relies on the primary keys of the partitions.
selected as materialized (
  select a.id, a.native_transaction_id, a.issued_at
  from :"schema".activity a
  where a.id >= $2::bigint and a.id < $3::bigint
    and :filter
), next as materialized (
  (select a.id + 1 as beyond, a.issued_at
   from :"schema".activity a
   where $1::boolean and a.id < $2::bigint and :period
   order by a.id desc
   limit 1)
  union all
  (select a.id - 1, a.issued_at
   from :"schema".activity a
   where not $1::boolean and a.id >= $3::bigint and :period
   order by a.id
   limit 1)
), edge (low, beyond, reached) as (
  select $2::bigint, (select beyond from next), (select issued_at from next)
)
