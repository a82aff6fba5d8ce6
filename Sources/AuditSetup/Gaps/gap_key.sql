-- One value of a key as text, the same for all spellings that the writers' sessions have given it.
-- value: the text as it is recorded; type: the type of the column. An expression; what does not look like a value of
-- that type, since the column had another one before, stays as it is. The patterns are those of gap_compare.sql.
case
    when :'type' = 'timestamptz' and :value ~ :'time_pattern' then (:value)::timestamptz::text
    when :'type' = 'interval' and :value ~ :'interval_pattern' then (:value)::interval::text
    when :'type' = 'bytea' and :value ~ :'bytea_pattern' then (:value)::bytea::text
    when :'type' = 'tstzrange' and :value ~ :'range_pattern' then (:value)::tstzrange::text
    when :'type' = 'timestamptz[]' and :value ~ :'times_pattern' then (
        select string_agg(coalesce(e.value::timestamptz::text, 'null'), ', ' order by e.position)
        from jsonb_array_elements_text((:value)::jsonb) with ordinality as e (value, position)
    )
    when :'type' = 'numeric' and :value ~ '^-?[0-9]+([.][0-9]+)?$' then trim_scale((:value)::numeric)::text
    else :value
end
