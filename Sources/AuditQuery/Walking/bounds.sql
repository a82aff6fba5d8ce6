-- The ranges of ids that a search has to look through for a range of time.
-- $1, $2 timestamp: since and until, either may be null; $3 bigint: how far ids may be out of the order of time.
-- Columns: first and last id of activity, first and last id of transaction; null for an empty table.
-- Binary searches on the primary keys: ids rise with time, but for statements and transactions that ran beside each
-- other, which $3 allows for. Where probes find that they do not, the ranges are the whole tables.
with recursive span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), transaction_span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".transaction
), probe as materialized (
  select p.issued_at, pg_catalog.lag(p.issued_at) over (order by n) as before
  from span
  cross join pg_catalog.generate_series(0, 32) n
  cross join lateral (
    select a.issued_at from :"schema".activity a
    where a.id >= span.first + (span.last - span.first) / 32 * n order by a.id limit 1
  ) p
  where $1::timestamp is not null or $2::timestamp is not null
), moment (moment) as (
  select given.moment
  from (values ($1::timestamp), ($2::timestamp)) given (moment)
  where given.moment is not null
    and not exists (select from probe where probe.issued_at < probe.before - interval '1 hour')
), search (moment, lo, hi) as (
  select moment.moment, span.first - 1, span.last + 1 from span cross join moment where span.first is not null
  union
  select s.moment, case when p.issued_at < s.moment then p.id else s.lo end,
    case when p.issued_at < s.moment then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at from :"schema".activity a where a.id >= (s.lo + s.hi) / 2 order by a.id limit 1
  ) p
  where s.hi - s.lo > 1
), transaction_search (moment, lo, hi) as (
  select moment.moment, s.first - 1, s.last + 1 from transaction_span s cross join moment where s.first is not null
  union
  select s.moment, case when p.issued_at < s.moment then p.id else s.lo end,
    case when p.issued_at < s.moment then s.hi else (s.lo + s.hi) / 2 end
  from transaction_search s
  cross join lateral (
    select t.id, t.issued_at from :"schema".transaction t where t.id >= (s.lo + s.hi) / 2 order by t.id limit 1
  ) p
  where s.hi - s.lo > 1
)
select
  coalesce((select pg_catalog.max(hi) from search where moment = $1::timestamp and hi - lo <= 1) - $3::bigint, span.first),
  coalesce((select pg_catalog.max(hi) from search where moment = $2::timestamp and hi - lo <= 1) + $3::bigint, span.last),
  coalesce(
    (select pg_catalog.max(hi) from transaction_search where moment = $1::timestamp and hi - lo <= 1) - $3::bigint,
    transaction_span.first),
  coalesce(
    (select pg_catalog.max(hi) from transaction_search where moment = $2::timestamp and hi - lo <= 1) + $3::bigint,
    transaction_span.last)
from span
cross join transaction_span;
