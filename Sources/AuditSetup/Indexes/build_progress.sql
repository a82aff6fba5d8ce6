-- How far a session has come with building an index, and whom it waits for; one row.
-- $1 integer: the process id of the session's server process. The columns of the progress are null when it builds none,
-- or when this role may not see it.
select
    p.phase,
    p.blocks_total,
    p.blocks_done,
    p.tuples_total,
    p.tuples_done,
    pg_blocking_pids($1::integer)::text as blocking
from (select $1::integer as pid) as given
left join pg_stat_progress_create_index as p on p.pid = given.pid
