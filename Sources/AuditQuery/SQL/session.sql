-- Prepares a browsing session: it can write nothing, waits for no lock for long, and speaks in fixed formats.
-- $1 int: the process of the server as the client was told. A pooler such as PgBouncer tells another, and hands out
-- the sessions of a server that others use next: then everything is set for the transaction alone, and this statement goes in
-- front of each other one, within its transaction.
-- Columns: whether there is a pooler; the others say nothing.
select
  s.is_pooled,
  set_config('default_transaction_read_only', 'on', s.is_pooled),
  set_config('transaction_read_only', 'on', s.is_pooled),
  set_config('statement_timeout', '60s', s.is_pooled),
  set_config('lock_timeout', '5s', s.is_pooled),
  set_config('idle_in_transaction_session_timeout', '60s', s.is_pooled),
  -- Whoever is gone is found out while the statement runs, since PostgreSQL 14.
  case when current_setting('server_version_num')::int >= 140000
       then set_config('client_connection_check_interval', '1s', s.is_pooled) end,
  set_config('datestyle', 'ISO, YMD', s.is_pooled),
  set_config('intervalstyle', 'postgres', s.is_pooled),
  set_config('timezone', 'UTC', s.is_pooled),
  set_config('bytea_output', 'hex', s.is_pooled),
  set_config('extra_float_digits', '3', s.is_pooled),
  set_config('jit', 'off', s.is_pooled),
  set_config('max_parallel_workers_per_gather', '0', s.is_pooled),
  set_config('search_path', 'pg_catalog', s.is_pooled)
from (select pg_catalog.pg_backend_pid() <> $1::int as is_pooled) s;
