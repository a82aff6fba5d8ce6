-- One activity with its data: whole, or of large rows all that is not large.
-- $1 bigint: its id. At most one row. Relies on the primary key of activity.
-- The variables: keys, the file primary_keys; old_data and changed_data, those of p as excerpt.sql makes them; most_bytes, the bytes of a row before and after
-- that come whole.
with page as materialized (
  select a.*
  from :"schema".activity a
  where a.id = $1::bigint
), :keys
select
  p.id, p.transaction_id, p.native_transaction_id,
  (extract(epoch from case when isfinite(p.issued_at) then p.issued_at end) * 1000000)::bigint as issued_at,
  p.schema, p.table_name, p.verb, keys.columns,
  case when s.bytes <= :most_bytes then p.old_data::text else :old_data end as old_data,
  case when s.bytes <= :most_bytes then p.changed_data::text else :changed_data end as changed_data
from page p
left join keys using (schema, table_name)
cross join lateral (
  select pg_catalog.sum(
    case pg_catalog.jsonb_typeof(d.data)
    when 'object' then pg_catalog.pg_column_size(d.data || '{}')
    else pg_catalog.octet_length(d.data::text)
    end
  ) as bytes
  from (values (p.old_data), (p.changed_data)) as d (data)
) s;
