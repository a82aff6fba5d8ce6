-- Makes a session fit for building indexes: names that nobody can redirect, and no limit to what takes long.
set search_path = pg_catalog, pg_temp;
set standard_conforming_strings = on;
set quote_all_identifiers = off;
set array_nulls = on;
set transform_null_equals = off;
set client_min_messages = warning;
set default_transaction_isolation = 'read committed';
set default_transaction_read_only = off;
set idle_in_transaction_session_timeout = 0;
set statement_timeout = 0;
set lock_timeout = 0;
-- Since PostgreSQL 17.
select pg_catalog.set_config('transaction_timeout', '0', false) where pg_catalog.current_setting('transaction_timeout', true) is not null;
