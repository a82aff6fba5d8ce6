-- Where a moment lies in the lists of transactions.
-- $1 timestamp: the moment. One row: the first activity id, transaction id and native id of what is later than the
-- moment; null where nothing is.
-- Binary searches on the primary keys of activity and transaction: ids rise with time.
with recursive search (lo, hi) as (
  select pg_catalog.min(a.id) - 1, pg_catalog.max(a.id) + 1 from :"schema".activity a
  union all
  select case when p.issued_at <= $1::timestamp then p.id else s.lo end,
    case when p.issued_at <= $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at from :"schema".activity a where a.id >= (s.lo + s.hi) / 2 order by a.id limit 1
  ) p
  where s.hi - s.lo > 1
), transaction_search (lo, hi) as (
  select pg_catalog.min(t.id) - 1, pg_catalog.max(t.id) + 1 from :"schema".transaction t
  union all
  select case when p.issued_at <= $1::timestamp then p.id else s.lo end,
    case when p.issued_at <= $1::timestamp then s.hi else (s.lo + s.hi) / 2 end
  from transaction_search s
  cross join lateral (
    select t.id, t.issued_at from :"schema".transaction t where t.id >= (s.lo + s.hi) / 2 order by t.id limit 1
  ) p
  where s.hi - s.lo > 1
), found as (
  select
    (select pg_catalog.max(hi) from search where hi - lo <= 1) as activity_id,
    (select pg_catalog.max(hi) from transaction_search where hi - lo <= 1) as transaction_id
)
select found.activity_id, found.transaction_id,
  (select a.native_transaction_id from :"schema".activity a where a.id >= found.activity_id order by a.id limit 1)
from found;
