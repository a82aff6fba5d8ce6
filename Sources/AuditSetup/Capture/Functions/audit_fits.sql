-- Whether the fields of a row have these types, as format_type spells them, in this order.
--
-- Depends on the fields' types alone, and is called with fields that are null: the server asks once, when it plans a
-- statement, which it does anew when the table has changed. What record_send writes is the number of fields and for each
-- the number of its type and the length -1.
create or replace function :"schema".audit_fits(given record, types text[])
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $body$
#variable_conflict use_variable
declare
    sent bytea := record_send(given);
begin
    return (
        select array_agg(format_type(t.oid, null) order by p.place)
        from generate_series(4, length(sent) - 8, 8) as p (place)
        cross join lateral (
            select (
                get_byte(sent, p.place)::bigint << 24 | (get_byte(sent, p.place + 1) << 16)::bigint
                | (get_byte(sent, p.place + 2) << 8)::bigint | get_byte(sent, p.place + 3)::bigint
            )::oid as oid
        ) as t
    ) = types;
end
$body$;
