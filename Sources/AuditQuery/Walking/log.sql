-- A part of the trail: the newest or the oldest of the selected activities, and who made them, newest first.
-- $1 boolean: towards the past; $4 int: how many. The variable selected: one of the files whose names begin with selected, which tell
-- the other parameters. Where the part has not that many, a row with is_edge tells where to go on, by its id; that is
-- null at the end of the trail. Without that row the next part begins behind the last one here: what is behind 32 MB of data is left
-- to it.
-- Relies on the primary keys of activity and transaction.
-- The variables: keys, the file primary_keys; context, the column of t where there is one, of jsonb; old_data and
-- changed_data, those of p as text, whole or as excerpt.sql makes them.
with :selected, found as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from (:rows) a
), page as materialized (
  select *
  from (
    select f.*, pg_catalog.sum(s.bytes) over (
      order by case when $1::boolean then -f.id else f.id end rows between unbounded preceding and 1 preceding
    ) as bytes_before
    from found f
    cross join lateral (
      -- Of what is compressed only unpacking it tells the size.
      select pg_catalog.sum(
        case when pg_catalog.pg_column_size(d.data) > 8192 and pg_catalog.jsonb_typeof(d.data) = 'object'
        then pg_catalog.pg_column_size(d.data || '{}') else pg_catalog.pg_column_size(d.data) end
      ) as bytes
      from (values (f.old_data), (f.changed_data)) as d (data)
      offset 0
    ) s
  ) f
  where f.bytes_before is null or f.bytes_before < 32000000
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns, :old_data as old_data, :changed_data as changed_data,
  t.actor_id, t.client_addr, :context as context,
  false as is_edge
from page p
left join lateral (
  select t.* from :"schema".transaction t where t.id = p.transaction_id offset 0
) t on true
left join keys using (schema, table_name)
union all
select edge.beyond, null, null, null, null, null, null, null, null, null, null, null, null, true
from edge
where (select pg_catalog.count(*) from found) < $4::int
  and (select pg_catalog.count(*) from page) = (select pg_catalog.count(*) from found)
order by id desc nulls last;
