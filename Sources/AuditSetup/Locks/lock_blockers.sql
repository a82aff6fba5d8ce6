-- The sessions, and the prepared transactions, that a session waits for, the older first; columns as in lock_holders.sql.
-- $1 integer[]: their process ids, as pg_blocking_pids has them: 0 for a prepared transaction. $2 integer: the process
-- id of the session that waits.
with prepared as (
    select p.gid, p.owner, p.prepared
    from pg_locks as w
    join pg_locks as h
        on h.pid is null
        and h.granted
        and h.locktype = w.locktype
        and h.database is not distinct from w.database
        and h.relation is not distinct from w.relation
        and h.transactionid is not distinct from w.transactionid
    join pg_locks as x on x.virtualtransaction = h.virtualtransaction and x.pid is null and x.locktype = 'transactionid'
    join pg_prepared_xacts as p on p.transaction = x.transactionid
    where w.pid = $2::integer
        and not w.granted
        and 0 = any ($1::integer[])
)
select
    a.pid::bigint as process_id,
    null as prepared,
    a.usename::text as user_name,
    nullif(a.application_name, '') as application,
    nullif(a.backend_type, 'client backend') as background,
    a.state,
    floor(extract(epoch from clock_timestamp() - a.query_start))::bigint as statement_seconds,
    floor(extract(epoch from clock_timestamp() - a.xact_start))::bigint as transaction_seconds,
    pg_blocking_pids(a.pid)::text as waits_for
from pg_stat_activity as a
where a.pid = any ($1::integer[])
union all
select distinct
    null::bigint,
    p.gid,
    p.owner::text,
    null,
    null,
    null,
    null::bigint,
    floor(extract(epoch from clock_timestamp() - p.prepared))::bigint,
    '{}'
from prepared as p
order by transaction_seconds desc nulls last, process_id
