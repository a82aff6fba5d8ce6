-- How many activities the last days have brought, estimated by their ids, for each of the given numbers of days.
-- $1 integer[]: days. In the order given: activities, and the ids between the oldest and the newest; no row when the
-- trail is empty. A binary search on the primary key of activity, about 40 probes for each number: ids rise with time,
-- but for statements that ran beside each other, and those of transactions that failed are counted with the others.
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
)
select
    coalesce(
        span.last + 1 - (select min(a.id) from :"schema".activity as a where a.id >= s.high),
        0
    ) as activities,
    span.last + 1 - span.first as ids
from search as s
cross join span
where s.high - s.low <= 1
order by s.position
