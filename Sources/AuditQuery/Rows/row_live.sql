-- One row of a table as it is now, and its key as the trail writes it.
-- $1, $2 and so on: the values of the key, of the types of its columns or text. The variables: key, a list of these, named
-- like the columns; key_row, the key k as jsonb; match, the comparison of the row t with the key k; row, the row t as jsonb.
-- Columns: the key; the row, null when there is none. Relies on the primary key of the table.
select :key_row,
  (select :row from :"row_schema".:"row_table" t where :match limit 1)
from (select :key) k;
