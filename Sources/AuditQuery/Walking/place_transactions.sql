-- Where a moment lies in the lists in the order of transaction rows, like place.sql, in a trail whose activity is not one
-- table and is not asked.
-- $1 timestamp: the moment. One row: null; the first transaction id of what is later than the moment, null where nothing
-- is; null.
-- Binary search on the primary key of transaction: ids rise with time.
with recursive search (lo, hi) as (
  select pg_catalog.min(t.id) - 1, pg_catalog.max(t.id) + 1 from :"schema".transaction t
  union all
  select case when p.issued_at <= $1::timestamp then p.id else s.lo end,
    case when p.issued_at <= $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select t.id, t.issued_at from :"schema".transaction t where t.id >= (s.lo + s.hi) / 2 order by t.id limit 1
  ) p
  where s.hi - s.lo > 1
)
select null::bigint, (select pg_catalog.max(s.hi) from search s where s.hi - s.lo <= 1), null::bigint;
