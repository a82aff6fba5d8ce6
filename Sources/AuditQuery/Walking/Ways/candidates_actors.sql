-- The transactions of actors among which a page is, in a trail that is not one table, like those of candidates.sql.
-- $1 boolean: towards the past; $2 bigint: from this transaction; $3 bigint: below this transaction; $4 int: how many
-- are wanted, at least one; $5 int: how many to look at. The variable entries: a query for id and
-- native_transaction_id of at most so many transactions of the actors.
-- Relies on transaction's primary key or an index on its actor_id.
with entries as materialized (
  select e.id, e.native_transaction_id
  from (:entries) e
  order by case when $1::boolean then -e.id else e.id end
  limit $5::int
), times as materialized (
  select t.id, t.issued_at
  from :"schema".transaction t
  where t.id = any (array(select e.id from entries e))
), edge (beyond) as (
  select case
    when pg_catalog.count(*) = $5::int
      then case when $1::boolean then pg_catalog.min(e.id) else pg_catalog.max(e.id) end
    when $1::boolean then (select pg_catalog.max(t.id) + 1 from :"schema".transaction t where t.id < $2::bigint)
    else (select pg_catalog.min(t.id) - 1 from :"schema".transaction t where t.id >= $3::bigint)
    end
  from entries e
)
select e.native_transaction_id, e.id as transaction_id, e.id as place, 0::bigint as activities,
  (extract(epoch from case when isfinite(t.issued_at) then t.issued_at - interval '1 day' end) * 1000000)::bigint as since,
  (extract(epoch from case when isfinite(t.issued_at) then t.issued_at + interval '1 day' end) * 1000000)::bigint as until,
  null::bigint as low, null::bigint as beyond, null::bigint as reached, null::bigint as first_id
from entries e
join times t using (id)
union all
select null, null, null, null, null, null, null, edge.beyond,
  (select (extract(epoch from case when isfinite(t.issued_at) then t.issued_at end) * 1000000)::bigint
   from :"schema".transaction t where t.id <= edge.beyond order by t.id desc limit 1),
  null
from edge
where $4::int > 0
order by place;
