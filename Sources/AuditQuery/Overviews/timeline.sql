-- The verbs of some activities of each of several ranges of ids.
-- $1 bigint[]: where the ranges begin and, after the last, where that ends; $2 int: how many activities of each range.
-- Columns: inserts, updates, deletes, truncates. Ordered by range. Relies on the primary key of activity.
select
  pg_catalog.count(*) filter (where a.verb = 'insert'),
  pg_catalog.count(*) filter (where a.verb = 'update'),
  pg_catalog.count(*) filter (where a.verb = 'delete'),
  pg_catalog.count(*) filter (where a.verb = 'truncate')
from unnest($1::bigint[]) with ordinality as r (first, number)
join unnest($1::bigint[]) with ordinality as n (first, number) on n.number = r.number + 1
left join lateral (
  select p.verb
  from pg_catalog.generate_series(0, $2::int - 1) k
  cross join lateral (
    select a.verb from :"schema".activity a
    where a.id >= r.first + (n.first - r.first) * k / $2::int and a.id < n.first
    order by a.id limit 1
  ) p
  where n.first > r.first
) a on true
group by r.number
order by r.number;
