-- A json value as jsonb; the text of it as a string where jsonb cannot hold it: \u0000, half a surrogate pair, a
-- number beyond numeric. What an application could write before must not fail once the table is audited.
create or replace function :"schema".audit_json(given json)
returns jsonb
language plpgsql
immutable
as $body$
begin
    return cast(given as pg_catalog.jsonb);
exception when others then
    return pg_catalog.to_jsonb(cast(given as pg_catalog.text));
end
$body$;
