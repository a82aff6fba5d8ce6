-- What a page of transactions tells of each, in a trail that is not one table: asked for all of them at once, with
-- bounds of time that leave other partitions out.
-- $1 bigint[], $2 bigint[], $3 bigint[], $4 bigint[], $5 bigint[]: native ids, transaction ids or null, places, first
-- activity ids or null and how many activities are known of the candidates, in the order of the page; $6 bigint or
-- timestamp: one with an activity before this one stands elsewhere, null for none; $7 timestamp, $8 timestamp: between
-- which times all of their activities lie; $9 int: how many transactions, and those at the same place as the last. The
-- variables: earlier, whether an activity is before $6; filter, which activities a are selected, with its values from $10
-- on.
-- The variable origin: what the context of t holds of the session, or null.
-- The columns are those of transactions.sql. Ordered like the candidates.
-- A transaction that is known to have more than 1000 activities is asked for by itself, and counted no further.
-- Relies on an index that begins with native_transaction_id in each partition.
with candidates as materialized (
  select c.native_id, c.transaction_id, c.place, c.first_id, c.activities, c.step
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    with ordinality as c (native_id, transaction_id, place, first_id, activities, step)
), probed as materialized (
  select a.id, a.native_transaction_id, a.transaction_id, a.issued_at, a.schema, a.table_name, a.verb
  from :"schema".activity a
  where a.native_transaction_id = any (array(select c.native_id from candidates c where c.activities <= 1000))
    and (a.issued_at >= $7::timestamp and a.issued_at <= $8::timestamp or a.issued_at is null)
    and :filter
  limit 10001
), large as materialized (
  select c.native_id from candidates c where c.activities > 1000
  union
  select p.native_transaction_id from probed p group by p.native_transaction_id having pg_catalog.count(*) > 1000
), members as materialized (
  select p.* from probed p
  where (select pg_catalog.count(*) from probed) <= 10000
    and p.native_transaction_id not in (select l.native_id from large l)
  union all
  select a.id, a.native_transaction_id, a.transaction_id, a.issued_at, a.schema, a.table_name, a.verb
  from :"schema".activity a
  where (select pg_catalog.count(*) from probed) > 10000
    and a.native_transaction_id = any (array(
      select c.native_id from candidates c except select l.native_id from large l))
    and (a.issued_at >= $7::timestamp and a.issued_at <= $8::timestamp or a.issued_at is null)
    and :filter
  union all
  select w.*
  from (select distinct c.native_id, c.transaction_id from candidates c join large l using (native_id)) c
  cross join lateral (
    select a.id, a.native_transaction_id, a.transaction_id, a.issued_at, a.schema, a.table_name, a.verb
    from :"schema".activity a
    where a.native_transaction_id = c.native_id
      and (c.transaction_id is null or a.transaction_id = c.transaction_id)
      and (a.issued_at >= $7::timestamp and a.issued_at <= $8::timestamp or a.issued_at is null)
      and :filter
    limit 1001
  ) w
), elsewhere as materialized (
  select m.native_transaction_id as native_id from members m where :earlier
  union
  select l.native_id
  from large l
  cross join lateral (
    select a.id
    from :"schema".activity a
    where a.native_transaction_id = l.native_id and :earlier
      and (a.issued_at >= $7::timestamp and a.issued_at <= $8::timestamp or a.issued_at is null)
      and :filter
    limit 1
  ) a
), page as materialized (
  select c.step, c.native_id, c.transaction_id as only_transaction_id, c.place, c.first_id, m.id, m.transaction_id,
    m.issued_at, m.schema, m.table_name, m.verb
  from (
    select c.*
    from candidates c
    where c.native_id not in (select e.native_id from elsewhere e)
      and exists (
        select from members m
        where m.native_transaction_id = c.native_id
          and (c.transaction_id is null or m.transaction_id = c.transaction_id))
    order by pg_catalog.abs(c.place - ($3::bigint[])[1])
    fetch first ($9::int) rows with ties
  ) c
  join members m on m.native_transaction_id = c.native_id
    and (c.transaction_id is null or m.transaction_id = c.transaction_id)
), numbered as (
  select p.id, p.native_id, pg_catalog.row_number() over (partition by p.step order by p.id) as number
  from page p
  where p.verb = 'update'
), sampled as materialized (
  select n.id, n.native_id from numbered n where n.number <= 20
), told as (
  select p.step, p.native_id, p.only_transaction_id, p.place, p.first_id, p.id, p.transaction_id, p.issued_at, p.schema,
    p.table_name, p.verb, null::json as sample
  from page p
  union all
  select null, a.native_transaction_id,
    case when (select pg_catalog.bool_or(c.transaction_id is not null) from candidates c) then a.transaction_id end,
    null, null, a.id, null, null, null, null, null,
    case when pg_catalog.pg_column_size(a.changed_data) > 2000
      then pg_catalog.json_build_object(
        'keys', (select pg_catalog.json_agg(k.name) from pg_catalog.jsonb_object_keys(a.changed_data) k (name)))
      else (
        select
          case when pg_catalog.pg_column_size(o.old) > 2000 then pg_catalog.json_build_object('keys', o.names)
          else pg_catalog.json_build_object('new', a.changed_data, 'old', o.old) end
        from (
          select pg_catalog.jsonb_object_agg(k.name, a.old_data -> k.name) as old, pg_catalog.json_agg(k.name) as names
          from pg_catalog.jsonb_object_keys(a.changed_data) k (name)
        ) o
      )
    end
  from :"schema".activity a
  where a.native_transaction_id = any (array(select distinct s.native_id from sampled s))
    and a.id = any (array(select s.id from sampled s))
    and (a.issued_at >= $7::timestamp and a.issued_at <= $8::timestamp or a.issued_at is null)
), summary as materialized (
  -- One grouping rather than joins, for which the planner expects one row.
  select pg_catalog.max(t.step) as step, t.native_id, pg_catalog.max(t.place) as place,
    pg_catalog.max(t.transaction_id) as transaction_id,
    pg_catalog.min(t.issued_at) as issued_at,
    pg_catalog.count(*) filter (where t.verb = 'insert') as inserts,
    pg_catalog.count(*) filter (where t.verb = 'update') as updates,
    pg_catalog.count(*) filter (where t.verb = 'delete') as deletes,
    pg_catalog.count(*) filter (where t.verb = 'truncate') as truncates,
    pg_catalog.to_json(
      pg_catalog.array_agg(distinct array[t.schema, t.table_name]) filter (where t.step is not null)) as tables,
    pg_catalog.json_agg(t.sample order by t.id) filter (where t.sample is not null) as samples,
    coalesce(pg_catalog.min(t.first_id), pg_catalog.min(t.id)) as first_id
  from told t
  group by t.native_id, t.only_transaction_id
), actors as materialized (
  select t.id, t.actor_id, t.client_addr, :origin as origin
  from :"schema".transaction t
  where t.id = any (array(select s.transaction_id from summary s))
)
select
  s.place, s.native_id, true, s.transaction_id, t.actor_id, t.client_addr,
  (extract(epoch from case when isfinite(s.issued_at) then s.issued_at end) * 1000000)::bigint as issued_at,
  s.inserts, s.updates, s.deletes, s.truncates, s.tables, s.samples,
  s.first_id, null::bigint as reached, t.origin
from summary s
left join actors t on t.id = s.transaction_id
order by s.step;
