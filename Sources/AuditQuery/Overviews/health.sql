-- The state of a trail.
-- $1 int: how many of the newest activities to look at; $2 text: the audit schema.
-- One row: estimated activities and transactions; bytes of both with their indexes; activities of the last day and of
-- the last seven, and whether each is an estimate (up to 100000 are counted, more are estimated by 64 parts of the time, since ids
-- jump: how many ids each took, and what part of these there are by the middle one of seven pieces of 100 ids); first and last write in microseconds since 1970; how many of the newest were looked at, and how many of
-- them have no transaction row; tables with capture triggers; of these, those with one that is switched off and those
-- without a primary key, as json; invalid indexes of the audit tables as json.
-- Binary searches on the primary key of activity; else the catalog.
with recursive span as materialized (
  select pg_catalog.min(id) as first, pg_catalog.max(id) as last from :"schema".activity
), search (days, lo, hi) as (
  select d.days, span.first - 1, span.last + 1 from span cross join (values (1), (7)) d (days) where span.first is not null
  union all
  select s.days,
    case when p.issued_at < now() at time zone 'UTC' - s.days * interval '1 day' then p.id else s.lo end,
    case when p.issued_at < now() at time zone 'UTC' - s.days * interval '1 day' then s.hi else (s.lo + s.hi) / 2 end
  from search s
  cross join lateral (
    select a.id, a.issued_at from :"schema".activity a where a.id >= (s.lo + s.hi) / 2 order by a.id limit 1
  ) p
  where s.hi - s.lo > 1
), edge (days, moment, since) as (
  select s.days, now() at time zone 'UTC' - s.days * interval '1 day', s.hi from search s where s.hi - s.lo <= 1
), counted as materialized (
  select e.days, e.moment, e.since, c.activities
  from edge e
  cross join lateral (
    select pg_catalog.count(*) as activities
    from (select from :"schema".activity a where a.id >= e.since order by a.id limit 100001) n
  ) c
), part_search (days, number, moment, lo, hi) as (
  select c.days, n, c.moment + (now() at time zone 'UTC' - c.moment) / 64 * n, c.since - 1, span.last + 1
  from counted c
  cross join span
  cross join pg_catalog.generate_series(0, 63) n
  where c.activities > 100000
  union all
  select s.days, s.number, s.moment,
    case when p.issued_at < s.moment then p.id else s.lo end,
    case when p.issued_at < s.moment then s.hi else (s.lo + s.hi) / 2 end
  from part_search s
  cross join lateral (
    select a.id, a.issued_at from :"schema".activity a where a.id >= (s.lo + s.hi) / 2 order by a.id limit 1
  ) p
  where s.hi - s.lo > 1
), part (days, since, ids) as (
  select s.days, s.hi, pg_catalog.lead(s.hi, 1, span.last + 1) over (partition by s.days order by s.number) - s.hi
  from part_search s
  cross join span
  where s.hi - s.lo <= 1
), estimated (days, activities) as (
  select p.days, pg_catalog.sum(p.ids * d.share)::bigint
  from part p
  cross join lateral (
    select pg_catalog.percentile_disc(0.5) within group (order by w.activities) / least(100, greatest(1, p.ids))::numeric
      as share
    from pg_catalog.generate_series(0, 6) g (number)
    cross join lateral (select p.since + greatest(0, p.ids - 100) / 6 * g.number as first) f
    cross join lateral (
      select pg_catalog.count(*) as activities
      from :"schema".activity a where a.id >= f.first and a.id < f.first + least(100, p.ids)
    ) w
  ) d
  group by p.days
), growth as materialized (
  select c.days, e.activities is not null as is_estimate,
    coalesce(greatest(e.activities, c.activities), c.activities) as activities
  from counted c
  left join estimated e on e.days = c.days
), newest as materialized (
  select a.transaction_id from :"schema".activity a order by a.id desc limit $1::int
), audit as materialized (
  select c.oid, c.relname, w.reltuples, w.bytes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    select pg_catalog.sum(m.reltuples) filter (where m.relkind <> 'p') as reltuples,
      pg_catalog.sum(pg_catalog.pg_total_relation_size(m.oid)) as bytes
    from pg_catalog.pg_class m
    where m.oid = c.oid or m.oid in (select p.relid from pg_catalog.pg_partition_tree(c.oid) p)
  ) w
  where n.nspname = $2::text and c.relname in ('activity', 'transaction')
), capture as materialized (
  select c.oid::regclass::text as name, pg_catalog.bool_and(t.tgenabled in ('O', 'A')) as is_enabled,
    exists (select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary) as has_key
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_class c on c.oid = t.tgrelid
  where t.tgparentid = 0 and not t.tgisinternal and t.tgname in ('audit_trigger_insert', 'audit_trigger_update', 'audit_trigger_delete')
  group by c.oid
)
select
  (select greatest(reltuples, 0)::bigint from audit where relname = 'activity'),
  (select greatest(reltuples, 0)::bigint from audit where relname = 'transaction'),
  (select pg_catalog.sum(bytes)::bigint from audit),
  coalesce((select g.activities from growth g where g.days = 1), 0),
  coalesce((select g.activities from growth g where g.days = 7), 0),
  coalesce((select g.is_estimate from growth g where g.days = 1), false),
  coalesce((select g.is_estimate from growth g where g.days = 7), false),
  (select (extract(epoch from a.issued_at) * 1000000)::bigint from :"schema".activity a
   where a.id = span.first and isfinite(a.issued_at)),
  (select (extract(epoch from a.issued_at) * 1000000)::bigint from :"schema".activity a
   where a.id = span.last and isfinite(a.issued_at)),
  (select pg_catalog.count(*) from newest),
  (select pg_catalog.count(*) from newest where transaction_id is null),
  (select pg_catalog.count(*) from capture),
  (select pg_catalog.json_agg(name order by name) from capture where not is_enabled),
  (select pg_catalog.json_agg(name order by name) from capture where not has_key),
  (select pg_catalog.json_agg(x.relname order by x.relname)
   from pg_catalog.pg_index i
   join audit on audit.oid = i.indrelid
   join pg_catalog.pg_class x on x.oid = i.indexrelid
   where not i.indisvalid)
from span;
