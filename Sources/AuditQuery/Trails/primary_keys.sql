-- The columns of the primary key of each table of a page of activities, as json; part of the statements that read such.
-- Relies on the catalog's own indexes.
keys as materialized (
  select w.schema, w.table_name, pg_catalog.to_json(pg_catalog.array_agg(c.attname order by k.place)) as columns
  from (select distinct schema, table_name from page) w
  join pg_catalog.pg_index i
    on i.indrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', w.schema, w.table_name)) and i.indisprimary
  cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k (number, place)
  join pg_catalog.pg_attribute c on c.attrelid = i.indrelid and c.attnum = k.number
  group by w.schema, w.table_name
)
