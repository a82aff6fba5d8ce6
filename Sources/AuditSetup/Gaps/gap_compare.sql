-- The columns in which rows differ that should be the same: that which an activity left, and that which a later one
-- found or the table holds.
-- $1 bigint[], $2 timestamp[]: the activities that came before, with their times; $3 bigint[], $4 timestamp[]: those that
-- came after, null for the table; $5 oid[], $6 tid[]: the partition and the place of the table's row; $7 text[]: insert
-- where there should be no row, delete where there is none, else update; $8 text[], $9 text[]: the columns of the table,
-- and the types that each is made of, joined by commas; $10 text[]: the columns of the key; $11 boolean: whether values
-- must be written the same way. In the order given: the key as an object; the columns, for an update only.
-- Relies on activity (id), or on (issued_at, id).
--
-- Only columns that both rows hold are compared. What a session's settings spell differently is the same: points in time
-- by time zone, intervals, bytea, float by their digits, names of relations; so is what another type spells differently.
-- A column that is no longer there may have had any type.
--
-- :'time_pattern', :'interval_pattern', :'bytea_pattern', :'range_pattern': what these types are sure to read.
-- :columns and :only as in gap_steps.sql.
select
    (
        select json_object_agg(k.name, coalesce(r.old_row, r.new_row) -> k.name order by k.position)
        from unnest($10::text[]) with ordinality as k (name, position)
    )::text as key,
    (
        select array_agg(o.key order by o.key)
        from jsonb_each(r.old_row) as o
        join jsonb_each(r.new_row) as n on n.key = o.key
        left join unnest($8::text[], $9::text[]) as c (name, types) on c.name = o.key
        cross join lateral (
            select case
                when $11::boolean then '{}'
                else coalesce(
                    string_to_array(c.types, ','),
                    '{timestamptz,tstzrange,interval,bytea,float8,regclass}'
                )
            end as types
        ) as t
        where n.value <> o.value
            and exists (
                select
                from jsonb_path_query(o.value, 'strict $.**') with ordinality as a (value, position)
                full join jsonb_path_query(n.value, 'strict $.**') with ordinality as b (value, position)
                    on b.position = a.position
                cross join lateral (
                    select a.value #>> '{}' as old, b.value #>> '{}' as new
                ) as x
                cross join lateral (
                    select
                        length(trim(both '0' from translate(x.old, '-.', ''))) as old,
                        length(trim(both '0' from translate(x.new, '-.', ''))) as new
                ) as digits
                where case
                    when a.value = b.value then true
                    when a.value is null or b.value is null then false
                    when jsonb_typeof(a.value) <> jsonb_typeof(b.value) then
                        x.old = x.new and not $11::boolean and not t.types && '{json,jsonb}'
                    when jsonb_typeof(a.value) = 'array' then
                        jsonb_array_length(a.value) = jsonb_array_length(b.value)
                    when jsonb_typeof(a.value) = 'object' then
                        array(select jsonb_object_keys(a.value)) = array(select jsonb_object_keys(b.value))
                    when jsonb_typeof(a.value) = 'number' then
                        case
                            when 'float8' = any (t.types) and least(digits.old, digits.new) <= 15
                                and greatest(digits.old, digits.new) > 15
                                then abs(x.old::numeric - x.new::numeric) <= abs(x.old::numeric) * 5e-15
                            when 'float4' = any (t.types) and least(digits.old, digits.new) <= 6
                                and greatest(digits.old, digits.new) > 6
                                then abs(x.old::numeric - x.new::numeric) <= abs(x.old::numeric) * 5e-6
                            else false
                        end
                    when jsonb_typeof(a.value) <> 'string' then false
                    when 'timestamptz' = any (t.types)
                        and x.old ~ :'time_pattern' and x.new ~ :'time_pattern'
                        then x.old::timestamptz = x.new::timestamptz
                    when 'interval' = any (t.types)
                        and x.old ~ :'interval_pattern' and x.new ~ :'interval_pattern'
                        then x.old::interval::text = x.new::interval::text
                    when 'bytea' = any (t.types)
                        and x.old ~ :'bytea_pattern' and x.new ~ :'bytea_pattern'
                        then x.old::bytea = x.new::bytea
                    when 'tstzrange' = any (t.types)
                        and x.old ~ :'range_pattern' and x.new ~ :'range_pattern'
                        then x.old::tstzrange = x.new::tstzrange
                    when t.types && '{regclass,regtype,regproc}'
                        then right(x.old, length(x.new) + 1) = '.' || x.new
                            or right(x.new, length(x.old) + 1) = '.' || x.old
                    else false
                end is not true
            )
    )::text as columns
from unnest($1::bigint[], $2::timestamp[], $3::bigint[], $4::timestamp[], $5::oid[], $6::tid[], $7::text[])
    with ordinality as given (old_id, old_time, new_id, new_time, relation, place, verb, position)
left join :"schema".activity as p on p.id = given.old_id and p.issued_at = given.old_time
left join :"schema".activity as q on q.id = given.new_id and q.issued_at = given.new_time
left join lateral (
    select to_jsonb(x.*) as data
    from :only :"table_schema".:"table_name" as r
    cross join lateral (select :columns) as x
    where r.ctid = given.place
        and r.tableoid = given.relation
) as live on true
cross join lateral (
    select
        case
            when given.verb = 'insert' then null
            when p.verb = 'insert' then p.changed_data
            when p.verb = 'update' then p.old_data || p.changed_data
        end as old_row,
        case when given.verb <> 'delete' then coalesce(live.data, q.old_data) end as new_row
    offset 0
) as r
order by given.position
