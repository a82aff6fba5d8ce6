-- The next activities, where no filter selects among them, in a trail that is not one table.
-- $1 boolean: towards the past; $2 bigint: from this activity; $3 bigint: below this activity; $5 int: how many. The
-- variable entries: a query for id, native_transaction_id and issued_at of at most so many.
-- Relies on the primary keys of the partitions.
selected as materialized (
  select e.id, e.native_transaction_id, e.issued_at
  from (:entries) e
), edge (low, beyond, reached) as (
  select
    case when $1::boolean then coalesce(pg_catalog.min(s.id), $2::bigint) else $2::bigint end,
    case when pg_catalog.count(*) = $5::int
      then case when $1::boolean then pg_catalog.min(s.id) else pg_catalog.max(s.id) end
    end,
    case when $1::boolean then pg_catalog.min(s.issued_at) else pg_catalog.max(s.issued_at) end
  from selected s
)
