-- The selected activities among the next entries of indexes, like those of selected_entries.sql, in a trail that is not
-- one table: asked for all at once, and of no partition that is of another time.
-- $1 boolean: towards the past; $2 bigint: from this activity; $3 bigint: below this activity; $5 int: how many entries
-- to look at. The variables: entries, a query for id and issued_at of at most so many; filter, which activities a are
-- selected.
-- Relies on the indexes of the entries and on the primary keys of the partitions.
entries as materialized (
  select e.id, e.issued_at
  from (:entries) e
  order by case when $1::boolean then -e.id else e.id end
  limit $5::int
), selected as materialized (
  select a.id, a.native_transaction_id, a.issued_at
  from :"schema".activity a
  where a.id = any (array(select e.id from entries e))
    and (a.issued_at >= (select pg_catalog.min(e.issued_at) from entries e)
        and a.issued_at <= (select pg_catalog.max(e.issued_at) from entries e)
      or a.issued_at is null)
    and :filter
), edge (low, beyond, reached) as (
  select
    case when $1::boolean then coalesce(pg_catalog.min(e.id), $2::bigint) else $2::bigint end,
    case when pg_catalog.count(*) = $5::int
      then case when $1::boolean then pg_catalog.min(e.id) else pg_catalog.max(e.id) end
    end,
    case when $1::boolean then pg_catalog.min(e.issued_at) else pg_catalog.max(e.issued_at) end
  from entries e
)
