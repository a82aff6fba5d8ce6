-- How a value becomes jsonb without running code that an owner of its type could have written: to_jsonb looks for a
-- cast to json where a type was made by a user, and here it would run with the rights of the capture function's owner.
-- Types of extensions are trusted where a superuser owns the type: whoever owns an extension may add his own to it.
--
-- An expression over t, the row of pg_type with domains looked through, and e, that of an array's elements:
-- plain: to_jsonb is safe; json: may hold what jsonb cannot; text, texts: what the output functions write;
-- row, rows: composite values, column by column.
case
    when t.oid = 'json'::regtype then 'json'
    when t.typtype = 'c' then 'row'
    when e.oid = 'json'::regtype then 'jsons'
    when e.typtype = 'c' then 'rows'
    when e.oid is not null then
        case
            when e.oid < 16384 or exists (
                select
                from pg_roles as x
                join pg_depend as d on d.classid = 'pg_type'::regclass and d.objid = e.oid and d.deptype = 'e'
                where x.oid = e.typowner
                    and x.rolsuper
            ) then 'plain'
            else 'texts'
        end
    when t.oid < 16384 or exists (
        select
        from pg_roles as x
        join pg_depend as d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
        where x.oid = t.typowner
            and x.rolsuper
    ) then 'plain'
    else 'text'
end
