-- The actor for a transaction row, from what the writer has set: without an actor table, anything of the column's type.
create or replace function :"schema".audit_actor(given text)
returns :actor_base_type
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $body$
begin
    return cast(given as :actor_base_type);
exception when others then
    return null;
end
$body$;
