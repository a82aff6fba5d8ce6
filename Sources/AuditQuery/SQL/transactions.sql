-- A page of transactions that hold a selected activity, with or without a transaction row, newest or oldest first.
-- $1 boolean: towards the past; $2 bigint: begin beyond this native id, or with $6 this transaction id; $3 int: how
-- many to find; $4 int: how many to look at; $5 boolean: there is a filter; $6 boolean: only transactions of the actors
-- with the keys $7 text[] or with a key like one of $8 text[], walked by transaction id; $9 bigint: no further than
-- this native id, or null. The variable filter: which activities a are selected, with its values from $10 on.
-- Ordered as walked. A transaction that does not qualify comes back, with found false, only if it was the last one
-- looked at; a null native id means that the list ends there.
-- Relies on an index that begins with activity.native_transaction_id, and for actors on transaction's primary key: a
-- walk from one id to the next.
with recursive walk (step, cursor, native_id, found, hits) as (
  select 0, $2::bigint, null::bigint, false, 0
  union all
  select walk.step + 1, next.cursor, next.native_id, test.found, walk.hits + test.found::int
  from walk
  cross join lateral (
    select case
      when $6::boolean and $1::boolean then
        (select t.id from :"schema".transaction t
         where t.id < walk.cursor
           and (t.actor_id = any (cast($7::text[] as :"actor_type_schema".:"actor_type"[]))
                or pg_catalog.cardinality($8::text[]) > 0 and t.actor_id::text operator(pg_catalog.~~*) any ($8::text[]))
         order by t.id desc limit 1)
      when $6::boolean then
        (select t.id from :"schema".transaction t
         where t.id > walk.cursor
           and (t.actor_id = any (cast($7::text[] as :"actor_type_schema".:"actor_type"[]))
                or pg_catalog.cardinality($8::text[]) > 0 and t.actor_id::text operator(pg_catalog.~~*) any ($8::text[]))
         order by t.id limit 1)
      when $1::boolean then
        (select a.native_transaction_id from :"schema".activity a
         where a.native_transaction_id < walk.cursor order by a.native_transaction_id desc limit 1)
      else
        (select a.native_transaction_id from :"schema".activity a
         where a.native_transaction_id > walk.cursor order by a.native_transaction_id limit 1)
      end as cursor
  ) stop
  cross join lateral (
    select
      case when $9::bigint is null or place.native_id >= $9::bigint then stop.cursor end as cursor,
      place.native_id
    from (
      select case
        when $6::boolean then (select t.native_transaction_id from :"schema".transaction t where t.id = stop.cursor)
        else stop.cursor end as native_id
      offset 0
    ) place
  ) next
  cross join lateral (
    select next.cursor is not null and case when $5::boolean or $6::boolean then exists (
      select from :"schema".activity a
      where a.native_transaction_id = next.native_id
        and :filter
        and (not $6::boolean or a.transaction_id = next.cursor)
      offset 0
    ) else true end as found
  ) test
  where walk.cursor is not null and walk.hits < $3::int and walk.step < $4::int
)
select
  walk.cursor, walk.native_id, walk.found, s.transaction_id, t.actor_id::text, t.client_addr,
  (extract(epoch from case when isfinite(s.issued_at) then s.issued_at end) * 1000000)::bigint as issued_at,
  s.inserts, s.updates, s.deletes, s.truncates, s.tables, s.samples, s.first_id
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
        else pg_catalog.json_build_object(
          'new', w.changed_data,
          'old', (select pg_catalog.json_object_agg(k.name, w.old_data -> k.name)
                  from pg_catalog.jsonb_object_keys(w.changed_data) k (name)))
      end
    ) filter (where w.verb = 'update' and w.place <= 20) as samples,
    pg_catalog.min(w.id) as first_id
  from (
    select a.id, a.schema, a.table_name, a.verb, a.issued_at, a.transaction_id, a.old_data, a.changed_data,
      pg_catalog.count(*) filter (where a.verb = 'update') over (rows unbounded preceding) as place
    from :"schema".activity a
    where walk.found and a.native_transaction_id = walk.native_id
      and :filter
      and (not $6::boolean or a.transaction_id = walk.cursor)
    limit 1001
  ) w
) s on true
left join :"schema".transaction t on t.id = s.transaction_id
where walk.step > 0 and (walk.found or walk.step = (select pg_catalog.max(step) from walk))
order by walk.step;
