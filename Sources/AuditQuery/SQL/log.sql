-- A window of the trail, newest first: the selected activities with ids from $2 to below $1, and who made them.
-- $1 bigint: below this activity; $2 bigint: from this activity; $3 int: how many; $4 text[]: table names (like);
-- $5 text[]: schema.table (like); $6 text[]: verbs; $7, $8 timestamp: since, until, either may be null; $9 boolean:
-- only writes without a transaction row; $10 boolean: only actors with the keys $11 text[] or with a key like one of
-- $12 text[]. With $10 and $9 either will do.
-- Relies on the primary keys of activity and transaction.
with page as materialized (
  select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data, t.actor_id, t.client_addr, t.context
  from :"schema".activity a
  left join lateral (
    select t.actor_id, t.client_addr, pg_catalog.to_jsonb(t) -> 'context' as context
    from :"schema".transaction t
    where t.id = a.transaction_id
    offset 0
  ) t on true
  where a.id < $1::bigint and a.id >= $2::bigint
    and (pg_catalog.cardinality($4::text[]) + pg_catalog.cardinality($5::text[]) = 0
         or a.table_name operator(pg_catalog.~~*) any ($4::text[])
         or a.schema || '.' || a.table_name operator(pg_catalog.~~*) any ($5::text[]))
    and (pg_catalog.cardinality($6::text[]) = 0 or a.verb = any ($6::text[]))
    and ($7::timestamp is null or a.issued_at >= $7::timestamp)
    and ($8::timestamp is null or a.issued_at < $8::timestamp)
    and (not $9::boolean and not $10::boolean
         or $9::boolean and a.transaction_id is null
         or $10::boolean and (
           t.actor_id = any (cast($11::text[] as :"actor_type_schema".:"actor_type"[]))
           or pg_catalog.cardinality($12::text[]) > 0
             and t.actor_id::text operator(pg_catalog.~~*) any ($12::text[])))
  order by a.id desc
  limit $3::int
), keys as materialized (
  select w.schema, w.table_name, pg_catalog.to_json(pg_catalog.array_agg(c.attname order by k.place)) as columns
  from (select distinct schema, table_name from page) w
  join pg_catalog.pg_index i
    on i.indrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', w.schema, w.table_name)) and i.indisprimary
  cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
  join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = k.number
  group by w.schema, w.table_name
)
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns, p.old_data, p.changed_data,
  p.actor_id::text, p.client_addr, p.context
from page p
left join keys using (schema, table_name)
order by p.id desc;
