-- The sessions that build indexes: who holds the lock of index_lock.sql, as an array of process ids; one row.
-- No parameters.
select array(
    select l.pid
    from pg_locks as l
    where l.locktype = 'advisory'
        and l.granted
        and l.objsubid = 1
        and l.classid = (4705209123518 >> 32)::oid
        and l.objid = (4705209123518 & 4294967295)::oid
        and l.database = (select d.oid from pg_database as d where d.datname = current_database())
)::text as holders
