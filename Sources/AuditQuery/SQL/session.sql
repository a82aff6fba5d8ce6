-- Prepares a browsing session: it can write nothing, waits for no lock for long, and speaks in fixed formats.
-- No parameters. One row that says nothing.
select
  set_config('default_transaction_read_only', 'on', false),
  set_config('statement_timeout', '60s', false),
  set_config('lock_timeout', '5s', false),
  set_config('idle_in_transaction_session_timeout', '60s', false),
  set_config('datestyle', 'ISO, YMD', false),
  set_config('intervalstyle', 'postgres', false),
  set_config('timezone', 'UTC', false),
  set_config('bytea_output', 'hex', false),
  set_config('extra_float_digits', '3', false),
  set_config('jit', 'off', false),
  set_config('max_parallel_workers_per_gather', '0', false),
  set_config('search_path', 'pg_catalog', false);
