-- Makes one update of the delete that was captured last and of the row that came into another partition right after
-- it, within the same statement. False when there was no such delete. moved: the new row without excluded columns.
--
-- Called by the function that captures inserts into a partitioned table, and so with the rights of that table's owner, who
-- may call it, too: it takes no entry away, and leaves a delete alone that an update of nothing would hide.
create or replace function :"schema".audit_move(relation integer, moved jsonb)
returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
begin
    update :"schema".activity as a
    set verb = 'update', changed_data = :"schema".jsonb_subtract(moved, a.old_data)
    where a.id = currval(:activity_sequence)
        and a.verb = 'delete'
        and a.relid = relation
        and a.native_transaction_id = txid_current()
        and a.issued_at = statement_timestamp() at time zone 'UTC'
        and :"schema".jsonb_subtract(moved, a.old_data) <> '{}'
        and exists (select from pg_class as c where c.oid = cast(relation as oid) and c.relkind = 'p');
    return found;
exception when object_not_in_prerequisite_state then
    return false;
end
$body$;
