-- A json value as capture stores it: as jsonb, or as a string where jsonb cannot hold it, for \u0000, half a surrogate
-- pair, or a number beyond numeric. An expression. The variable value: the json value.
-- The first test finds all of these and some others; the second takes whole pairs and escaped backslashes out before it looks for
-- escapes, the third takes strings out, as digests of files are, before it looks for numbers.
case
  when (:value)::text operator(pg_catalog.~) '\\u(0000|[dD][89a-fA-F])|[0-9][eE][-+]?[0-9]{5}'
    and (
      pg_catalog.regexp_replace(
        (:value)::text,
        '\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}',
        '',
        'g'
      ) operator(pg_catalog.~) '\\u(0000|[dD][89a-fA-F])'
      or pg_catalog.regexp_replace((:value)::text, '"([^"\\]|\\.)*"', '', 'g')
        operator(pg_catalog.~) '[0-9][eE]([+]?[0-9]{6}|-0*([0-9]{6}|[2-9][0-9]{4}|1[7-9][0-9]{3}|16[4-9][0-9]{2}|1639[0-9]|1638[4-9]))'
    )
    then pg_catalog.to_jsonb((:value)::text)
  else (:value)::jsonb
end
