-- Runs before a row is added to the transaction table, whoever adds it, and fills its context: the
-- object in the setting audit.context, and under db the facts that a writer cannot choose. The role that a security
-- definer function took over is not visible here; the one that was set is, and without one it is the session's.
-- It has no search path of its own, every name is qualified instead.
create or replace function :"schema".complete_transaction()
returns trigger
language plpgsql
security definer
as $body$
#variable_conflict use_variable
declare
    setting pg_catalog.text := pg_catalog.current_setting('audit.context', true);
    given pg_catalog.jsonb := '{}';
    role_name pg_catalog.text := pg_catalog.current_setting('role', true);
    says_more boolean;
    place pg_catalog.tid;
    told pg_catalog.text;
begin
:own_row
    if pg_catalog.length(setting) operator(pg_catalog.>) 0 then
        begin
            given := cast(setting as pg_catalog.jsonb);
        exception when others then
            given := '{}';
        end;
        if pg_catalog.jsonb_typeof(given) operator(pg_catalog.<>) 'object' then
            given := '{}';
        end if;
    end if;
    if role_name operator(pg_catalog.=) 'none' or role_name operator(pg_catalog.=) '' then
        role_name := session_user;
    end if;
    -- Where the column is gone, or of another type, the row does without: a migration must not end all writes. `status` names it.
    if (:"schema".audit_types(:transaction_relation, '{context}'))[1] operator(pg_catalog.=) 'jsonb' then
        if pg_catalog.jsonb_typeof(new.context) operator(pg_catalog.=) 'object' then
            given := given operator(pg_catalog.||) new.context;
        end if;
        new.context := given operator(pg_catalog.||) pg_catalog.jsonb_build_object(
            'db', pg_catalog.jsonb_build_object(
                'session_user', session_user,
                'current_user', coalesce(role_name, session_user),
                'application_name', pg_catalog.current_setting('application_name', true),
                'pid', pg_catalog.pg_backend_pid()
            )
        );
    end if;
    return new;
end
$body$;
