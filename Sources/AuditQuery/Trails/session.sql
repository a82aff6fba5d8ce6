-- Prepares a browsing session: it can write nothing, waits for no lock for long, and reads and writes values in one way
-- whatever the database, the role or the client's environment have set.
-- $1 int: the process of the server as the client was told; $2 text[]: roles that are trusted like superusers and the reader.
-- A pooler such as PgBouncer tells another process, and hands out
-- the sessions of a server that others use next: then everything is set for the transaction alone, and this statement goes in
-- front of each other one, within its transaction. That begins with its isolation level, which nothing can change once
-- something has been read.
-- Nothing has pinned the search path before it: every function, operator and type is named with its schema.
-- Columns: whether there is a pooler; the others say nothing.
select
  s.is_pooled,
  pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', s.is_pooled),
  pg_catalog.set_config('default_transaction_read_only', 'on', s.is_pooled),
  pg_catalog.set_config('transaction_read_only', 'on', s.is_pooled),
  pg_catalog.set_config('default_transaction_isolation', 'read committed', s.is_pooled),
  pg_catalog.set_config('default_transaction_deferrable', 'off', s.is_pooled),
  pg_catalog.set_config('statement_timeout', '60s', s.is_pooled),
  -- Since PostgreSQL 17; the time of a statement is limited already.
  case when pg_catalog.current_setting('transaction_timeout', true) is not null
       then pg_catalog.set_config('transaction_timeout', '0', s.is_pooled) end,
  pg_catalog.set_config('lock_timeout', '5s', s.is_pooled),
  pg_catalog.set_config('idle_in_transaction_session_timeout', '60s', s.is_pooled),
  -- Whoever is gone is found out while the statement runs, since PostgreSQL 14.
  case when s.version operator(pg_catalog.>=) 140000
       then pg_catalog.set_config('client_connection_check_interval', '1s', s.is_pooled) end,
  pg_catalog.set_config('datestyle', 'ISO, YMD', s.is_pooled),
  pg_catalog.set_config('intervalstyle', 'postgres', s.is_pooled),
  pg_catalog.set_config('timezone', 'UTC', s.is_pooled),
  pg_catalog.set_config('bytea_output', 'hex', s.is_pooled),
  pg_catalog.set_config('extra_float_digits', '3', s.is_pooled),
  -- Where the server does not know what bytes mean, it would refuse to send those that are no UTF-8.
  case when pg_catalog.getdatabaseencoding() operator(pg_catalog.=) 'SQL_ASCII'
       then pg_catalog.set_config('client_encoding', 'SQL_ASCII', s.is_pooled) end,
  pg_catalog.set_config('standard_conforming_strings', 'on', s.is_pooled),
  pg_catalog.set_config('quote_all_identifiers', 'off', s.is_pooled),
  pg_catalog.set_config('array_nulls', 'on', s.is_pooled),
  pg_catalog.set_config('transform_null_equals', 'off', s.is_pooled),
  pg_catalog.set_config('xmlbinary', 'base64', s.is_pooled),
  pg_catalog.set_config('xmloption', 'content', s.is_pooled),
  -- Policies hide rows, and do not end in an error.
  pg_catalog.set_config('row_security', 'on', s.is_pooled),
  -- What a table's constraints call would run while a query is planned.
  pg_catalog.set_config('constraint_exclusion', 'off', s.is_pooled),
  pg_catalog.set_config('jit', 'off', s.is_pooled),
  -- What searches is planned with its values.
  pg_catalog.set_config('plan_cache_mode', 'auto', s.is_pooled),
  pg_catalog.set_config('max_parallel_workers_per_gather', '0', s.is_pooled),
  -- Nobody's view takes the place of a table, on servers that can be told so; unless there is a trail made of views that
  -- are trusted.
  case when pg_catalog.current_setting('restrict_nonsystem_relation_kind', true) is not null
       then pg_catalog.set_config(
         'restrict_nonsystem_relation_kind',
         case when exists (
           select
           from pg_catalog.pg_class c
           join pg_catalog.pg_roles r on r.oid operator(pg_catalog.=) c.relowner
           where c.relname operator(pg_catalog.=) any (array['activity', 'transaction']::pg_catalog.name[])
             and c.relkind operator(pg_catalog.=) any (array['v', 'f']::pg_catalog."char"[])
             and (r.rolsuper or r.rolname operator(pg_catalog.=) current_user
               or r.rolname operator(pg_catalog.=) any ($2::pg_catalog.text[]))
         ) then '' else 'view' end,
         s.is_pooled) end
from (
  select pg_catalog.pg_backend_pid() operator(pg_catalog.<>) $1::pg_catalog.int4 as is_pooled,
    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version
) s;
