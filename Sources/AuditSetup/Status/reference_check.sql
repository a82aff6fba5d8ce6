-- Turns the server's check of activity.transaction_id on or off, which takes a superuser. The constraint stays, and
-- with it the check that no transaction with activities is deleted.
-- :"schema" the audit schema; :action enable or disable.
do $body$
declare
    reference_check pg_catalog.name;
begin
    -- The server's own triggers, whose names are made of numbers.
    for reference_check in
        select t.tgname
        from pg_catalog.pg_trigger as t
        join pg_catalog.pg_class as a on a.oid = t.tgrelid
        join pg_catalog.pg_class as r on r.oid = t.tgconstrrelid
        join pg_catalog.pg_namespace as s on s.oid = a.relnamespace and s.oid = r.relnamespace
        join pg_catalog.pg_proc as p on p.oid = t.tgfoid
        where s.nspname = :'schema'
            and a.relname = 'activity'
            and r.relname = 'transaction'
            and t.tgisinternal
            and p.proname in ('RI_FKey_check_ins', 'RI_FKey_check_upd')
    loop
        execute pg_catalog.format('alter table %I.activity :action trigger %I', :'schema', reference_check);
    end loop;
end
$body$;
