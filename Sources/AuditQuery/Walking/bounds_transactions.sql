-- Where a search of transactions begins that a range of time limits, like bounds.sql, in a trail whose activity is not one
-- table and is not asked.
-- $1 timestamp: the time of the end at which it begins, null for that of the trail; $2 boolean: towards the past; $3
-- bigint: how far ids may be out of the order of time.
-- Columns: null, null; first and last id of transaction, of which the one that is not asked for is the least or the
-- greatest number, and null for an empty table.
-- Binary search on the primary key of transaction.
with recursive search (lo, hi) as (
  select pg_catalog.min(t.id) - 1, pg_catalog.max(t.id) + 1 from :"schema".transaction t where $1::timestamp is not null
  union all
  select case when p.issued_at < $1::timestamp then p.id else s.lo end,
    case when p.issued_at < $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select t.id, t.issued_at from :"schema".transaction t where t.id >= (s.lo + s.hi) / 2 order by t.id limit 1
  ) p
  where s.hi - s.lo > 1
), found (id) as materialized (
  select pg_catalog.max(s.hi) from search s where s.hi - s.lo <= 1
)
select
  null::bigint,
  null::bigint,
  case
    when $2::boolean then -9223372036854775807
    when $1::timestamp is null then (select pg_catalog.min(t.id) from :"schema".transaction t)
    else found.id - $3::bigint
  end,
  case
    when not $2::boolean then 9223372036854775806
    when $1::timestamp is null then (select pg_catalog.max(t.id) from :"schema".transaction t)
    else found.id + $3::bigint
  end
from found;
