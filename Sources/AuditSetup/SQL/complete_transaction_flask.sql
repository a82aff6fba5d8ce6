-- Runs before a row is added to the transaction table, in every transaction of an application: it has no search path
-- of its own, every name is qualified instead.
--
-- A row for a transaction that has yet to begin, or that runs beside this one, would name the actor of another's changes.
--
-- An application may write its row after a statement of its transaction was captured already, and says
-- "on conflict do nothing": what it knows is then put into the row that the capture has made.
create or replace function :"schema".complete_transaction()
returns trigger
language plpgsql
security definer
as $body$
#variable_conflict use_variable
declare
    says_more boolean;
begin
    -- Rows that a subscription or a restore brings are as they are, where the trigger fires for these, too.
    if new.native_transaction_id operator(pg_catalog.<>) pg_catalog.txid_current()
        and pg_catalog.current_setting('session_replication_role') operator(pg_catalog.=) 'replica'
    then
        return new;
    end if;
    if new.native_transaction_id operator(pg_catalog.<>) pg_catalog.txid_current()
        and not pg_catalog.txid_visible_in_snapshot(new.native_transaction_id, pg_catalog.txid_current_snapshot())
    then
        raise exception 'transaction % has not ended and is not this one: its row is its own to write',
            new.native_transaction_id;
    end if;
    if new.native_transaction_id operator(pg_catalog.=) pg_catalog.txid_current() then
        if pg_catalog.current_setting('audit.has_transaction', true) operator(pg_catalog.=) 'true' then
            begin
                says_more := new.actor_id is not null or new.client_addr is not null;
            exception when undefined_column then
                -- A column that was dropped must not end all writes. `status` names it.
                says_more := false;
            end;
            if says_more then
                update :"schema".transaction as t
                set actor_id = coalesce(t.actor_id, new.actor_id),
                    client_addr = coalesce(t.client_addr, new.client_addr)
                where t.native_transaction_id operator(pg_catalog.=) new.native_transaction_id
                    and t.issued_at operator(pg_catalog.=) new.issued_at
                    and (t.actor_id is null and new.actor_id is not null
                        or t.client_addr is null and new.client_addr is not null);
                if found then
                    return null;
                end if;
            end if;
        end if;
        -- Tells audit_transaction that there is a row to look for.
        perform
            pg_catalog.set_config('audit.has_transaction', 'true', true),
            pg_catalog.set_config('audit.transaction_ctid', '', true);
    end if;
    return new;
end
$body$;
