-- Runs before a row is added to the transaction table, in every transaction of an application: it has no search path
-- of its own, every name is qualified instead.
create or replace function :"schema".complete_transaction()
returns trigger
language plpgsql
security definer
as $body$
#variable_conflict use_variable
declare
    says_more boolean;
    place pg_catalog.tid;
    told pg_catalog.text;
begin
:own_row
    return new;
end
$body$;
