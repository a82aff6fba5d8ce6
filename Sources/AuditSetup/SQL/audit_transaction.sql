-- The id of this transaction's row: the one that the application has written, else one made here from the settings
-- audit.actor_id and audit.client_addr. Called by create_activity, whose rights and search path it shares.
--
-- Transaction numbers start again after a restore into a new cluster; a row that was issued before this transaction
-- began belongs to an older one with the same number. Relies on the index of transaction_unique_native_tx_id.
-- Settings that cannot be read count as absent: a mistake in them must not fail the write.
create or replace function :"schema".audit_transaction()
returns bigint
language plpgsql
as $body$
#variable_conflict use_variable
declare
    began timestamp without time zone := now() at time zone 'UTC';
    given_addr text := nullif(current_setting('audit.client_addr', true), '');
    addr inet := inet_client_addr();
    row_id bigint;
begin
    select t.id
    into row_id
    from :"schema".transaction as t
    where t.native_transaction_id = txid_current()
        and t.issued_at >= began
    order by t.issued_at desc
    limit 1;
    if row_id is not null then
        return row_id;
    end if;

    if given_addr is not null then
        begin
            addr := given_addr::inet;
        exception when others then
            addr := null;
        end;
    end if;
    insert into :"schema".transaction (native_transaction_id, issued_at, client_addr, actor_id)
    values (
        txid_current(), began, addr,
        :"schema".audit_actor(nullif(current_setting('audit.actor_id', true), ''))
    )
    on conflict on constraint transaction_unique_native_tx_id do nothing
    returning id into row_id;
    return row_id;
end
$body$;
