-- The audit trails of this database: every schema that holds the tables transaction and activity in the format of
-- flask-audit-logger, with what is needed to name actors.
-- $1 text: only this schema; null for all. $2 text[]: columns of the actor table that name actors rather than those that
-- usually do; $3 text[]: roles that are trusted like superusers and the reader. Ordered by schema. Relies on the catalog's
-- own indexes.
-- Views and foreign tables run their owners' code, or others': they count only where these are trusted. So do columns of
-- types that are neither built in nor of such a role, but for actor_id, whose values are read as their output function
-- writes them.
-- Columns: schema; readable; has_native_index; schema and name of actor_id's type under its domains; schema, name, key and
-- label column of the actor table, all null without a foreign key on actor_id or without the right to read it; the valid
-- indexes of both tables as json, each as table, keys and predicate; whether activity is one table of this database;
-- whether it tells of what is written to it; where partitions of activity by issued_at begin or end, in microseconds since
-- 1970, as json; whether all partitions of this database have an index that begins with issued_at, and not all one that
-- begins with id; whether the trail may hold other owners' code: their names, null where both tables and the schema belong to
-- roles that are trusted; whether it is made of views or foreign tables; whether transaction.context is jsonb; whether the
-- types of actor_id, of the key and of the label are built in or of a trusted role; whether the actor table is; the types of the columns that are read,
-- of transaction and of activity, as json, name to oid; those of the key and the label likewise; whether a subscription or a view brings it, so
-- that its native ids need not be those of this server; whether the server does not know what bytes mean;
-- whether row security keeps rows of the tables from this role.
with recursive trusted as materialized (
  select r.oid
  from pg_catalog.pg_roles r
  where r.rolsuper or r.rolname = current_user or r.rolname = any ($3::text[])
), under (oid, base) as (
  select y.oid, y.oid from pg_catalog.pg_type y
  union all
  select u.oid, y.typbasetype from under u join pg_catalog.pg_type y on y.oid = u.base and y.typtype = 'd'
), type as materialized (
  select u.oid, u.base, y.oid < 16384 or y.typowner in (select x.oid from trusted x) as is_plain
  from under u
  join pg_catalog.pg_type y on y.oid = u.base and y.typtype <> 'd'
), layout as (
  select n.nspname as schema, n.oid as schema_oid, t.oid as transaction_oid, a.oid as activity_oid,
    a.relkind = 'r' and not a.relhassubclass as is_plain,
    t.relkind in ('v', 'f') or a.relkind in ('v', 'f') as is_view,
    (select pg_catalog.json_agg(distinct pg_catalog.pg_get_userbyid(w.oid))
     from (values (t.relowner), (a.relowner), (s.owner)) w (oid)
     where w.oid not in (select x.oid from trusted x)) as strangers
  from pg_catalog.pg_namespace n
  join pg_catalog.pg_class t on t.relnamespace = n.oid and t.relname = 'transaction' and t.relkind in ('r', 'p', 'v', 'f')
  join pg_catalog.pg_class a on a.relnamespace = n.oid and a.relname = 'activity' and a.relkind in ('r', 'p', 'v', 'f')
  cross join lateral (
    -- The schema public belongs to whoever owns the database.
    select case when r.rolname = 'pg_database_owner'
             then (select d.datdba from pg_catalog.pg_database d where d.datname = current_database())
             else n.nspowner end as owner
    from pg_catalog.pg_roles r
    where r.oid = n.nspowner
  ) s
  where ($1::text is null or n.nspname = $1)
    and (select count(*) from pg_catalog.pg_attribute c
         where c.attrelid = t.oid and not c.attisdropped
           and c.attname in ('id', 'native_transaction_id', 'issued_at', 'client_addr', 'actor_id')) = 5
    and (select count(*) from pg_catalog.pg_attribute c
         where c.attrelid = a.oid and not c.attisdropped
           and c.attname in ('id', 'schema', 'table_name', 'relid', 'issued_at', 'native_transaction_id', 'verb',
                             'old_data', 'changed_data', 'transaction_id')) = 10
    and not exists (
      select from pg_catalog.pg_attribute c
      join type y on y.oid = c.atttypid
      where c.attrelid in (t.oid, a.oid) and not c.attisdropped and not y.is_plain
        and c.attname in ('id', 'native_transaction_id', 'issued_at', 'client_addr', 'schema', 'table_name', 'relid',
                          'verb', 'old_data', 'changed_data', 'transaction_id'))
)
select
  l.schema,
  pg_catalog.has_schema_privilege(l.schema_oid, 'usage')
    and pg_catalog.has_table_privilege(l.transaction_oid, 'select')
    and pg_catalog.has_table_privilege(l.activity_oid, 'select') as readable,
  not exists (
    select from (
      select l.activity_oid as relid where l.is_plain
      union all
      select p.relid from pg_catalog.pg_partition_tree(l.activity_oid) p where p.isleaf and not l.is_plain
    ) t
    join pg_catalog.pg_class r on r.oid = t.relid and r.relkind = 'r'
    where not exists (
      select from pg_catalog.pg_index i
      join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = i.indkey[0]
      where i.indrelid = t.relid and i.indisvalid and i.indpred is null and c.attname = 'native_transaction_id')
  ) as has_native_index,
  tn.nspname, ty.typname, actor.schema, actor.name, actor.key, actor.label,
  (select pg_catalog.json_agg(pg_catalog.json_build_array(
     case i.indrelid when l.activity_oid then 'activity' else 'transaction' end,
     (select pg_catalog.json_agg(pg_catalog.pg_get_indexdef(i.indexrelid, k::int, true) order by k)
      from pg_catalog.generate_series(1, i.indnkeyatts) k),
     pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)))
   from pg_catalog.pg_index i
   where i.indrelid in (l.activity_oid, l.transaction_oid) and i.indisvalid) as indexes,
  l.is_plain,
  -- A server in recovery refuses to listen, and is told of nothing.
  exists (select from pg_catalog.pg_trigger g
          join pg_catalog.pg_proc p on p.oid = g.tgfoid
          where g.tgrelid = l.activity_oid and p.proname = 'audit_notify' and g.tgenabled in ('O', 'A'))
    and not pg_catalog.pg_is_in_recovery() as has_notify,
  (select pg_catalog.json_agg(distinct (extract(epoch from e.parts[1]::timestamp) * 1000000)::bigint)
   from pg_catalog.pg_partitioned_table k
   join pg_catalog.pg_attribute c on c.attrelid = k.partrelid and c.attnum = k.partattrs[0] and c.attname = 'issued_at'
   join pg_catalog.pg_inherits h on h.inhparent = k.partrelid
   join pg_catalog.pg_class p on p.oid = h.inhrelid
   cross join lateral pg_catalog.regexp_matches(
     pg_catalog.pg_get_expr(p.relpartbound, p.oid),
     $$\('([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)'[,)]$$, 'g') e (parts)
   where k.partrelid = l.activity_oid and k.partstrat = 'r') as partition_edges,
  (select coalesce(pg_catalog.bool_and(x.by_time) and not pg_catalog.bool_and(x.by_id), false)
   from pg_catalog.pg_partition_tree(l.activity_oid) p
   join pg_catalog.pg_class r on r.oid = p.relid and r.relkind = 'r'
   cross join lateral (
     select coalesce(pg_catalog.bool_or(c.attname = 'issued_at'), false) as by_time,
       coalesce(pg_catalog.bool_or(c.attname = 'id'), false) as by_id
     from pg_catalog.pg_index i
     join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = i.indkey[0]
     where i.indrelid = r.oid and i.indisvalid and i.indpred is null
   ) x
   where p.isleaf and not l.is_plain) as is_by_time,
  l.strangers, l.is_view,
  exists (select from pg_catalog.pg_attribute c
          where c.attrelid = l.transaction_oid and c.attname = 'context' and not c.attisdropped
            and c.atttypid = 'pg_catalog.jsonb'::regtype) as has_context,
  base.is_plain, actor.is_key_plain, actor.is_label_plain, actor.is_trusted,
  (select pg_catalog.json_object_agg(c.attname, c.atttypid::text)
   from pg_catalog.pg_attribute c
   where c.attrelid = l.transaction_oid and not c.attisdropped
     and c.attname in ('id', 'native_transaction_id', 'issued_at', 'client_addr', 'actor_id')),
  (select pg_catalog.json_object_agg(c.attname, c.atttypid::text)
   from pg_catalog.pg_attribute c
   where c.attrelid = l.activity_oid and not c.attisdropped
     and c.attname in ('id', 'native_transaction_id', 'issued_at', 'schema', 'table_name', 'relid', 'verb', 'old_data',
                       'changed_data', 'transaction_id')),
  actor.types,
  l.is_view or exists (
    select
    from pg_catalog.pg_subscription_rel r
    where r.srrelid = l.activity_oid
      or r.srrelid in (select p.relid from pg_catalog.pg_partition_tree(l.activity_oid) p)
  ) as is_of_another_server,
  pg_catalog.getdatabaseencoding() = 'SQL_ASCII' as is_of_bytes,
  pg_catalog.row_security_active(l.transaction_oid) or pg_catalog.row_security_active(l.activity_oid) as is_filtered
