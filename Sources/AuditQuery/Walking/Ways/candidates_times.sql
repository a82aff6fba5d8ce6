-- The transactions among which a page is, like those of candidates.sql, in a trail of partitions whose primary keys begin
-- with issued_at: each stands at the time of its first selected activity.
-- $1 boolean: towards the past; $2 timestamp: from this time; $3 timestamp: below this time; $4 int: how many are wanted, at
-- least one; $5 int: how many activities to look at, and all at the same time as the last. The variables: entries, a query
-- for issued_at of the next activities, at most so many; filter, which activities a are selected.
-- Columns like those of candidates.sql; places and where to go on are microseconds since 1970, and with the place comes the
-- first activity id; the part is told by its first time, as text.
-- Relies on the primary keys of the partitions, which are read one after the other.
with looked as materialized (
  select e.issued_at from (:entries) e
), reach as materialized (
  select pg_catalog.count(*) = $5::int as is_full, pg_catalog.min(l.issued_at) as first, pg_catalog.max(l.issued_at) as last
  from looked l
), part as materialized (
  -- All activities of a time or none, unless there are no others.
  select r.is_full,
    case when r.is_full and r.first < r.last and $1::boolean then r.first + interval '1 microsecond' else r.first end as first,
    case when r.is_full and r.first < r.last and not $1::boolean then r.last - interval '1 microsecond' else r.last end as last
  from reach r
), selected as materialized (
  select a.id, a.native_transaction_id, a.issued_at
  from :"schema".activity a
  where a.issued_at >= (select first from part) and a.issued_at <= (select last from part)
    and :filter
), grouped as (
  select s.native_transaction_id as native_id, pg_catalog.min(s.id) as first_id, pg_catalog.count(*) as activities,
    pg_catalog.min(s.issued_at) as first, pg_catalog.max(s.issued_at) as last
  from selected s
  group by s.native_transaction_id
)
select g.native_id, null::bigint as transaction_id, (extract(epoch from g.first) * 1000000)::bigint as place, g.activities,
  (extract(epoch from g.first - interval '1 day') * 1000000)::bigint as since,
  (extract(epoch from g.last + interval '1 day') * 1000000)::bigint as until,
  null as low, null::bigint as beyond, null::bigint as reached, g.first_id
from grouped g
union all
select null, null, null, null, null, null, part.first::text,
  case when part.is_full
    then (extract(epoch from case when $1::boolean then part.first else part.last end) * 1000000)::bigint end,
  (extract(epoch from case when $1::boolean then part.first else part.last end) * 1000000)::bigint,
  null
from part
where $4::int > 0
order by place, first_id;
