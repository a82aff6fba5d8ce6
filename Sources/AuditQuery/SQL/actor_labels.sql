-- The labels of the actors with the given keys.
-- $1 text[]: keys. Columns: key, label. In no order. Relies on the key's own index.
select a.:"actor_key"::text, a.:"actor_label"::text
from :"actor_schema".:"actor_table" a
where a.:"actor_key" = any (cast($1::text[] as :"actor_type_schema".:"actor_type"[]));
