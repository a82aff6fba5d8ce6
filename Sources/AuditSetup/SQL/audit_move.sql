-- Makes one update of the delete that was captured last and of the row that came into another partition right after
-- it, within the same statement. False when there was no such delete. moved: the new row without excluded columns.
create or replace function :"schema".audit_move(relation integer, moved jsonb)
returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    last_id bigint;
    changed jsonb;
begin
    last_id := currval(:activity_sequence);
    update :"schema".activity as a
    set verb = 'update', changed_data = :"schema".jsonb_subtract(moved, a.old_data)
    where a.id = last_id
        and a.verb = 'delete'
        and a.relid = relation
        and a.native_transaction_id = txid_current()
        and a.issued_at = statement_timestamp() at time zone 'UTC'
    returning a.changed_data into changed;
    if changed = '{}' then
        delete from :"schema".activity as a where a.id = last_id;
    end if;
    return changed is not null;
exception when object_not_in_prerequisite_state then
    return false;
end
$body$;
