-- Takes the lock of building indexes for the session; false when another session has it. No parameters.
-- Not waited for, and not that of setting up: who waits has a snapshot, and a concurrent build waits for those.
select pg_catalog.pg_try_advisory_lock(4705209123518) as is_ours
