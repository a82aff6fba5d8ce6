-- The id of this transaction's row: the one that the application has written, else one made here from the settings
-- audit.actor_id and audit.client_addr. Runs in the first captured statement of a transaction without a row, and where the
-- setting audit.transaction_ctid, where the row is, does not say so (any more). It has no search path of its own: every name is
-- qualified instead.
--
-- A row is looked for only where there is one. To a serializable transaction, looking through an index is reading a page of
-- it, and whoever writes his own row to that page would be in conflict; a place is read without any index.
--
-- Transaction numbers start again after a restore into a new cluster; a row that was issued before this transaction
-- began belongs to an older one with the same number. Relies on the index of transaction_unique_native_tx_id.
-- Settings that cannot be read count as absent: a mistake in them must not fail the write. Who the actor is, the server
-- checks by the foreign key, with the rights of the actor table's owner; nothing of that table is looked at here. Where it
-- refuses an actor, or the column cannot hold the value, the row is written without one.
-- Without the columns client_addr or actor_id, neither is written: a constant says so, for which the server asks when it plans.
-- :transaction the table's name as a literal, :transaction_relation as a constant.
-- :actor_base_type the type of actor_id, domains looked through, without limits of length.
create or replace function :"schema".audit_transaction()
returns bigint
language plpgsql
security definer
as $body$
#variable_conflict use_variable
declare
    began timestamp without time zone := pg_catalog.now() at time zone 'UTC';
    given_actor pg_catalog.text;
    given_addr pg_catalog.text;
    addr pg_catalog.inet;
    row_id bigint;
    place pg_catalog.tid;
    is_whole boolean;
    is_there boolean :=
        pg_catalog.length(pg_catalog.current_setting('audit.transaction_ctid', true)) operator(pg_catalog.>) 0;
    told pg_catalog.text;
begin
    loop
        if is_there then
            select t.id, t.ctid
            into row_id, place
            from :"schema".transaction as t
            where t.native_transaction_id operator(pg_catalog.=) pg_catalog.txid_current()
                and t.issued_at operator(pg_catalog.>=) began
            order by t.issued_at desc
            limit 1;
            if row_id is not null then
                told := pg_catalog.set_config('audit.transaction_ctid', cast(place as pg_catalog.text), true);
                return row_id;
            end if;
        end if;

        is_whole := pg_catalog.array_position(
            :"schema".audit_types(:transaction_relation, '{client_addr,actor_id}'), null
        ) is null;
        given_actor := pg_catalog.current_setting('audit.actor_id', true);
        given_addr := pg_catalog.current_setting('audit.client_addr', true);
        if pg_catalog.length(given_addr) operator(pg_catalog.>) 0 then
            begin
                addr := cast(given_addr as pg_catalog.inet);
            exception when others then
                addr := null;
            end;
        else
            addr := pg_catalog.inet_client_addr();
        end if;
        if not is_whole then
            -- Without a column that was dropped a row holds less, and is there: a migration must not end all writes.
            execute pg_catalog.format(
                'insert into %s (native_transaction_id, issued_at) values ($1, $2) '
                'on conflict do nothing returning id',
                :transaction
            )
            into row_id
            using pg_catalog.txid_current(), began;
        elsif pg_catalog.length(given_actor) operator(pg_catalog.>) 0 then
            begin
                insert into :"schema".transaction (native_transaction_id, issued_at, client_addr, actor_id)
                values (pg_catalog.txid_current(), began, addr, cast(given_actor as :actor_base_type))
                on conflict do nothing
                returning id into row_id;
            exception when foreign_key_violation or insufficient_privilege or data_exception then
                row_id := null;
            end;
        end if;
        if row_id is null and is_whole then
            insert into :"schema".transaction (native_transaction_id, issued_at, client_addr)
            values (pg_catalog.txid_current(), began, addr)
            on conflict do nothing
            returning id into row_id;
        end if;
        exit when row_id is not null or is_there;
        -- Somebody has taken back the setting that says so.
        is_there := true;
    end loop;
    return row_id;
end
$body$;
