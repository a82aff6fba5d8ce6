-- Runs after a row was added to the transaction table, and leaves in the setting audit.transaction_ctid where the row of this
-- transaction is: what is captured finds it there without an index. An assignment, which costs a fraction of what a statement does.
create or replace function :"schema".place_transaction()
returns trigger
language plpgsql
as $body$
declare
    told pg_catalog.text;
begin
    told := case
        when new.native_transaction_id operator(pg_catalog.=) pg_catalog.txid_current()
        then pg_catalog.set_config('audit.transaction_ctid', cast(new.ctid as pg_catalog.text), true)
    end;
    return null;
end
$body$;
