-- The rows of a table as they are now, for a table that is small.
-- $1 int: at most so many. Columns: the row as jsonb. In no order; reads the table from its beginning.
select pg_catalog.to_jsonb(t.*)
from :"row_schema".:"row_table" t
limit $1::int;
