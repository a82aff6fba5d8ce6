-- A walk from one native id to the next by the index that every installation has; also finds writes that have no
-- transaction row. For lists without a filter, where native ids rise with time.
-- $1 boolean: towards the past; $2 bigint: begin beyond this native id; $3 int: how many to find.
-- Relies on an index that begins with activity.native_transaction_id.
walk (step, cursor, native_id, transaction_id, found, reached) as (
  select 0, $2::bigint, null::bigint, null::bigint, false, null::timestamp
  union all
  select walk.step + 1, next.id, next.id, null, next.id is not null, null
  from walk
  cross join lateral (
    select case
      when $1::boolean then
        (select a.native_transaction_id from :"schema".activity a
         where a.native_transaction_id < walk.cursor order by a.native_transaction_id desc limit 1)
      else
        (select a.native_transaction_id from :"schema".activity a
         where a.native_transaction_id > walk.cursor order by a.native_transaction_id limit 1)
      end as id
    -- A fence: without it the index is asked again wherever the id is named.
    offset 0
  ) next
  where walk.cursor is not null and walk.step < $3::int
)
