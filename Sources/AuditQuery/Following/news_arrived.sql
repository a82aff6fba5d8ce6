-- The transactions of the selected activities among some.
-- $1 bigint[]: ids; $2 int: how many. The variable filter: which activities a are selected, with its values from $3 on.
-- Columns: native id. Ordered by it, the greatest first. Relies on the primary key of activity.
select distinct a.native_transaction_id
from :"schema".activity a
where a.id = any ($1::bigint[])
  and :filter
order by 1 desc
limit $2::int;
