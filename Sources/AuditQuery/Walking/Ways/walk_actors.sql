-- A walk by the transaction rows of actors.
-- $1 boolean: towards the past; $2 bigint: from this transaction; $3 bigint: below this transaction; $4 int: how many to
-- find; $5 int: how many to look at. The variables: entries, a query for id and native_transaction_id of at most so many
-- transactions of the actors; filter, which activities a are selected.
-- Relies on transaction's primary key or an index on its actor_id, and on activity.native_transaction_id.
entries as materialized (
  select e.id, e.native_transaction_id
  from (:entries) e
  order by case when $1::boolean then -e.id else e.id end
  limit $5::int
), found as materialized (
  select e.id, e.native_transaction_id
  from (select e.* from entries e order by case when $1::boolean then -e.id else e.id end offset 0) e
  where exists (
    select from :"schema".activity a
    where a.native_transaction_id = e.native_transaction_id and a.transaction_id = e.id
      and :filter
    offset 0
  )
  limit $4::int
), edge (beyond) as (
  select case
    when pg_catalog.count(*) = $5::int
      then case when $1::boolean then pg_catalog.min(e.id) else pg_catalog.max(e.id) end
    when $1::boolean then (select pg_catalog.max(t.id) + 1 from :"schema".transaction t where t.id < $2::bigint)
    else (select pg_catalog.min(t.id) - 1 from :"schema".transaction t where t.id >= $3::bigint)
    end
  from entries e
), walk (step, cursor, native_id, transaction_id, found, reached) as (
  select
    (pg_catalog.row_number() over (order by case when $1::boolean then -f.id else f.id end))::int,
    f.id, f.native_transaction_id, f.id, true, null::timestamp
  from found f
  union all
  select $4::int + 1, edge.beyond, null, null, false,
    (select t.issued_at from :"schema".transaction t where t.id <= edge.beyond order by t.id desc limit 1)
  from edge
  where (select pg_catalog.count(*) from found) < $4::int
)
