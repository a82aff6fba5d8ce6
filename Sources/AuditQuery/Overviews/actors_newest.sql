-- The actors of the newest transactions, and what nobody claimed: transactions among these without an actor, and writes
-- without a transaction row among the newest activities.
-- $1 int: how many of the newest transactions and activities to look at.
-- Columns: key, null for nobody; transactions; last write in microseconds since 1970; client of the last write.
-- Ordered by transactions, most first. Relies on the primary keys of transaction and activity.
with newest as materialized (
  select t.id, t.actor_id, t.native_transaction_id, t.issued_at
  from :"schema".transaction t order by t.id desc limit $1::int
), unclaimed as materialized (
  select n.native_transaction_id, n.issued_at from newest n where n.actor_id is null
  union all
  select a.native_transaction_id, a.issued_at
  from (select a.native_transaction_id, a.transaction_id, a.issued_at
        from :"schema".activity a order by a.id desc limit $1::int) a
  where a.transaction_id is null
)
select c.actor_id, c.transactions,
  (extract(epoch from case when isfinite(t.issued_at) then t.issued_at end) * 1000000)::bigint, t.client_addr
from (
  select actor_id, pg_catalog.count(*) as transactions, pg_catalog.max(id) as last_id
  from newest where actor_id is not null group by actor_id
  order by transactions desc, actor_id limit 1000
) c
join :"schema".transaction t on t.id = c.last_id
union all
select null, pg_catalog.count(distinct native_transaction_id),
  (extract(epoch from pg_catalog.max(issued_at) filter (where isfinite(issued_at))) * 1000000)::bigint, null::inet
from unclaimed
having pg_catalog.count(*) > 0
order by 2 desc, 1
limit 1000;
