-- Tables of this database as they are now: columns, key, what capture leaves out, foreign keys.
-- $1 text[]: schemas, a null for any but those of the system; $2 text[]: names, as many. Columns: schema; name; whether
-- this role may read the rows; the columns, as json; the columns of the primary key, as json; the argument of the
-- capture trigger as a json array, null without one; the foreign keys of the table and those that refer to it, as json; the columns
-- of the other unique keys, as json; the types of the columns and those that they are made of, as json.
-- Ordered by schema and name. Relies on the catalog alone. Joins of many tables are taken apart: planning them would take longer
-- than all the rest.
-- A role that row security keeps rows from may not read them here: it would see a part, and run the policies' code.
with recursive wanted as materialized (
  select r.oid, n.nspname, r.relname
  from unnest($1::text[], $2::text[]) as w (schema, name)
  join pg_catalog.pg_class r on r.relname = w.name and r.relkind in ('r', 'p')
  join pg_catalog.pg_namespace n on n.oid = r.relnamespace
  where case when w.schema is not null then n.nspname = w.schema
             else n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%' end
), arguments as materialized (
  select t.tgrelid as oid, pg_catalog.max(
    case when t.tgnargs = 0 then '{}'
         else pg_catalog.convert_from(
           pg_catalog.substring(t.tgargs, 1, pg_catalog.position(t.tgargs, '\x00'::bytea) - 1),
           pg_catalog.getdatabaseencoding())
    end) as excluded
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_proc p on p.oid = t.tgfoid
  where t.tgrelid in (select w.oid from wanted w)
    and t.tgname like 'audit\_trigger\_%' and p.proname like '%create\_activity'
  group by t.tgrelid
), reached (relation, type) as (
  select w.oid, a.atttypid
  from wanted w
  join pg_catalog.pg_attribute a on a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped
  union
  select r.relation, i.type
  from reached r
  join pg_catalog.pg_type t on t.oid = r.type
  cross join lateral (
    select t.typbasetype as type where t.typtype = 'd'
    union all
    select t.typelem where t.typelem <> 0 and t.typlen = -1
    union all
    select f.atttypid
    from pg_catalog.pg_attribute f
    where t.typtype = 'c' and f.attrelid = t.typrelid and f.attnum > 0 and not f.attisdropped
  ) i
), domain (type, base, base_modifier) as (
  select distinct r.type, r.type, -1 from reached r
  union all
  select d.type, t.typbasetype, t.typtypmod
  from domain d
  join pg_catalog.pg_type t on t.oid = d.base and t.typtype = 'd'
), base (type, base, base_modifier) as (
  select d.type, d.base, d.base_modifier
  from domain d
  join pg_catalog.pg_type t on t.oid = d.base and t.typtype <> 'd'
), superuser as materialized (
  select r.oid from pg_catalog.pg_roles r where r.rolsuper
)
select w.nspname, w.relname,
  pg_catalog.has_schema_privilege(w.nspname, 'usage') and pg_catalog.has_table_privilege(w.oid, 'select')
    and not pg_catalog.row_security_active(w.oid),
  (select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'plain_type', case when t.typtype = 'd' then pg_catalog.format_type(b.base, b.base_modifier)
                         else pg_catalog.format_type(a.atttypid, a.atttypmod) end,
      'base', pg_catalog.format_type(b.base, null), 'type_id', a.atttypid::text,
      'required', a.attnotnull, 'default', a.atthasdef or a.attidentity <> '' or t.typdefault is not null,
      'generated', a.attgenerated <> '', 'identity', a.attidentity = 'a',
      -- Whoever owns a type can make casts of it, by which operators of other types would compare, too.
      'equality', (
        select pg_catalog.json_build_object('schema', n.nspname, 'name', o.oprname)
        from pg_catalog.pg_index i
        cross join lateral rows from (pg_catalog.unnest(i.indkey), pg_catalog.unnest(i.indclass)) as k (number, class)
        -- The family of btree, of which the third operator is that of equality.
        cross join lateral (
          select m.amopopr as operator
          from pg_catalog.pg_opclass l
          join pg_catalog.pg_amop m
            on m.amopfamily = l.opcfamily and m.amoplefttype = l.opcintype and m.amoprighttype = l.opcintype and m.amopstrategy = 3
          where l.oid = k.class and l.opcmethod = 403
          offset 0
        ) e
        join pg_catalog.pg_operator o on o.oid = e.operator and o.oprowner = any (array(select s.oid from superuser s))
        join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
        where i.indrelid = w.oid and i.indisprimary and k.number = a.attnum
          and t.typowner = any (array(select s.oid from superuser s)))) order by a.attnum)
   from pg_catalog.pg_attribute a
   join pg_catalog.pg_type t on t.oid = a.atttypid
   join base b on b.type = a.atttypid
   -- What is computed when it is read is in no trail.
   where a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v'),
  (select pg_catalog.json_agg(a.attname order by k.place)
   from pg_catalog.pg_index i
   cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
   join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
   where i.indrelid = w.oid and i.indisprimary),
  (select pg_catalog.to_json(
     -- flask-audit-logger writes odd names without the quotes of an array.
     case when e.excluded operator(pg_catalog.~) '^\{(("([^"\\]|\\.)*"|[^{}",\\]+)(,("([^"\\]|\\.)*"|[^{}",\\]+))*)?\}$'
          then e.excluded::text[]
          else pg_catalog.string_to_array(pg_catalog.btrim(e.excluded, '{}'), ',') end)
   from arguments e where e.oid = w.oid),
  (select pg_catalog.json_agg(pg_catalog.json_build_object(
      'schema', (select n.nspname from pg_catalog.pg_namespace n where n.oid = f.relnamespace), 'table', f.relname,
      'columns', (select pg_catalog.json_agg(a.attname order by k.place)
                  from pg_catalog.unnest(c.conkey) with ordinality as k (number, place)
                  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number),
      'target_schema', (select n.nspname from pg_catalog.pg_namespace n where n.oid = t.relnamespace), 'target_table', t.relname,
      'target_columns', (select pg_catalog.json_agg(a.attname order by k.place)
                         from pg_catalog.unnest(c.confkey) with ordinality as k (number, place)
                         join pg_catalog.pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number),
      'acts', c.confdeltype not in ('a', 'r'), 'cascades', c.confupdtype = 'c', 'moves', c.confupdtype not in ('a', 'r'),
      'operators', (select pg_catalog.json_agg(pg_catalog.json_build_object('schema', n.nspname, 'name', o.oprname) order by k.place)
                    from pg_catalog.unnest(c.conpfeqop) with ordinality as k (number, place)
                    join pg_catalog.pg_operator o on o.oid = k.number
                    join pg_catalog.pg_namespace n on n.oid = o.oprnamespace),
      -- Types that differ and that PostgreSQL does not bring may be compared by somebody's cast.
      'trusted', (select pg_catalog.bool_and(
                      o.oprowner = any (array(select s.oid from superuser s))
                      and (a.oid = b.oid and (a.typtype = 'e' or a.typowner = any (array(select s.oid from superuser s)))
                           or coalesce(nullif(a.typbasetype, 0), a.oid) < 16384
                           and coalesce(nullif(b.typbasetype, 0), b.oid) < 16384))
                  from rows from (pg_catalog.unnest(c.conpfeqop), pg_catalog.unnest(c.conkey), pg_catalog.unnest(c.confkey))
                    as k (number, own, other)
                  join pg_catalog.pg_operator o on o.oid = k.number
                  cross join lateral (
                    select t.*
                    from pg_catalog.pg_attribute a
                    join pg_catalog.pg_type t on t.oid = a.atttypid
                    where a.attrelid = c.conrelid and a.attnum = k.own
                    offset 0
                  ) a
                  cross join lateral (
                    select t.*
                    from pg_catalog.pg_attribute a
                    join pg_catalog.pg_type t on t.oid = a.atttypid
                    where a.attrelid = c.confrelid and a.attnum = k.other
                    offset 0
                  ) b),
      'readable', pg_catalog.has_schema_privilege(f.relnamespace, 'usage') and pg_catalog.has_table_privilege(f.oid, 'select')
        and pg_catalog.has_schema_privilege(t.relnamespace, 'usage') and pg_catalog.has_table_privilege(t.oid, 'select'))
      order by c.oid)
   from pg_catalog.pg_constraint c
   join pg_catalog.pg_class f on f.oid = c.conrelid
   join pg_catalog.pg_class t on t.oid = c.confrelid
   -- What a partition has of its own by a foreign key of the whole, but the same key of the table only once.
   where c.contype = 'f' and w.oid in (c.conrelid, c.confrelid) and not exists (
     select from pg_catalog.pg_constraint q where q.oid = c.conparentid and w.oid in (q.conrelid, q.confrelid))),
  (select pg_catalog.json_agg(
      (select pg_catalog.json_agg(a.attname order by k.place)
       from pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
       join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
       where k.place <= i.indnkeyatts) order by i.indexrelid)
   from pg_catalog.pg_index i
   where i.indrelid = w.oid and i.indisunique and not i.indisprimary and i.indpred is null and i.indexprs is null),
  (select pg_catalog.json_agg(pg_catalog.json_build_object(
      'type_id', r.type::text, 'is_json', t.oid = 'pg_catalog.json'::regtype, 'is_enum', t.typtype = 'e',
      'is_built_in', t.oid < 16384,
      -- As capture has it: the cast to json of a type of an extension counts, where a superuser owns the type.
      'is_trusted', t.oid < 16384 or t.typowner = any (array(select s.oid from superuser s)) and exists (
        select from pg_catalog.pg_depend x
        where x.classid = 'pg_catalog.pg_type'::regclass and x.objid = t.oid and x.deptype = 'e'),
      'element', case when t.typelem <> 0 and t.typlen = -1 then t.typelem::text end,
      'fields', case when t.typtype = 'c' then (
        select coalesce(pg_catalog.json_agg(
          pg_catalog.json_build_object('name', f.attname, 'type_id', f.atttypid::text) order by f.attnum), '[]')
        from pg_catalog.pg_attribute f
        where f.attrelid = t.typrelid and f.attnum > 0 and not f.attisdropped) end))
   from reached r
   join base b on b.type = r.type
   join pg_catalog.pg_type t on t.oid = b.base
   where r.relation = w.oid)
from wanted w
order by w.nspname, w.relname;
