-- The sessions and prepared transactions that have kept a lock from being had, the stronger and older first.
-- $1, $2 text[]: schemas and names of the tables, pairwise, partitions and children included; empty for the lock of
-- setting up. $3 boolean: readers are in the way too. $4 integer: milliseconds that the lock was waited for until now.
-- To be run after the wait, without a lock of one's own. A session that has begun its transaction, or waits since a
-- statement begun, later than the wait was queued behind it and is left out. The columns of another role's session
-- that this role may not see are null. Lock modes: PostgreSQL manual, "Explicit Locking".
with recursive tables as (
    select c.oid
    from unnest($1::text[], $2::text[]) as given (schema_name, table_name)
    join pg_namespace as s on s.nspname = given.schema_name
    join pg_class as c on c.relnamespace = s.oid and c.relname = given.table_name
    union
    select h.inhrelid
    from tables as t
    join pg_inherits as h on h.inhparent = t.oid
), held as (
    select
        l.pid,
        bool_or(l.granted) as is_held,
        case when l.pid is null then l.virtualtransaction end as prepared_as
    from pg_locks as l
    where l.pid is distinct from pg_backend_pid()
        and l.database = (select d.oid from pg_database as d where d.datname = current_database())
        and case
            when cardinality($1::text[]) = 0 then
                l.locktype = 'advisory' and l.objsubid = 1
                and l.classid = (4705209123517 >> 32)::oid and l.objid = (4705209123517 & 4294967295)::oid
            else
                l.locktype = 'relation' and l.relation in (select t.oid from tables as t)
                and ($3::boolean or l.mode not in ('AccessShareLock', 'RowShareLock'))
        end
    group by l.pid, prepared_as
)
select
    h.pid::bigint as process_id,
    p.gid as prepared,
    coalesce(p.owner, a.usename)::text as user_name,
    nullif(a.application_name, '') as application,
    nullif(a.backend_type, 'client backend') as background,
    a.state,
    floor(extract(epoch from clock_timestamp() - a.query_start))::bigint as statement_seconds,
    floor(extract(epoch from clock_timestamp() - coalesce(p.prepared, a.xact_start)))::bigint as transaction_seconds,
    case when h.is_held then '{}' else pg_blocking_pids(h.pid) end::text as waits_for
from held as h
left join pg_stat_activity as a on a.pid = h.pid
left join pg_locks as x
    on x.virtualtransaction = h.prepared_as and x.pid is null and x.locktype = 'transactionid' and x.granted
left join pg_prepared_xacts as p on p.transaction = x.transactionid
cross join lateral (
    select clock_timestamp() - make_interval(secs => $4::integer / 1000.0) as began
) as wait
where coalesce(a.xact_start, '-infinity') <= wait.began
    and (h.is_held or coalesce(a.query_start, '-infinity') <= wait.began)
order by h.is_held desc, coalesce(p.prepared, a.xact_start), h.pid
