-- The key of a row as the trail writes it, whether there is such a row or not, and as the row has it that is equal to it.
-- $1, $2 and so on: the values of the key, of the types of its columns or text. The variables: key, a list of these, named
-- like the columns; key_row, the key k as jsonb; match, the comparison of the row t with the key k; live_key, the key of t as
-- jsonb. Columns: the key; the key of the row, null when there is none. Relies on the primary key of the table.
select :key_row,
  (select :live_key from :"row_schema".:"row_table" t where :match limit 1)
from (select :key) k;