from layout l
join pg_catalog.pg_attribute ai on ai.attrelid = l.transaction_oid and ai.attname = 'actor_id'
join type base on base.oid = ai.atttypid
join pg_catalog.pg_type ty on ty.oid = base.base
join pg_catalog.pg_namespace tn on tn.oid = ty.typnamespace
left join lateral (
  select n.nspname as schema, c.relname as name, k.attname as key, ky.is_plain as is_key_plain,
    c.relowner in (select x.oid from trusted x) and n.nspowner in (select x.oid from trusted x) as is_trusted,
    label.attname as label, label.is_plain as is_label_plain,
    (select pg_catalog.json_object_agg(u.attname, u.atttypid::text)
     from pg_catalog.pg_attribute u
     where u.attrelid = c.oid and u.attname in (k.attname, label.attname)) as types
  from pg_catalog.pg_constraint f
  join pg_catalog.pg_attribute own on own.attrelid = f.conrelid and own.attnum = f.conkey[1] and own.attname = 'actor_id'
  join pg_catalog.pg_class c on c.oid = f.confrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute k on k.attrelid = c.oid and k.attnum = f.confkey[1]
  join type ky on ky.oid = k.atttypid
  left join lateral (
    select la.attname, ly.is_plain
     from pg_catalog.unnest($2::text[] || array['name', 'full_name', 'display_name', 'username', 'login', 'email', 'title'])
       with ordinality as wanted (name, place)
     join pg_catalog.pg_attribute la on la.attrelid = c.oid and la.attname = wanted.name and not la.attisdropped
     join type ly on ly.oid = la.atttypid
     where pg_catalog.has_column_privilege(c.oid, la.attnum, 'select')
     order by wanted.place
     limit 1
  ) label on true
  where f.conrelid = l.transaction_oid and f.contype = 'f' and pg_catalog.cardinality(f.conkey) = 1
    and pg_catalog.has_schema_privilege(n.oid, 'usage')
    and pg_catalog.has_column_privilege(c.oid, k.attnum, 'select')
    and not pg_catalog.row_security_active(c.oid)
  order by f.conname
  limit 1
) actor on true
order by l.schema;
