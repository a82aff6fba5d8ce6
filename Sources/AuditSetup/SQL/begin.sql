-- Opens the one transaction of an installation: short waits for locks, names that nobody can redirect, one at a time.
begin;
set local lock_timeout = :lock_timeout;
set local search_path = pg_catalog, pg_temp;
set local client_min_messages = warning;
select pg_advisory_xact_lock(4705209123517);
