-- The newest or the oldest of the selected activities, in no order.
-- $1 boolean: towards the past; $4 int: how many. Relies on the primary key of activity.
select a.*
from (select s.id from selected s order by case when $1::boolean then -s.id else s.id end limit $4::int) s
cross join lateral (select a.* from :"schema".activity a where a.id = s.id offset 0) a
