-- Runs before a row is added to the transaction table, whoever adds it, and fills its context: the
-- object in the setting audit.context, and under db the facts that a writer cannot choose. The role that a security
-- definer function took over is not visible here; the one that was set is, and without one it is the session's.
--
-- An application may write its row after a statement of its transaction was captured already, and says
-- "on conflict do nothing": what it knows is then put into the row that the capture has made.
create or replace function :"schema".complete_transaction()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    setting text := nullif(current_setting('audit.context', true), '');
    given jsonb;
begin
    if new.actor_id is not null or new.client_addr is not null then
        update :"schema".transaction as t
        set actor_id = coalesce(t.actor_id, new.actor_id),
            client_addr = coalesce(t.client_addr, new.client_addr)
        where t.native_transaction_id = new.native_transaction_id
            and t.issued_at = new.issued_at
            and t.native_transaction_id = txid_current()
            and (t.actor_id is null and new.actor_id is not null
                or t.client_addr is null and new.client_addr is not null);
        if found then
            return null;
        end if;
    end if;
    if setting is not null then
        begin
            given := setting::jsonb;
        exception when others then
            given := null;
        end;
    end if;
    if jsonb_typeof(given) is distinct from 'object' then
        given := '{}';
    end if;
    if jsonb_typeof(new.context) = 'object' then
        given := given || new.context;
    end if;
    new.context := given || jsonb_build_object(
        'db', jsonb_build_object(
            'session_user', session_user,
            'current_user', coalesce(nullif(current_setting('role', true), 'none'), session_user),
            'application_name', current_setting('application_name', true),
            'pid', pg_backend_pid()
        )
    );
    return new;
end
$body$;
