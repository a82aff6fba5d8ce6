-- How many activities the last days have brought, for each of the given numbers of days.
-- $1 integer[]: days. In the order given: activities; whether that is an estimate; how many the whole trail has, counted up to
-- 100001. No row when the trail is empty.
-- Where the days begin is found by a binary search on the primary key of activity, about 40 probes for each number: ids rise
-- with time, but for statements that ran beside each other. Up to 100000 activities are counted by that key. More are
-- estimated by 64 parts of the time: how many ids each took is known, and what part of these there are is taken from the middle
-- one of seven pieces of 100 ids, since a sequence jumps: after a crash, by setval, over transactions that failed.
with recursive span as (
    select min(a.id) as first, max(a.id) as last
    from :"schema".activity as a
), search (position, since, low, high) as (
    select g.position, statement_timestamp() at time zone 'UTC' - make_interval(days => g.days), s.first - 1, s.last + 1
    from unnest($1::integer[]) with ordinality as g (days, position)
    cross join span as s
    where s.last is not null
    union all
    select
        s.position,
        s.since,
        case when p.issued_at < s.since then p.id else s.low end,
        case when p.issued_at < s.since then s.high else (s.low + s.high) / 2 end
    from search as s
    cross join lateral (
        select a.id, a.issued_at
        from :"schema".activity as a
        where a.id >= (s.low + s.high) / 2
        order by a.id
        limit 1
    ) as p
    where s.high - s.low > 1
), edge as (
    select s.position, s.since as moment, s.high as since from search as s where s.high - s.low <= 1
    union all
    select 0, null, span.first from span where span.last is not null
), counted as materialized (
    select e.position, e.moment, e.since, c.activities
    from edge as e
    cross join lateral (
        select count(*) as activities
        from (select from :"schema".activity as a where a.id >= e.since order by a.id limit 100001) as n
    ) as c
), part_search (position, number, moment, low, high) as (
    select
        c.position, n, c.moment + (statement_timestamp() at time zone 'UTC' - c.moment) / 64 * n,
        c.since - 1, span.last + 1
    from counted as c
    cross join span
    cross join generate_series(0, 63) as n
    where c.position > 0 and c.activities > 100000
    union all
    select
        s.position,
        s.number,
        s.moment,
        case when p.issued_at < s.moment then p.id else s.low end,
        case when p.issued_at < s.moment then s.high else (s.low + s.high) / 2 end
    from part_search as s
    cross join lateral (
        select a.id, a.issued_at
        from :"schema".activity as a
        where a.id >= (s.low + s.high) / 2
        order by a.id
        limit 1
    ) as p
    where s.high - s.low > 1
), part as (
    select
        s.position, s.high as since,
        lead(s.high, 1, span.last + 1) over (partition by s.position order by s.number) - s.high as ids
    from part_search as s
    cross join span
    where s.high - s.low <= 1
), estimated as materialized (
    select p.position, sum(p.ids * d.share)::bigint as activities
    from part as p
    cross join lateral (
        select percentile_disc(0.5) within group (order by w.activities) / least(100, greatest(1, p.ids))::numeric as share
        from generate_series(0, 6) as g (number)
        cross join lateral (select p.since + greatest(0, p.ids - 100) / 6 * g.number as first) as f
        cross join lateral (
            select count(*) as activities
            from :"schema".activity as a
            where a.id >= f.first and a.id < f.first + least(100, p.ids)
        ) as w
    ) as d
    group by p.position
)
select
    coalesce(greatest(e.activities, c.activities), c.activities) as activities,
    e.activities is not null as is_estimate,
    whole.activities as all_activities
from counted as c
join counted as whole on whole.position = 0
left join estimated as e on e.position = c.position
where c.position > 0
order by c.position
