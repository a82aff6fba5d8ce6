-- How many activities a filter selects in the next transactions of actors, and in how many of these.
-- $1 boolean: true, towards the past; $2 bigint: from this transaction; $3 bigint: below this transaction; $4 int: has
-- no meaning here; $5 int: how many to look at. The variables: entries, a query for id and native_transaction_id of at
-- most so many transactions of the actors; filter, which activities a are selected.
-- Columns: those of count.sql, by transaction instead of activity.
-- Relies on transaction's primary key or an index on its actor_id, and on activity.native_transaction_id.
with entries as materialized (
  select e.id, e.native_transaction_id
  from (:entries) e
  order by -e.id
  limit $5::int
), found as materialized (
  select c.activities
  from entries e
  cross join lateral (
    select pg_catalog.count(*) as activities
    from :"schema".activity a
    where a.native_transaction_id = e.native_transaction_id and a.transaction_id = e.id
      and :filter
    offset 0
  ) c
  where c.activities > 0
), edge (beyond) as (
  select case
    when pg_catalog.count(*) = $5::int then pg_catalog.min(e.id)
    else (select pg_catalog.max(t.id) + 1 from :"schema".transaction t where t.id < $2::bigint)
    end
  from entries e
)
select
  (select pg_catalog.count(*) from found) as transactions,
  (select coalesce(pg_catalog.sum(f.activities), 0)::bigint from found f) as activities,
  edge.beyond,
  (select (extract(epoch from case when isfinite(t.issued_at) then t.issued_at end) * 1000000)::bigint
   from :"schema".transaction t where t.id <= edge.beyond order by t.id desc limit 1) as reached
from edge
where $1::boolean and $3::bigint is not null and $4::int is not null;
