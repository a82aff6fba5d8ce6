-- The selected activities of a window of ids, read forwards, and where to go on beyond the window.
-- $1 boolean: towards the past; $2 bigint: from this activity; $3 bigint: below this activity. The variable filter:
-- which activities a are selected.
-- Relies on the primary key of activity.
selected as materialized (
  select a.id, a.native_transaction_id
  from :"schema".activity a
  where a.id >= $2::bigint and a.id < $3::bigint
    and :filter
), edge (low, beyond) as (
  select $2::bigint,
    case
      when $1::boolean then (select pg_catalog.max(a.id) + 1 from :"schema".activity a where a.id < $2::bigint)
      else (select pg_catalog.min(a.id) - 1 from :"schema".activity a where a.id >= $3::bigint)
    end
)
