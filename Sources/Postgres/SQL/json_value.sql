-- A json value as capture stores it: as jsonb, or as a string where jsonb cannot hold it, for \u0000, half a surrogate
-- pair, or a number beyond numeric. An expression. The variable value: the json value.
case
  when pg_catalog.regexp_replace(
      (:value)::text,
      '\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}',
      '',
      'g'
    ) operator(pg_catalog.~) '\\u(0000|[dD][89a-fA-F])|[0-9][eE][-+]?[0-9]{6}'
    then pg_catalog.to_jsonb((:value)::text)
  else (:value)::jsonb
end
