-- Whether native ids rise with time, as they do unless the trail came from another cluster.
-- No parameters. One row, one boolean.
-- No, where an activity has the number of a transaction that has yet to begin here: what is written now has a lower one.
-- No, where the greatest native id is not among the newest activities, or where of 33 activities at even distances more than
-- two have a lower native id than the one before; two are of transactions that ran for long.
-- No, where of two activities the later one has the lower native id, although its transaction began more than an hour after
-- the earlier one was written: no transaction gets its number before it begins. Looked at are those 33, 120 others at
-- distances from the end that grow by a fifth each, and the 1000 of the greatest native ids.
-- Relies on the primary keys and on an index that begins with activity.native_transaction_id.
with span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), place (id, is_even) as (
  select span.first + (span.last - span.first) / 32 * n, true from span cross join pg_catalog.generate_series(0, 32) n
  union all
  select greatest(span.first, span.last - pg_catalog.floor(pg_catalog.power(1.2::float8, n))::bigint), false
  from span
  cross join pg_catalog.generate_series(0, 119) n
), sample as materialized (
  select distinct p.is_even, s.id, s.native_transaction_id as native_id, s.issued_at, t.issued_at as began_at
  from place p
  cross join lateral (
    select a.id, a.native_transaction_id, a.issued_at, a.transaction_id
    from :"schema".activity a
    where a.id >= p.id
    order by a.id
    limit 1
  ) s
  left join lateral (
    select t.issued_at from :"schema".transaction t where t.id = s.transaction_id offset 0
  ) t on true
), step as (
  select s.native_id, pg_catalog.lag(s.native_id) over (order by s.id) as before
  from sample s
  where s.is_even
), pair as (
  select s.native_id, s.began_at, pg_catalog.lag(s.native_id) over (order by s.id) as before,
    pg_catalog.lag(s.issued_at) over (order by s.id) as written_before
  from sample s
), greatest_ids as (
  select a.id, a.native_transaction_id as native_id, a.issued_at
  from :"schema".activity a
  order by a.native_transaction_id desc
  limit 1000
)
select
  not exists (
    select from greatest_ids g
    where g.native_id >= pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()))
  and (select pg_catalog.count(*) from step where native_id < before) <= 2
  and not exists (
    select from pair p where p.native_id < p.before and p.began_at > p.written_before + '1 hour'::interval)
  and not exists (
    select from sample s
    join greatest_ids g on g.native_id > s.native_id and g.id < s.id and s.began_at > g.issued_at + '1 hour'::interval)
  and coalesce((select g.id from greatest_ids g order by g.native_id desc limit 1) > span.last - 100000, true)
from span;
