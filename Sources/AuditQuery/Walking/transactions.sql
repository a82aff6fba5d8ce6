-- A page of transactions that hold a selected activity, with or without a transaction row, newest or oldest first.
-- The variable walk: what finds them, one of the files whose names begin with walk, which also tell the parameters. Its
-- rows, in their order: step int; cursor bigint, where the next page begins, null at the end of the list; native_id
-- bigint; transaction_id bigint, when only activities of this row count; found boolean; reached timestamp, how far a
-- search came that has not found enough. The variable filter: which activities a are selected.
-- The variable origin: what the context of t holds of the session, or null.
-- A row that was not found comes back only if it is the last one.
-- Relies on an index that begins with activity.native_transaction_id.
with recursive :walk
select
  walk.cursor, walk.native_id, walk.found, s.transaction_id, t.actor_id, t.client_addr,
  (extract(epoch from case when isfinite(s.issued_at) then s.issued_at end) * 1000000)::bigint as issued_at,
  s.inserts, s.updates, s.deletes, s.truncates, s.tables, s.samples, s.first_id,
  (extract(epoch from case when isfinite(walk.reached) then walk.reached end) * 1000000)::bigint as reached,
  :origin as origin
from walk
left join lateral (
  select
    pg_catalog.max(w.transaction_id) as transaction_id,
    pg_catalog.min(w.issued_at) as issued_at,
    pg_catalog.count(*) filter (where w.verb = 'insert') as inserts,
    pg_catalog.count(*) filter (where w.verb = 'update') as updates,
    pg_catalog.count(*) filter (where w.verb = 'delete') as deletes,
    pg_catalog.count(*) filter (where w.verb = 'truncate') as truncates,
    pg_catalog.to_json(pg_catalog.array_agg(distinct array[w.schema, w.table_name])) as tables,
    pg_catalog.json_agg(
      case when pg_catalog.pg_column_size(w.changed_data) > 2000
        then pg_catalog.json_build_object(
          'keys', (select pg_catalog.json_agg(k.name) from pg_catalog.jsonb_object_keys(w.changed_data) k (name)))
        else (
          select
            case when pg_catalog.pg_column_size(o.old) > 2000 then pg_catalog.json_build_object('keys', o.names)
            else pg_catalog.json_build_object('new', w.changed_data, 'old', o.old) end
          from (
            select pg_catalog.jsonb_object_agg(k.name, w.old_data -> k.name) as old, pg_catalog.json_agg(k.name) as names
            from pg_catalog.jsonb_object_keys(w.changed_data) k (name)
          ) o
        )
      end
    ) filter (where w.verb = 'update' and w.place <= 20) as samples,
    pg_catalog.min(w.id) as first_id
  from (
    select a.id, a.schema, a.table_name, a.verb, a.issued_at, a.transaction_id, a.old_data, a.changed_data,
      pg_catalog.count(*) filter (where a.verb = 'update') over (rows unbounded preceding) as place
    from :"schema".activity a
    where walk.found and a.native_transaction_id = walk.native_id
      and :filter
      and (walk.transaction_id is null or a.transaction_id = walk.transaction_id)
    limit 1001
  ) w
) s on true
left join :"schema".transaction t on t.id = s.transaction_id
where walk.step > 0 and (walk.found or walk.step = (select pg_catalog.max(step) from walk))
order by walk.step;
