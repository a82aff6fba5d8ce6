-- The actor for a transaction row, from what the writer has set: the key in the actor table, or null when the text is
-- no such key, so that neither a malformed setting nor the foreign key can fail the write.
create or replace function :"schema".audit_actor(given text)
returns :actor_base_type
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
begin
    return (
        select a.:"actor_key"
        from :"actor_schema".:"actor_table" as a
        where a.:"actor_key" = cast(given as :actor_base_type)
    );
exception when others then
    return null;
end
$body$;
