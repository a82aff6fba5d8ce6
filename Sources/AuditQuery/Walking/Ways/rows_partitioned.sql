-- The newest or the oldest of the selected activities, in no order, in a trail that is not one table: asked for all at
-- once, and of no partition that is of another time.
-- $1 boolean: towards the past; $4 int: how many. Relies on the primary keys of the partitions.
select a.*
from :"schema".activity a
where a.id = any (array(select s.id from selected s order by case when $1::boolean then -s.id else s.id end limit $4::int))
  and (a.issued_at >= (select pg_catalog.min(s.issued_at) from selected s)
      and a.issued_at <= (select pg_catalog.max(s.issued_at) from selected s)
    or a.issued_at is null)
