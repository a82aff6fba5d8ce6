-- Fails with what is wrong when relations, which are locked by now, are not what they must be to be read safely.
-- $1 text[], $2 text[]: schemas and names, pairwise; $3 json[]: for each the types of columns that are relied on, name to oid;
-- $4 text[]: the kinds that it may be, as letters of pg_class.relkind; $5 text[]: roles that are trusted like superusers and
-- the reader. One row without columns of meaning, or an error whose message holds the first problem between audit-tui{ and }.
--
-- Whoever plans a query evaluates what is immutable in the predicates and expressions of a table's indexes and statistics:
-- functions and operators there must be of roles that are trusted.
with recursive trusted as materialized (
  select r.oid
  from pg_catalog.pg_roles r
  where r.rolsuper
    or r.rolname operator(pg_catalog.=) current_user
    or r.rolname operator(pg_catalog.=) any ($5::pg_catalog.text[])
), given as materialized (
  select c.oid, c.relkind, pg_catalog.format('%I.%I', g.schema, g.name) as name, g.types, g.kinds
  from rows from (
    pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]),
    pg_catalog.unnest($3::pg_catalog.json[]), pg_catalog.unnest($4::pg_catalog.text[])
  ) as g (schema, name, types, kinds)
  left join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) g.schema
  left join pg_catalog.pg_class c
    on c.relnamespace operator(pg_catalog.=) n.oid and c.relname operator(pg_catalog.=) g.name
), member (oid, name) as (
  select g.oid, g.name from given g
  union
  select h.inhrelid, m.name
  from member m
  join pg_catalog.pg_inherits h on h.inhparent operator(pg_catalog.=) m.oid
), expression (class, oid, name) as (
  select 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, m.name
  from member m
  join pg_catalog.pg_index i on i.indrelid operator(pg_catalog.=) m.oid
  where i.indpred is not null or i.indexprs is not null
  union all
  select 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, m.name
  from member m
  join pg_catalog.pg_statistic_ext s on s.stxrelid operator(pg_catalog.=) m.oid
), called (name, owner, routine) as (
  select e.name, p.proowner, p.oid::pg_catalog.regprocedure::pg_catalog.text
  from expression e
  join pg_catalog.pg_depend d
    on d.classid operator(pg_catalog.=) e.class and d.objid operator(pg_catalog.=) e.oid
    and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
  join pg_catalog.pg_proc p on p.oid operator(pg_catalog.=) d.refobjid
  union all
  select e.name, o.oprowner, o.oid::pg_catalog.regoperator::pg_catalog.text
  from expression e
  join pg_catalog.pg_depend d
    on d.classid operator(pg_catalog.=) e.class and d.objid operator(pg_catalog.=) e.oid
    and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass
  join pg_catalog.pg_operator o on o.oid operator(pg_catalog.=) d.refobjid
), problem (message) as (
  select pg_catalog.concat(g.name, ' is not the table that it was')
  from given g
  where g.oid is null or pg_catalog.strpos(g.kinds, g.relkind::pg_catalog.text) operator(pg_catalog.=) 0
  union all
  select pg_catalog.concat('column ', t.key, ' of ', g.name, ' is not of the type that it was')
  from given g
  cross join lateral pg_catalog.json_each_text(g.types) as t
  where not exists (
    select
    from pg_catalog.pg_attribute a
    where a.attrelid operator(pg_catalog.=) g.oid
      and a.attname operator(pg_catalog.=) t.key
      and a.atttypid operator(pg_catalog.=) t.value::pg_catalog.oid
    -- By the index for each, instead of all columns of the database for all.
    offset 0
  )
  union all
  select pg_catalog.concat(
    c.name, ' has an index or statistics with ', c.routine, ' of role ', pg_catalog.pg_get_userbyid(c.owner),
    ', whose code would run with your rights'
  )
  from called c
  where not exists (select from trusted t where t.oid operator(pg_catalog.=) c.owner)
)
select case when p.message is not null then pg_catalog.concat('audit-tui{', p.message, '}')::pg_catalog.int4 end
from (select (select p.message from problem p limit 1) as message offset 0) p;
