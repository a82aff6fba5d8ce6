-- One row of a table as it is now, and its key as the trail writes it.
-- $1, $2 and so on text: the values of the key. The variable key: a list of these, each cast to the type of its column and
-- named like it; match: the comparison of the row t with the key k. Columns: the key as jsonb; the row as jsonb, null when
-- there is none. Relies on the primary key of the table.
select pg_catalog.to_jsonb(k.*),
  (select pg_catalog.to_jsonb(t.*) from :"row_schema".:"row_table" t where :match limit 1)
from (select :key) k;
