-- Compares what page-benchmark has read with plain SQL: each run holds the transactions that it should, one after the
-- other and none left out, and begins where it should; each opened transaction has its first activities.
-- The variables: pages and activities, the files of page-benchmark; date. Prints a line for each filter.
create temporary table listed (
  filter text, run text, number int, kind text, place bigint, native_id bigint, activities int
);
create temporary table opened (filter text, native_id bigint, id bigint);
copy listed from :'pages';
copy opened from :'activities';
create temporary table expected (
  filter text, native_id bigint, first_id bigint, time bigint, transaction_id bigint, activities int
);
create temporary table expected_opened (filter text, native_id bigint, id bigint);

select format(
    'insert into expected
     select %1$L, native_transaction_id, min(id), extract(epoch from min(issued_at)) * 1000000, max(transaction_id), count(*)
     from audit.activity a where %2$s group by 2',
    filter, condition),
  format(
    'insert into expected_opened
     select %1$L, native_transaction_id, id
     from (select a.native_transaction_id, a.id, row_number() over (partition by a.native_transaction_id order by a.id) as n
           from audit.activity a
           where native_transaction_id in (select native_id from opened where filter = %1$L) and %2$s) a
     where n <= 200',
    filter, condition)
from meaning \gexec

with placed as (
  select e.*, k.kind, k.place,
    row_number() over (partition by e.filter, k.kind order by k.place, e.first_id) as rank,
    count(*) over (partition by e.filter, k.kind) as count,
    lead(e.time) over (partition by e.filter, k.kind order by k.place, e.first_id) as next_time
  from expected e
  cross join lateral (
    values ('activity', e.first_id), ('time', e.time), ('transaction', e.transaction_id)
  ) k (kind, place)
), compared as (
  select l.filter, l.run, l.number,
    p.rank is not null and l.place = p.place
      and l.activities = case when p.activities > 1000 then -1 else p.activities end as is_as_expected,
    l.run like '%back' or l.run like '%newest%' as is_towards_the_past,
    p.rank, p.count, p.next_time,
    p.time - extract(epoch from (:'date')::timestamp) * 1000000 as distance,
    p.next_time - extract(epoch from (:'date')::timestamp) * 1000000 as next_distance
  from listed l
  left join placed p using (filter, kind, native_id)
), run as (
  select filter, run, count(*) as transactions,
    bool_and(is_as_expected)
      and count(distinct case when is_towards_the_past then rank + number else rank - number end) = 1
      and bool_and(number > 1 or case
        when run like '%newest%' then rank = count
        when run like '%oldest%' then rank = 1
        -- Lists by ids are as exact as the ids are in the order of time: six hours.
        when run like '%back' then distance < 2.16e10 and coalesce(next_distance > -2.16e10, true)
        else true
        end) as is_right
  from compared
  group by filter, run
), opening as (
  select filter, count(distinct native_id) as transactions,
    not exists (select from (table opened except table expected_opened) x where x.filter = o.filter)
      and not exists (select from (table expected_opened except table opened) x where x.filter = o.filter) as is_right
  from opened o
  group by filter
)
select format('%-28s %s transactions of %s runs, %s opened: %s', case when r.filter = '' then 'no filter' else r.filter end,
  sum(r.transactions), count(*), coalesce(min(o.transactions), 0),
  case when bool_and(r.is_right) and coalesce(bool_and(o.is_right), true) then 'as plain SQL says' else 'wrong' end)
from run r
left join opening o using (filter)
group by r.filter
order by r.filter;
