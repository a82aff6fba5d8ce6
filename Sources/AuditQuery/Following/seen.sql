-- Which activities can be seen by now: the last id, and those before it that may still come.
-- $1 int: so many activities before the last one are looked at; $2 int: at most so many ids are told, the last ones.
-- One row: an id, 0 where there is none; an array of ids, as text, rising. Relies on the primary key of activity.
with newest as materialized (
  select a.id from :"schema".activity a order by a.id desc limit $1::int
), neighbour as (
  select n.id, pg_catalog.lag(n.id) over (order by n.id) as before from newest n
), missing as (
  select m.id
  from neighbour n
  cross join lateral pg_catalog.generate_series(greatest(n.before + 1, n.id - $2::int), n.id - 1) m (id)
  where n.before < n.id - 1
  order by m.id desc
  limit $2::int
)
select
  coalesce((select pg_catalog.max(n.id) from newest n), 0) as last_id,
  array(select m.id from missing m order by m.id)::text as missing_ids;
