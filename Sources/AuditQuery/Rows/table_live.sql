-- The rows of a table as they are now, for a table that is small.
-- $1 int: at most so many. The variable row: the row t as jsonb. Columns: the row. In no order; reads the table from its
-- beginning.
select :row
from :"row_schema".:"row_table" t
limit $1::int;
