-- The transactions among which a page is, in a trail that is not one table: each stands at its first activity that the
-- part of the trail holds, but may have others before. What there is of them is asked next, by
-- transactions_partitioned.sql.
-- $1 boolean: towards the past; $4 int: how many are wanted, at least one. The variable selected: one of the files
-- whose names begin with selected and end in partitioned, which tell the other parameters.
-- Columns: native id; null, since all of its activities count; first activity id; how many activities are known; first
-- and last time at which it can have recorded others, in microseconds since 1970, null for any time. A last row with
-- null for all of these tells what the part was: its least activity id; where to go on, null at the end of the list; how
-- far it came, in microseconds since 1970. The last column is the first activity id again.
-- A transaction is looked for within a day of its activities that are known, since flask-audit-logger itself looks no
-- further for the row of a transaction: one that goes on for longer may be listed in parts.
with :selected, grouped as (
  select s.native_transaction_id as native_id, pg_catalog.min(s.id) as first_id, pg_catalog.count(*) as activities,
    pg_catalog.min(s.issued_at) - interval '1 day' as since, pg_catalog.max(s.issued_at) + interval '1 day' as until
  from selected s
  group by s.native_transaction_id
)
select g.native_id, null::bigint as transaction_id, g.first_id as place, g.activities,
  (extract(epoch from case when isfinite(g.since) then g.since end) * 1000000)::bigint as since,
  (extract(epoch from case when isfinite(g.until) then g.until end) * 1000000)::bigint as until,
  null::bigint as low, null::bigint as beyond, null::bigint as reached, g.first_id
from grouped g
union all
select null, null, null, null, null, null, edge.low, edge.beyond,
  (extract(epoch from case when isfinite(edge.reached) then edge.reached end) * 1000000)::bigint,
  null
from edge
where $4::int > 0
order by place;
