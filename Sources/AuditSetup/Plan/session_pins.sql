-- What everything that follows in the transaction relies on: names that nobody can redirect, and one meaning of each text.
-- No parameters; one row that says nothing. The first statement of a transaction, before anything else is called: the
-- search path that the database or the role brings along may lead to functions and operators of others.
select
    pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
    -- Where the server does not know what bytes mean, it would refuse to send those that are no UTF-8.
    case when pg_catalog.getdatabaseencoding() operator(pg_catalog.=) 'SQL_ASCII'
        then pg_catalog.set_config('client_encoding', 'SQL_ASCII', true) end,
    pg_catalog.set_config('standard_conforming_strings', 'on', true),
    pg_catalog.set_config('quote_all_identifiers', 'off', true),
    pg_catalog.set_config('array_nulls', 'on', true),
    pg_catalog.set_config('transform_null_equals', 'off', true),
    pg_catalog.set_config('check_function_bodies', 'on', true),
    pg_catalog.set_config('datestyle', 'ISO, YMD', true),
    pg_catalog.set_config('intervalstyle', 'postgres', true),
    pg_catalog.set_config('timezone', 'UTC', true),
    pg_catalog.set_config('bytea_output', 'hex', true),
    pg_catalog.set_config('extra_float_digits', '1', true),
    pg_catalog.set_config('xmlbinary', 'base64', true),
    pg_catalog.set_config('xmloption', 'content', true),
    pg_catalog.set_config('row_security', 'on', true),
    -- What looks through a catalog of thousands of tables takes its time, and so may the plan that follows. Since PostgreSQL
    -- 17 there is the last one.
    pg_catalog.set_config('statement_timeout', '0', true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true),
    case when pg_catalog.current_setting('transaction_timeout', true) is not null
        then pg_catalog.set_config('transaction_timeout', '0', true) end,
    -- Over a thousand tables the server would spend half a second compiling a query of 30 ms.
    pg_catalog.set_config('jit', 'off', true)
