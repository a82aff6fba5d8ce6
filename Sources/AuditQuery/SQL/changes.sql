-- The first selected activities of each of several transactions.
-- $1 bigint[]: native ids; $2 int: how many of each; $3 text[]: table names (like); $4 text[]: schema.table (like);
-- $5 text[]: verbs; $6, $7 timestamp: since, until, either may be null; $8 int: data above so many bytes of text is
-- left out.
-- Ordered by transaction as given, then by activity.
-- Relies on an index that begins with activity.native_transaction_id.
with page as materialized (
  select n.place, a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
    a.old_data, a.changed_data
  from unnest($1::bigint[]) with ordinality as n (native_id, place)
  cross join lateral (
    select a.id, a.transaction_id, a.native_transaction_id, a.issued_at, a.schema, a.table_name, a.verb,
      a.old_data, a.changed_data
    from :"schema".activity a
    where a.native_transaction_id = n.native_id
      and (pg_catalog.cardinality($3::text[]) + pg_catalog.cardinality($4::text[]) = 0
           or a.table_name operator(pg_catalog.~~*) any ($3::text[])
           or a.schema || '.' || a.table_name operator(pg_catalog.~~*) any ($4::text[]))
      and (pg_catalog.cardinality($5::text[]) = 0 or a.verb = any ($5::text[]))
      and ($6::timestamp is null or a.issued_at >= $6::timestamp)
      and ($7::timestamp is null or a.issued_at < $7::timestamp)
    limit $2::int
  ) a
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
  p.schema, p.table_name, p.verb, keys.columns,
  case when pg_catalog.octet_length(p.old_data::text) <= $8::int then p.old_data end as old_data,
  case when pg_catalog.octet_length(p.changed_data::text) <= $8::int then p.changed_data end as changed_data
from page p
left join keys using (schema, table_name)
order by p.place, p.id;
