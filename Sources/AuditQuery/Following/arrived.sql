-- The activities that can be seen and could not be before.
-- $1 bigint: the last id that could be seen; $2 bigint[]: ids below it that could not; $3 int: how many.
-- Columns: id. Ordered by it. Relies on the primary key of activity.
select a.id
from (
  (select n.id from :"schema".activity n where n.id > $1::bigint order by n.id limit $3::int)
  union all
  select o.id from :"schema".activity o where o.id = any ($2::bigint[])
) a
order by a.id
limit $3::int;
