-- The columns of a relation as the list of a select, each written so that to_jsonb of the list's row runs no code of
-- the types' owners. source: what stands before the dot. Null for a relation without columns.
create or replace function :"schema".audit_select_list(relation oid, source text)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
as $body$
#variable_conflict use_variable
begin
return (
    with recursive column_type (attnum, attname, oid) as (
        select a.attnum, a.attname, a.atttypid
        from pg_attribute as a
        where a.attrelid = relation
            and a.attnum > 0
            and not a.attisdropped
            -- Triggers see nothing of what is computed when it is read.
            and a.attgenerated <> 'v'
        union all
        select c.attnum, c.attname, t.typbasetype
        from column_type as c
        join pg_type as t on t.oid = c.oid and t.typtype = 'd'
    ),
    element_type (attnum, oid) as (
        select c.attnum, t.typelem
        from column_type as c
        join pg_type as t on t.oid = c.oid and t.typtype <> 'd'
        where t.typelem <> 0
            and t.typlen = -1
        union all
        select n.attnum, t.typbasetype
        from element_type as n
        join pg_type as t on t.oid = n.oid and t.typtype = 'd'
    ),
    found as (
        select
            c.attnum,
            c.attname,
            format('%s.%I', source, c.attname) as value,
            t.typrelid,
            e.typrelid as element_relation,
            :json_form as form
        from column_type as c
        join pg_type as t on t.oid = c.oid and t.typtype <> 'd'
        left join (element_type as n join pg_type as e on e.oid = n.oid and e.typtype <> 'd') on n.attnum = c.attnum
    )
    select string_agg(
        format(
            '%s as %I',
            case f.form
                when 'json' then format('%s(cast(%s as pg_catalog.json))', :json_function, f.value)
                when 'jsons' then format(
                    'case when %2$s is not null then coalesce((select pg_catalog.jsonb_agg(%1$s(cast(x.x as pg_catalog.json))) '
                        || 'from pg_catalog.unnest(%2$s) as x (x)), ''[]'') end',
                    :json_function, f.value
                )
                when 'text' then format('case when %1$s is not null then pg_catalog.concat(%1$s) end', f.value)
                when 'texts' then format(
                    'case when %1$s is not null then cast(pg_catalog.concat(%1$s) as pg_catalog.text[]) end',
                    f.value
                )
                when 'row' then format(
                    'case when %s is distinct from null then (select pg_catalog.to_jsonb(r.*) from (select %s) as r) end',
                    f.value, :"schema".audit_select_list(f.typrelid, cast(format('(%s)', f.value) as text))
                )
                when 'rows' then format(
                    'case when %1$s is not null then coalesce((select pg_catalog.jsonb_agg('
                        || 'case when x.* is distinct from null then (select pg_catalog.to_jsonb(r.*) from (select %2$s) as r) end'
                        || ') from pg_catalog.unnest(%1$s) as x), ''[]'') end',
                    f.value, :"schema".audit_select_list(f.element_relation, cast('x' as text))
                )
                else f.value
            end,
            f.attname
        ),
        ', ' order by f.attnum
    )
    from found as f
);
end
$body$;
