-- One activity with its whole data.
-- $1 bigint: its id. At most one row. Relies on the primary key of activity.
select
  a.id, a.transaction_id, a.native_transaction_id,
  (extract(epoch from case when isfinite(a.issued_at) then a.issued_at end) * 1000000)::bigint as issued_at,
  a.schema, a.table_name, a.verb,
  (select pg_catalog.to_json(pg_catalog.array_agg(c.attname order by k.place))
   from pg_catalog.pg_index i
   cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
   join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = k.number
   where i.indrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', a.schema, a.table_name))
     and i.indisprimary) as key_columns,
  a.old_data, a.changed_data
from :"schema".activity a
where a.id = $1::bigint;
