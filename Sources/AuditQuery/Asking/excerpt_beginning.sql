-- The beginning of the text of m.value, for excerpt.sql: of a document nothing, since making text of all of it takes its time.
case when pg_catalog.jsonb_typeof(m.value) in ('string', 'number')
then pg_catalog.jsonb_build_array(pg_catalog.left(m.value #>> '{}', 200)) else '[]' end
