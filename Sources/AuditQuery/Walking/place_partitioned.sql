-- Where a moment lies in the lists in the order of activities, like place.sql, in a trail that is not one table.
-- $1 timestamp: the moment; $2 timestamp, $3 timestamp: from when to before when is what partitions hold of its time.
-- One row: the first activity id of what is later than the moment, null where nothing is; null; null.
-- Binary search on the primary key of this partition: ids rise with time.
with recursive span as materialized (
  select pg_catalog.min(a.id) as first, pg_catalog.max(a.id) as last
  from :"schema".activity a
  where a.issued_at >= $2::timestamp and a.issued_at < $3::timestamp
), search (lo, hi) as (
  select span.first - 1, span.last + 1 from span
  union all
  select case when p.issued_at <= $1::timestamp then p.id else s.lo end,
    case when p.issued_at <= $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at
    from :"schema".activity a
    where a.id >= (s.lo + s.hi) / 2 and a.issued_at >= $2::timestamp and a.issued_at < $3::timestamp
    order by a.id
    limit 1
  ) p
  where s.hi - s.lo > 1
)
select
  least(
    (select s.hi from search s cross join span where s.hi - s.lo <= 1 and s.hi <= span.last limit 1),
    (select pg_catalog.min(a.id) from :"schema".activity a where a.issued_at >= $3::timestamp)),
  null::bigint,
  null::bigint;
