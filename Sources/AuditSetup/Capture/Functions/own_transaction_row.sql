-- Part of complete_transaction, which declares says_more boolean, place tid and told text.
--
-- An application may write its row after a statement of its transaction was captured already, and says
-- "on conflict do nothing": what it knows is then put into the row that the capture has made.
    -- What is so for nearly all rows is found in one expression.
    if new.native_transaction_id operator(pg_catalog.<>) pg_catalog.txid_current()
        or pg_catalog.length(pg_catalog.current_setting('audit.transaction_ctid', true)) operator(pg_catalog.>) 0
    then
        -- A row for a transaction that has yet to begin, or that runs beside this one, would name the actor of another's changes.
        -- Those that a subscription or a restore brings are as they are, where the trigger fires for these, too.
        if new.native_transaction_id operator(pg_catalog.=) pg_catalog.txid_current() then
            if pg_catalog.length(pg_catalog.current_setting('audit.transaction_ctid', true)) operator(pg_catalog.>) 0 then
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
                            or t.client_addr is null and new.client_addr is not null)
                    returning t.ctid into place;
                    if found then
                        told := pg_catalog.set_config('audit.transaction_ctid', cast(place as pg_catalog.text), true);
                        return null;
                    end if;
                end if;
            end if;
        elsif pg_catalog.current_setting('session_replication_role') operator(pg_catalog.<>) 'replica'
            and not pg_catalog.txid_visible_in_snapshot(new.native_transaction_id, pg_catalog.txid_current_snapshot())
        then
            raise exception 'transaction % has not ended and is not this one: its row is its own to write',
                new.native_transaction_id;
        end if;
    end if;
