-- How rows of a table become jsonb: one word, and after it the names of the columns that triggers see nothing of.
--
-- plain: to_jsonb runs no code of others; typed: nor does it as long as types_trusted.sql finds the columns' types trusted;
-- listed: columns have to be written one by one, as audit_select_list says. A json value may be more than jsonb can hold: then
-- to_jsonb fails, and the same is done. Depends on the columns alone: the server asks once, when it plans a statement that has the
-- relation as a constant, which it does anew when the table has changed. For the same reason nothing is said here of owners and
-- casts, which may change without the table, and a composite type, whose fields may, is always listed.
create or replace function :"schema".audit_shape(relation regclass)
returns text[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
begin
return (
    select
        array[
            case
                when bool_or(a.attgenerated <> 'v' and a.atttypid = 'json[]'::regtype) then 'listed'
                when bool_or(
                    a.attgenerated <> 'v'
                    and a.atttypid >= 16384
                    and case
                        when t.typtype = 'd' then e.oid >= 16384 or e.oid = 'json[]'::regtype
                        else t.typtype = 'c' or e.typtype in ('c', 'd')
                    end
                ) then 'listed'
                when bool_or(a.attgenerated <> 'v' and a.atttypid >= 16384 and t.typtype <> 'd') then 'typed'
                else 'plain'
            end
        ] || array_agg(cast(a.attname as text)) filter (where a.attgenerated = 'v')
    from pg_attribute as a
    join pg_type as t on t.oid = a.atttypid
    left join pg_type as e on e.oid = case
            when t.typtype = 'd' then t.typbasetype
            when t.typsubscript = 'array_subscript_handler'::regproc then t.typelem
        end
    where a.attrelid = relation
        and a.attnum > 0
        and not a.attisdropped
);
end
$body$;
