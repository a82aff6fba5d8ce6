-- The first selected activities of each of several transactions, like changes.sql, in a trail that is not one table: asked
-- for all at once, but for large transactions, and with bounds of time that leave partitions out.
-- $1 bigint[]: native ids; $2 bigint[]: those of large transactions among them; $3 timestamp, $4 timestamp: between which
-- times all of their activities lie; $5 int: how many of each. The variable filter: which activities a are selected, with its
-- values from $6 on.
-- Ordered by transaction as given, then by activity.
-- Relies on an index that begins with native_transaction_id in each partition.
-- The variables: keys, the file primary_keys; old_data and changed_data, those of p as excerpt.sql makes them.
with given as materialized (
  select n.native_id, n.place, n.native_id = any ($2::bigint[]) as is_large
  from pg_catalog.unnest($1::bigint[]) with ordinality as n (native_id, place)
), found as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from :"schema".activity a
  where a.native_transaction_id = any (array(select g.native_id from given g where not g.is_large))
    and (a.issued_at >= $3::timestamp and a.issued_at <= $4::timestamp or a.issued_at is null)
    and :filter
  union all
  select a.*
  from given g
  cross join lateral (
    select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
      a.old_data, a.changed_data
    from :"schema".activity a
    where a.native_transaction_id = g.native_id
      and (a.issued_at >= $3::timestamp and a.issued_at <= $4::timestamp or a.issued_at is null)
      and :filter
    limit $5::int
  ) a
  where g.is_large
), page as materialized (
  select f.*
  from (
    select f.*, pg_catalog.row_number() over (partition by f.native_transaction_id order by f.id) as number from found f
  ) f
  where f.number <= $5::int
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns,
  :old_data as old_data, :changed_data as changed_data
from page p
left join keys using (schema, table_name)
order by pg_catalog.array_position($1::bigint[], p.native_transaction_id), p.id;
