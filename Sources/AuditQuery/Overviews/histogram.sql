-- How many activities there are in each of several spans of time of the same length.
-- $1 timestamp: where the first begins, null for the first activity; $2 timestamp: where the last ends, null for just
-- after the last activity; $3 int: how many spans.
-- Columns: start and end in microseconds since 1970; the counts as json, the oldest span first; the id at which the first
-- span begins. No row for an empty trail.
-- Binary searches on the primary key of activity, since ids rise with time: a count is the distance between two ids.
with recursive span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), range as materialized (
  select span.first, span.last,
    coalesce($1::timestamp, (select a.issued_at from :"schema".activity a where a.id = span.first)) as start,
    coalesce($2::timestamp,
      (select a.issued_at from :"schema".activity a where a.id = span.last) + interval '1 second') as finish
  from span
  where span.first is not null
), search (number, moment, lo, hi) as (
  select n, range.start + (range.finish - range.start) * (n::double precision / $3::int), range.first - 1, range.last + 1
  from range
  cross join pg_catalog.generate_series(0, $3::int) n
  union all
  select s.number, s.moment,
    case when p.issued_at < s.moment then p.id else s.lo end,
    case when p.issued_at < s.moment then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at from :"schema".activity a where a.id >= (s.lo + s.hi) / 2 order by a.id limit 1
  ) p
  where s.hi - s.lo > 1
), edge as (
  select number, pg_catalog.max(hi) as id from search where hi - lo <= 1 group by number
), counted as (
  select number, greatest(0, pg_catalog.lead(id) over (order by number) - id) as activities from edge
)
select
  (extract(epoch from range.start) * 1000000)::bigint,
  (extract(epoch from range.finish) * 1000000)::bigint,
  (select pg_catalog.json_agg(c.activities order by c.number) from counted c where c.number < $3::int),
  (select pg_catalog.min(id) from edge)
from range;
