-- A setting, or the fallback where it is unset or empty; asked for by flask-audit-logger.
create or replace function :"schema".get_setting(setting text, fallback text)
returns text
language sql
stable
as $body$
    select case
        when pg_catalog.length(pg_catalog.current_setting(setting, true)) operator(pg_catalog.>) 0
            then pg_catalog.current_setting(setting, true)
        else fallback
    end
$body$;
