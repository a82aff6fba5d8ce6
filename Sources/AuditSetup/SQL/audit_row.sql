-- A row of a relation, or a composite value, as jsonb, whatever its columns are by now. The capture functions ask for
-- it when their table has changed since they were made.
--
-- Of the type record, which no other function of this name can fit better. Null is a value that is null, not one of nulls.
create or replace function :"schema".audit_row(relation oid, given record)
returns jsonb
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    result jsonb;
begin
    if given is not distinct from null then
        return null;
    end if;
    execute format('select to_jsonb(x.*) from (select %s) as x', :"schema".audit_select_list(relation, cast('($1)' as text)))
    into result
    using given;
    return result;
end
$body$;
