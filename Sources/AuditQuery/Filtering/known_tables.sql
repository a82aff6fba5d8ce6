-- The tables of the database, so that a name can be told from one that is nowhere.
-- $1 int: how many. Columns: schema, name. In no order. Relies on nothing but the catalog.
select n.nspname, c.relname
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
limit $1::int;
