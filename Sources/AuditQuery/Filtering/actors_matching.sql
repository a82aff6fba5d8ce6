-- The actors whose label or key is like one of the patterns, by label.
-- $1 text[]: patterns (like); $2 int: how many.
-- Columns: key, label. Reads the whole actor table as a rule.
select :actor_key_text, :actor_label_text
from :"actor_schema".:"actor_table" a
where :actor_label_text operator(pg_catalog.~~*) any ($1::text[])
   or :actor_key_text operator(pg_catalog.~~*) any ($1::text[])
order by 2, 1
limit $2::int;
