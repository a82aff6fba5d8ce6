-- The range of ids that a search has to look through for a range of time.
-- $1, $2 timestamp: since and until, either may be null; $3 bigint: how far ids may be out of the order of time.
-- Columns: first and last activity id; least and greatest native id among them; all null for an empty trail.
-- A binary search on the primary key of activity: ids rise with time, but for statements and transactions that ran
-- beside each other, which $3 allows for.
with recursive span as (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), low (lo, hi) as (
  select first - 1, last + 1 from span where $1::timestamp is not null
  union all
  select case when p.issued_at < $1::timestamp then p.id else low.lo end,
         case when p.issued_at < $1::timestamp then low.hi else (low.lo + low.hi) / 2 end
  from low
  cross join lateral (
    select id, issued_at from :"schema".activity where id >= (low.lo + low.hi) / 2 order by id limit 1
  ) p
  where low.hi - low.lo > 1
), high (lo, hi) as (
  select first - 1, last + 1 from span where $2::timestamp is not null
  union all
  select case when p.issued_at < $2::timestamp then p.id else high.lo end,
         case when p.issued_at < $2::timestamp then high.hi else (high.lo + high.hi) / 2 end
  from high
  cross join lateral (
    select id, issued_at from :"schema".activity where id >= (high.lo + high.hi) / 2 order by id limit 1
  ) p
  where high.hi - high.lo > 1
), range as (
  select
    coalesce((select pg_catalog.max(hi) from low where hi - lo <= 1) - $3::bigint, span.first) as first,
    coalesce((select pg_catalog.max(hi) from high where hi - lo <= 1) + $3::bigint, span.last) as last
  from span
)
select
  range.first, range.last,
  case when $1::timestamp is not null then (
    select pg_catalog.min(native_transaction_id) from :"schema".activity
    where id + 0 between range.first and range.first + 2 * $3::bigint
      and id between range.first and range.first + 2 * $3::bigint) end,
  case when $2::timestamp is not null then (
    select pg_catalog.max(native_transaction_id) from :"schema".activity
    where id between range.last - 2 * $3::bigint and range.last) end
from range;
