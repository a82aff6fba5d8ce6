-- Runs before a row is added to the transaction table.
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
    return new;
end
$body$;
