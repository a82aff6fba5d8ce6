-- The tables of this database whose names are like a pattern and which have a primary key of one column.
-- $1 text: pattern (like) of the schema, null for any; $2 text: pattern of the name, both without regard to case; $3 int:
-- how many. Columns: schema, name, key column. Ordered by schema and name. Relies on the catalog alone.
select n.nspname, r.relname, k.attname
from pg_catalog.pg_class r
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
join pg_catalog.pg_index i on i.indrelid = r.oid and i.indisprimary and i.indnkeyatts = 1
join pg_catalog.pg_attribute k on k.attrelid = r.oid and k.attnum = i.indkey[0]
where r.relname operator(pg_catalog.~~*) $2::text
  and ($1::text is null or n.nspname operator(pg_catalog.~~*) $1::text)
order by 1, 2
limit $3::int;
