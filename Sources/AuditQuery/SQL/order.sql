-- Whether native ids rise with time, as they do unless the trail was restored from another cluster.
-- No parameters. One row, one boolean. Probes: the activity of the greatest native id is among the newest, and of 33
-- activities at even distances no more than two have a lower native id than the one before; those are of transactions
-- that ran for long.
-- Relies on the primary key of activity and on an index that begins with activity.native_transaction_id.
with span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), probe as (
  select p.native_transaction_id as native_id, pg_catalog.lag(p.native_transaction_id) over (order by n) as before
  from span
  cross join pg_catalog.generate_series(0, 32) n
  cross join lateral (
    select a.native_transaction_id from :"schema".activity a
    where a.id >= span.first + (span.last - span.first) / 32 * n order by a.id limit 1
  ) p
)
select
  (select pg_catalog.count(*) from probe where native_id < before) <= 2
  and coalesce(
    (select a.id from :"schema".activity a order by a.native_transaction_id desc limit 1) > span.last - 100000, true)
from span;
