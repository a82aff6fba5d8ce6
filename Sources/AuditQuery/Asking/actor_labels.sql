-- The labels of the actors with the given keys.
-- $1 text[]: keys. Columns: key, label. In no order. Relies on the key's own index.
select :actor_key_text, :actor_label_text
from :"actor_schema".:"actor_table" a
where :actor_match;
