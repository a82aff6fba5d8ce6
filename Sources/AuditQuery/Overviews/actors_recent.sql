-- The busiest actors of the newest transactions, and what nobody claimed: transactions among these without an actor, and
-- writes without a transaction row among the newest activities.
-- $1 int: how many of the newest transactions and activities to look at.
-- Columns: key, null for nobody; transactions. Ordered by transactions, most first.
-- Relies on the primary keys of transaction and activity.
with newest as materialized (
  select actor_id from :"schema".transaction order by id desc limit $1::int
), unclaimed (transactions) as (
  select (select pg_catalog.count(*) from newest where actor_id is null)
    + (select pg_catalog.count(distinct native_transaction_id)
       from (select native_transaction_id, transaction_id from :"schema".activity order by id desc limit $1::int) a
       where transaction_id is null)
)
select actor_id, pg_catalog.count(*) as transactions
from newest
where actor_id is not null
group by actor_id
union all
select null, u.transactions from unclaimed u where u.transactions > 0
order by transactions desc, actor_id
limit 500;
