-- The key of a row as the trail writes it, where the table may not be read.
-- The parameters and variables of row_key.sql. Columns: the key; null.
select :key_row, null from (select :key) k;
