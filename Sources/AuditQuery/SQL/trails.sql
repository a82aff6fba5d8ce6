-- The audit trails of this database: every schema that holds the tables transaction and activity in the format of
-- flask-audit-logger, with what is needed to name actors.
-- $1 text: only this schema; null for all. Ordered by schema. Relies on the catalog's own indexes.
-- Columns: schema; readable; has_native_index; schema and name of actor_id's type; schema, name, key and
-- label column of the actor table, all null without a foreign key on actor_id or without the right to read it; the valid
-- indexes of both tables as json, each as table, keys and predicate; whether activity is one table of this database;
-- whether it tells of what is written to it.
with layout as (
  select n.nspname as schema, n.oid as schema_oid, t.oid as transaction_oid, a.oid as activity_oid,
    a.relkind = 'r' and not a.relhassubclass as is_plain
  from pg_catalog.pg_namespace n
  join pg_catalog.pg_class t on t.relnamespace = n.oid and t.relname = 'transaction' and t.relkind in ('r', 'p', 'v', 'f')
  join pg_catalog.pg_class a on a.relnamespace = n.oid and a.relname = 'activity' and a.relkind in ('r', 'p', 'v', 'f')
  where ($1::text is null or n.nspname = $1)
    and (select count(*) from pg_catalog.pg_attribute c
         where c.attrelid = t.oid and not c.attisdropped
           and c.attname in ('id', 'native_transaction_id', 'issued_at', 'client_addr', 'actor_id')) = 5
    and (select count(*) from pg_catalog.pg_attribute c
         where c.attrelid = a.oid and not c.attisdropped
           and c.attname in ('id', 'schema', 'table_name', 'relid', 'issued_at', 'native_transaction_id', 'verb',
                             'old_data', 'changed_data', 'transaction_id')) = 10
)
select
  l.schema,
  pg_catalog.has_schema_privilege(l.schema_oid, 'usage')
    and pg_catalog.has_table_privilege(l.transaction_oid, 'select')
    and pg_catalog.has_table_privilege(l.activity_oid, 'select') as readable,
  exists (select from pg_catalog.pg_index i
          join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = i.indkey[0]
          where i.indrelid = l.activity_oid and i.indisvalid and i.indpred is null
            and c.attname = 'native_transaction_id') as has_native_index,
  tn.nspname, ty.typname, actor.schema, actor.name, actor.key, actor.label,
  (select pg_catalog.json_agg(pg_catalog.json_build_array(
     case i.indrelid when l.activity_oid then 'activity' else 'transaction' end,
     (select pg_catalog.json_agg(pg_catalog.pg_get_indexdef(i.indexrelid, k::int, true) order by k)
      from pg_catalog.generate_series(1, i.indnkeyatts) k),
     pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)))
   from pg_catalog.pg_index i
   where i.indrelid in (l.activity_oid, l.transaction_oid) and i.indisvalid) as indexes,
  l.is_plain,
  exists (select from pg_catalog.pg_trigger g
          join pg_catalog.pg_proc p on p.oid = g.tgfoid
          where g.tgrelid = l.activity_oid and p.proname = 'audit_notify' and g.tgenabled in ('O', 'A')) as has_notify
from layout l
join pg_catalog.pg_attribute ai on ai.attrelid = l.transaction_oid and ai.attname = 'actor_id'
join pg_catalog.pg_type ty on ty.oid = ai.atttypid
join pg_catalog.pg_namespace tn on tn.oid = ty.typnamespace
left join lateral (
  select n.nspname as schema, c.relname as name, k.attname as key,
    (select la.attname
     from pg_catalog.unnest(array['name', 'full_name', 'display_name', 'username', 'login', 'email', 'title'])
       with ordinality as wanted (name, place)
     join pg_catalog.pg_attribute la on la.attrelid = c.oid and la.attname = wanted.name and not la.attisdropped
     where pg_catalog.has_column_privilege(c.oid, la.attnum, 'select')
     order by wanted.place
     limit 1) as label
  from pg_catalog.pg_constraint f
  join pg_catalog.pg_attribute own on own.attrelid = f.conrelid and own.attnum = f.conkey[1] and own.attname = 'actor_id'
  join pg_catalog.pg_class c on c.oid = f.confrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute k on k.attrelid = c.oid and k.attnum = f.confkey[1]
  where f.conrelid = l.transaction_oid and f.contype = 'f' and pg_catalog.cardinality(f.conkey) = 1
    and pg_catalog.has_schema_privilege(n.oid, 'usage')
    and pg_catalog.has_column_privilege(c.oid, k.attnum, 'select')
  order by f.conname
  limit 1
) actor on true
order by l.schema;
