-- The actors whose label or key is like one of the patterns, by label.
-- $1 text[]: patterns (like); $2 int: how many.
-- Columns: key, label. Reads the whole actor table as a rule.
select a.:"actor_key"::text, a.:"actor_label"::text
from :"actor_schema".:"actor_table" a
where a.:"actor_label"::text operator(pg_catalog.~~*) any ($1::text[])
   or a.:"actor_key"::text operator(pg_catalog.~~*) any ($1::text[])
order by 2, 1
limit $2::int;
