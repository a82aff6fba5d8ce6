-- Tells the sessions that listen to audit_tui that something was written to the trail, once for each transaction, when it
-- is committed. The payload is the audit schema.
create or replace function :"schema".audit_notify()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $body$
begin
    perform pg_notify('audit_tui', tg_table_schema);
    return null;
end
$body$;
revoke all on function :"schema".audit_notify() from public;
drop trigger if exists audit_notify on :"schema".activity;
create trigger audit_notify
    after insert on :"schema".activity
    for each statement
    execute function :"schema".audit_notify();
