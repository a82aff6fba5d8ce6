-- The names of tables of the trail that are like one of the patterns.
-- $1 text[]: patterns (like), without regard to case; $2 text: the audit schema.
-- Columns: name; how large a part of the activities, from 0 to 1, is of tables of this name by the statistics of the
-- server, null when they do not tell. Ordered by name.
-- Relies on an index on (table_name, id): a walk from one name to the next.
with recursive names (name) as (
  (select a.table_name from :"schema".activity a order by a.table_name limit 1)
  union all
  select (select a.table_name from :"schema".activity a where a.table_name > names.name order by a.table_name limit 1)
  from names
  where names.name is not null
), statistics as materialized (
  select s.n_distinct, s.most_common_vals::text::text[] as names, s.most_common_freqs as shares
  from pg_catalog.pg_stats s
  where s.schemaname = $2::text and s.tablename = 'activity' and s.attname = 'table_name'
)
select n.name,
  coalesce(
    (select st.shares[pg_catalog.array_position(st.names, n.name)] from statistics st),
    (select (1 - (select pg_catalog.sum(x) from pg_catalog.unnest(st.shares) x))
       / greatest(1, st.n_distinct - pg_catalog.cardinality(st.names)) from statistics st where st.n_distinct > 0)
  )::double precision
from names n
where n.name operator(pg_catalog.~~*) any ($1::text[])
order by n.name;
