-- Opens the one transaction of an installation: short waits for locks, names that nobody can redirect, texts that mean the
-- same everywhere, one at a time.
begin isolation level read committed read write;
set local lock_timeout = :lock_timeout;
set local search_path = pg_catalog, pg_temp;
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
set local client_encoding = 'UTF8';
set local standard_conforming_strings = on;
set local quote_all_identifiers = off;
set local array_nulls = on;
set local transform_null_equals = off;
set local check_function_bodies = on;
set local datestyle = 'ISO, YMD';
set local intervalstyle = postgres;
set local timezone = 'UTC';
set local bytea_output = hex;
set local extra_float_digits = 1;
set local row_security = on;
set local xmlbinary = base64;
set local xmloption = content;
set local client_min_messages = warning;
select pg_catalog.set_config('transaction_timeout', '0', true)
where pg_catalog.current_setting('transaction_timeout', true) is not null;
select pg_catalog.pg_advisory_xact_lock(4705209123517);
