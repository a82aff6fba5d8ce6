-- The columns of a relation as the list of a select, each written so that to_jsonb of the list's row runs no code of
-- the types' owners. source: what stands before the dot. Null for a relation without columns.
create or replace function :"schema".audit_select_list(relation oid, source text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $body$
    with recursive base (oid, base_oid) as (
        select t.oid, t.oid
        from pg_type as t
        where t.typtype <> 'd'
        union all
        select t.oid, b.base_oid
        from base as b
        join pg_type as t on t.typbasetype = b.oid and t.typtype = 'd'
    ),
    found as (
        select
            a.attnum,
            a.attname,
            format('%s.%I', source, a.attname) as value,
            t.typrelid,
            e.typrelid as element_relation,
            :json_form as form
        from pg_attribute as a
        join base as b on b.oid = a.atttypid
        join pg_type as t on t.oid = b.base_oid
        left join pg_type as n on n.typarray = t.oid
        left join base as eb on eb.oid = n.oid
        left join pg_type as e on e.oid = eb.base_oid
        where a.attrelid = relation
            and a.attnum > 0
            and not a.attisdropped
    )
    select string_agg(
        format(
            '%s as %I',
            case f.form
                when 'json' then format('%s(%s)', :json_function, f.value)
                when 'jsons' then format(
                    'case when %2$s is not null then '
                        || 'coalesce((select jsonb_agg(%1$s(x.x)) from unnest(%2$s) as x (x)), ''[]'') end',
                    :json_function, f.value
                )
                when 'text' then format('case when %1$s is not null then concat(%1$s) end', f.value)
                when 'texts' then format('case when %1$s is not null then concat(%1$s)::text[] end', f.value)
                when 'row' then format('%s(%s, %s)', :row_function, f.typrelid, f.value)
                when 'rows' then format(
                    'case when %3$s is not null then '
                        || 'coalesce((select jsonb_agg(%1$s(%2$s, x.*)) from unnest(%3$s) as x), ''[]'') end',
                    :row_function, f.element_relation, f.value
                )
                else f.value
            end,
            f.attname
        ),
        ', ' order by f.attnum
    )
    from found as f
$body$;
