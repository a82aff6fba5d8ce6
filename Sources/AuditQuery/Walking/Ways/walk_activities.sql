-- A walk by activities: each transaction stands at its first selected activity.
-- $1 boolean: towards the past; $4 int: how many to find. The variables: selected, one of the files whose names begin
-- with selected, which tell the other parameters; filter, which activities a are selected.
-- Relies on an index that begins with activity.native_transaction_id.
:selected, found as materialized (
  select g.native_id, g.first_id
  from (
    select s.native_transaction_id as native_id, pg_catalog.min(s.id) as first_id
    from selected s
    group by s.native_transaction_id
    order by case when $1::boolean then -pg_catalog.min(s.id) else pg_catalog.min(s.id) end
    offset 0
  ) g
  where not exists (
    select from :"schema".activity a
    where a.native_transaction_id = g.native_id and a.id < (select low from edge)
      and :filter
    offset 0
  )
  limit $4::int
), walk (step, cursor, native_id, transaction_id, found, reached) as (
  select
    (pg_catalog.row_number() over (order by case when $1::boolean then -f.first_id else f.first_id end))::int,
    f.first_id, f.native_id, null::bigint, true, null::timestamp
  from found f
  union all
  select $4::int + 1, edge.beyond, null, null, false,
    (select a.issued_at from :"schema".activity a where a.id <= edge.beyond order by a.id desc limit 1)
  from edge
  where (select pg_catalog.count(*) from found) < $4::int
)
