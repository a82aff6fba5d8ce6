-- How the session that looks for gaps reads values: always spelled the same way, and all rows or none.
-- No parameters. For the transaction that is open.
set local timezone = 'UTC';
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local row_security = off;
set local cursor_tuple_fraction = 1;
set local statement_timeout = 0
