-- The selected activities among the next entries of indexes that lead to what a filter selects, and where to go on.
-- $1 boolean: towards the past; $2 bigint: from this activity; $3 bigint: below this activity; $5 int: how many entries
-- to look at. The variables: entries, a query for the ids of at most so many; filter, which activities a are selected.
-- Relies on the indexes of the entries and on the primary key of activity.
entries as materialized (
  select e.id
  from (:entries) e
  order by case when $1::boolean then -e.id else e.id end
  limit $5::int
), selected as materialized (
  select a.id, a.native_transaction_id
  from entries e
  -- One by one: a join of many might read the whole table.
  cross join lateral (
    select a.id, a.native_transaction_id
    from :"schema".activity a
    where a.id = e.id
      and :filter
    offset 0
  ) a
), edge (low, beyond) as (
  select
    case when $1::boolean then coalesce(pg_catalog.min(e.id), $2::bigint) else $2::bigint end,
    case when pg_catalog.count(*) = $5::int
      then case when $1::boolean then pg_catalog.min(e.id) else pg_catalog.max(e.id) end
    end
  from entries e
)
