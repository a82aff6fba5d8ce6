-- Where a search of activities begins that a range of time limits, like bounds.sql, in a trail that is not one table.
-- $1 timestamp: the time of the end at which it begins, null for that of the trail; $2 boolean: towards the past; $3
-- bigint: how far ids may be out of the order of time; $4, $5 timestamp: from when to before when is what partitions hold
-- of the time of $1.
-- Columns: first and last id of activity, of which the one that is not asked for is the least or the greatest number, and
-- null for an empty table; null, null.
-- Binary search on the primary key of this partition: ids rise with time, but for statements that ran beside each other,
-- which $3 allows for. Where probes find that they do not, the whole partition is searched; what the others hold is
-- found by its time.
with recursive span as materialized (
  select pg_catalog.min(a.id) as first, pg_catalog.max(a.id) as last
  from :"schema".activity a
  where $1::timestamp is not null and a.issued_at >= $4::timestamp and a.issued_at < $5::timestamp
), probe as materialized (
  select p.issued_at, pg_catalog.lag(p.issued_at) over (order by n) as before
  from span
  cross join pg_catalog.generate_series(0, 8) n
  cross join lateral (
    select a.issued_at
    from :"schema".activity a
    where a.id >= span.first + (span.last - span.first) / 8 * n
      and a.issued_at >= $4::timestamp and a.issued_at < $5::timestamp
    order by a.id
    limit 1
  ) p
), search (lo, hi) as (
  select span.first - 1, span.last + 1
  from span
  where not exists (select from probe p where p.issued_at < p.before - interval '1 hour')
  union all
  select case when p.issued_at < $1::timestamp then p.id else s.lo end,
    case when p.issued_at < $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at
    from :"schema".activity a
    where a.id >= (s.lo + s.hi) / 2 and a.issued_at >= $4::timestamp and a.issued_at < $5::timestamp
    order by a.id
    limit 1
  ) p
  where s.hi - s.lo > 1
), found (id) as materialized (
  select pg_catalog.max(s.hi) from search s where s.hi - s.lo <= 1
), least_and_greatest (least, greatest) as (
  values (-9223372036854775807, 9223372036854775806)
)
select
  case
    when $2::boolean then l.least
    when $1::timestamp is null then (select pg_catalog.min(a.id) from :"schema".activity a)
    else coalesce(
      least(
        coalesce((select f.id - $3::bigint from found f), (select span.first from span)),
        (select pg_catalog.min(a.id) from :"schema".activity a where a.issued_at >= $5::timestamp)),
      l.greatest)
  end,
  case
    when not $2::boolean then l.greatest
    when $1::timestamp is null then (select pg_catalog.max(a.id) from :"schema".activity a)
    else coalesce(
      greatest(
        coalesce((select f.id + $3::bigint from found f), (select span.last from span)),
        (select pg_catalog.max(a.id) from :"schema".activity a where a.issued_at < $4::timestamp)),
      l.least)
  end,
  null::bigint,
  null::bigint
from least_and_greatest l;
