-- How many of some activities of each of several ranges of ids are selected.
-- $1 bigint[]: where the ranges begin and, after the last, where that ends; $2 int: how many activities of each range. The
-- variable filter: which activities a are selected.
-- Columns: the activities that were looked at, and how many of them are selected. Ordered by range. Relies on the primary
-- key of activity.
select pg_catalog.count(s.selected), pg_catalog.count(*) filter (where s.selected)
from unnest($1::bigint[]) with ordinality as r (first, number)
join unnest($1::bigint[]) with ordinality as n (first, number) on n.number = r.number + 1
left join lateral (
  select coalesce(:filter, false) as selected
  from pg_catalog.generate_series(0, least($2::int, n.first - r.first)::int - 1) k
  cross join lateral (
    select p.* from :"schema".activity p
    where p.id >= r.first + (n.first - r.first) * k / least($2::int, n.first - r.first) and p.id < n.first
    order by p.id limit 1
  ) a
  where n.first > r.first
) s on true
group by r.number
order by r.number;
