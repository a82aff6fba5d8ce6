-- The types of columns of a table, as format_type spells them without limits of length and of a domain the one under it, in the order
-- of the names; null for one that is not there.
--
-- Depends on the columns alone: the server asks once, when it plans a statement that has the relation as a constant, which it
-- does anew when the table has changed.
create or replace function :"schema".audit_types(relation regclass, names text[])
returns text[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $body$
#variable_conflict use_variable
begin
return (
    select array_agg(format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) order by n.place)
    from unnest(names) with ordinality as n (name, place)
    left join (pg_attribute as a join pg_type as t on t.oid = a.atttypid) on a.attrelid = relation
        and a.attname = n.name
        and a.attnum > 0
        and not a.attisdropped
);
end
$body$;
