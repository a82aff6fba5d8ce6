-- Decides what happened in two years of the sample shop, and when; the newest event is a few minutes old.
-- No parameters. The same on every run of one day, up to that day's midnight: draws are made before any is left out.
select setseed(0.25);

-- What has happened in which transaction.
create unlogged table demo.played (
    xid bigint not null,
    at timestamptz not null,
    actor bigint
);

-- The shop grows: with this exponent the second year has one and a half times the orders of the first.
create temporary table placed as
select 1000 + row_number() over (order by d.at) as id, d.at
from (
    select
        date_trunc('day', now()) - interval '730 days'
            + make_interval(days => floor(729 * power(g / 820.0, 0.75))::integer)
            + make_interval(secs => 21600 + 61200 * greatest(random(), random())) as at
    from generate_series(1, 820) as g
    union all
    select now() - make_interval(secs => m * 60 + 50 * random())
    from unnest('{190,131,104,77,58,41,29,16,9,4}'::integer[]) as m
) as d
where d.at <= now() - interval '4 minutes';

create temporary table paid as
select o.id, o.at + make_interval(secs => 90 + 2400 * random() * random()) as at
from placed as o
where o.id % 19 <> 0;

create temporary table shipped as
select p.id, demo.office_time(p.at + make_interval(hours => 20 + demo.pick(40)::integer)) as at
from paid as p
where p.id % 23 <> 0;

create temporary table delivered as
select
    s.id,
    date_trunc('day', s.at) + make_interval(days => demo.pick(4)::integer, secs => 30000 + 30000 * random()) as at
from shipped as s;

-- Numbered in the order of time. Actors are ids of employees; none for writes from outside the application.
create unlogged table demo.schedule as
select row_number() over (order by e.at, e.event) as number, e.at, e.event, e.subject, e.actor, e.application
from (
    select at, 'place' as event, id as subject, 11 as actor, 'shop-web' as application from placed
    union all
    select at, 'pay', id, 12, 'shop-worker' from paid
    union all
    select at, 'ship', id, case id % 2 when 0 then 4 else 6 end, 'shop-admin' from shipped
    union all
    select at, 'deliver', id, 11, 'shop-worker' from delivered
    union all
    select at + interval '50 minutes', 'cancel', id, case id % 3 when 0 then 3 else 11 end, 'shop-admin'
    from paid
    where id % 23 = 0
    union all
    select demo.office_time(at + interval '12 days'), 'return', id, case id % 2 when 0 then 3 else 5 end, 'shop-admin'
    from delivered
    where id % 37 = 0
    union all
    -- Many times: each line an event, how often, by whom, whether in office hours.
    select
        case
            when r.in_office then demo.office_time(g.moment)
            else date_trunc('day', g.moment) + make_interval(secs => 21600 + 61200 * greatest(random(), random()))
        end,
        r.event, r.subject, r.actors[demo.pick(cardinality(r.actors))], r.application
    from (
        values
            ('register', 130, 0, '{11}'::integer[], 'shop-web', false),
            ('profile', 190, 0, '{11,11,11,3,5}', 'shop-web', false),
            ('review', 170, 0, '{11}', 'shop-web', false),
            ('unreview', 14, 0, '{3,5}', 'shop-admin', true),
            ('credit', 60, 0, '{3,5,9}', 'shop-admin', true),
            ('price', 130, 0, '{2,2,2,7}', 'shop-admin', true),
            ('product', 110, 0, '{7,8}', 'shop-admin', true),
            ('restock', 40, 12, '{4,6}', 'shop-admin', true)
    ) as r (event, times, subject, actors, application, in_office)
    cross join lateral (
        select date_trunc('day', now()) - make_interval(secs => 63072000 * random()) as moment
        from generate_series(1, r.times)
    ) as g
    union all
    -- Once: days ago.
    select demo.office_time(date_trunc('day', now()) - make_interval(days => o.days)), o.event, o.subject, o.actor, o.application
    from (
        values
            (571, 'prices', 3, 10, 'shop-admin'), (380, 'prices', -5, 2, 'shop-admin'),
            (366, 'prices', 5, 2, 'shop-admin'), (208, 'prices', 4, 2, 'shop-admin'),
            (27, 'prices', -6, 1, 'shop-admin'), (13, 'prices', 6, 2, 'shop-admin'),
            (544, 'count', 0, 4, 'shop-admin'), (362, 'count', 0, 4, 'shop-admin'),
            (180, 'count', 0, 6, 'shop-admin'), (15, 'count', 0, 6, 'shop-admin'),
            (540, 'abandoned', 0, 10, 'shop-admin'), (176, 'abandoned', 0, 1, 'shop-admin'),
            (9, 'abandoned', 0, 1, 'shop-admin'), (300, 'ledger', 0, 9, 'shop-admin'),
            (20, 'ledger', 0, 9, 'shop-admin'), (640, 'erase', 17, 10, 'shop-admin'),
            (431, 'erase', 88, 5, 'shop-admin'), (255, 'erase', 140, 3, 'shop-admin'),
            (90, 'erase', 203, 5, 'shop-admin'), (33, 'erase', 61, 3, 'shop-admin'),
            (2, 'erase', 122, 5, 'shop-admin'), (410, 'staff', 10, 1, 'shop-admin'),
            (320, 'staff', 5, 1, 'shop-admin'), (60, 'staff', 8, 1, 'shop-admin'),
            (500, 'migrate', 1, null, 'migrate'), (280, 'migrate', 2, null, 'migrate'),
            (45, 'migrate', 3, null, 'migrate'), (590, 'correct', 1040, null, 'psql'),
            (450, 'correct', 1150, null, 'psql'), (390, 'correct', 1240, null, 'psql'),
            (150, 'correct', 1490, null, 'psql'), (80, 'correct', 1620, null, 'psql'),
            (6, 'correct', 1790, null, 'psql'), (220, 'silent', 1400, null, 'psql'),
            (40, 'silent', 1700, null, 'psql')
    ) as o (days, event, subject, actor, application)
    union all
    -- Today: minutes ago, so that the newest page has something of everything.
    select now() - make_interval(secs => t.minutes * 60 + 50 * random()), t.event, t.subject, t.actor, t.application
    from (
        values
            (152, 'price', 0, 2, 'shop-admin'), (117, 'restock', 8, 4, 'shop-admin'), (86, 'review', 0, 11, 'shop-web'),
            (63, 'profile', 0, 11, 'shop-web'), (47, 'product', 0, 8, 'shop-admin'), (33, 'credit', 0, 3, 'shop-admin'),
            (22, 'correct', 1810, null, 'psql'), (12, 'price', 0, 2, 'shop-admin'), (6, 'profile', 0, 11, 'shop-web')
    ) as t (minutes, event, subject, actor, application)
) as e
where e.at <= now() - interval '3 minutes';

drop table placed, paid, shipped, delivered;
create unique index on demo.schedule (number);
analyze demo.schedule;
