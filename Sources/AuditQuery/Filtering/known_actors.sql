-- Which of several names stand for an actor of the actor table.
-- $1 text[]: patterns (like) of keys or labels. Columns: whether there is one. Ordered as given.
-- Reads the whole actor table as a rule.
select exists (
    select from :"actor_schema".:"actor_table" a
    where :actor_label_text operator(pg_catalog.~~*) p.pattern
       or :actor_key_text operator(pg_catalog.~~*) p.pattern
  )
from pg_catalog.unnest($1::text[]) with ordinality as p (pattern, place)
order by p.place;
