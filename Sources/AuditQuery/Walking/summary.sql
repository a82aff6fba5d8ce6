-- What the newest selected activities have in common.
-- $1 boolean: true; $4 int: how many activities. The variable selected: one of the files whose names begin with selected,
-- which tell the other parameters.
-- Columns: subject: table, actor, verb, column, transition or total; two texts that name it: schema and table, the
-- actor's key (null for nobody), the verb, the column; for a
-- transition its values before and after as json; how many activities; for the total, the time of the oldest in
-- microseconds since 1970 as the first text and whether there may be more as the second.
-- The variable actor_id_text: t.actor_id as text. Relies on the primary keys of activity and transaction.
with :selected, page as materialized (
  select a.id, a.schema, a.table_name, a.verb, a.issued_at, a.transaction_id, a.old_data, a.changed_data
  from (:rows) a
), change as materialized (
  select k.name, p.old_data -> k.name as old, p.changed_data -> k.name as new
  from page p
  cross join lateral pg_catalog.jsonb_object_keys(p.changed_data) k (name)
  where p.verb = 'update'
), counted (subject, first, second, old, new, activities) as (
  select 'table', schema, table_name, null::jsonb, null::jsonb, pg_catalog.count(*) from page group by 2, 3
  union all
  select 'actor', :actor_id_text, null, null, null, pg_catalog.count(*)
  from page left join :"schema".transaction t on t.id = page.transaction_id group by 2
  union all
  select 'verb', verb, null, null, null, pg_catalog.count(*) from page group by 2
  union all
  select 'column', name, null, null, null, pg_catalog.count(*) from change group by 2
  union all
  select 'transition', name, null, old, new, pg_catalog.count(*)
  from change
  where pg_catalog.jsonb_typeof(old) <> all ('{object,array}') and pg_catalog.jsonb_typeof(new) <> all ('{object,array}')
    and pg_catalog.pg_column_size(old) < 100 and pg_catalog.pg_column_size(new) < 100
  group by name, old, new
  having pg_catalog.count(*) > 1
), ranked as (
  select c.*, pg_catalog.row_number() over (partition by subject order by activities desc, first, second) as place
  from counted c
)
select subject, first, second, old, new, activities from ranked where place <= 15
union all
select 'total', ((extract(epoch from pg_catalog.min(issued_at) filter (where isfinite(issued_at))) * 1000000)::bigint)::text,
  (pg_catalog.count(*) = $4::int or (select beyond from edge) is not null)::text, null, null, pg_catalog.count(*)
from page
order by 1, 6 desc, 2, 3;
