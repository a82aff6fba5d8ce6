-- How many activities a filter selects in a part of the trail, and how many transactions have their first selected one
-- there, so that the parts add up.
-- $1 boolean: true, towards the past; $4 int: has no meaning here. The variables: selected, one of the files whose
-- names begin with selected, which tell the other parameters; filter, which activities a are selected.
-- Columns: transactions, activities, where to go on, null at the end of the trail; how far that is, in microseconds
-- since 1970.
-- Relies on the primary key of activity and on an index that begins with activity.native_transaction_id.
with :selected, found as materialized (
  select s.native_transaction_id as native_id, pg_catalog.count(*) as activities
  from selected s
  group by s.native_transaction_id
), begun_earlier as materialized (
  select distinct a.native_transaction_id
  from :"schema".activity a
  where a.native_transaction_id = any (array(select f.native_id from found f))
    and a.id < (select low from edge)
    and :filter
)
select
  (select pg_catalog.count(*) from found) - (select pg_catalog.count(*) from begun_earlier) as transactions,
  (select coalesce(pg_catalog.sum(f.activities), 0)::bigint from found f) as activities,
  edge.beyond,
  (select (extract(epoch from case when isfinite(a.issued_at) then a.issued_at end) * 1000000)::bigint
   from :"schema".activity a where a.id <= edge.beyond order by a.id desc limit 1) as reached
from edge
where $4::int is not null;
