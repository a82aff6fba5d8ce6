-- Rows as the columns of a table would hold them, and the rows of their keys as they are.
-- $1 jsonb[]: rows, or parts of such with the columns of the key. The variables: documents, these as d, with their place in the
-- array; record, the record r of a document, with the
-- columns of the table in their types, but as jsonb where somebody's code might read them; normal, r as capture would write
-- it; match, the comparison of the row t with r; row, t as capture would write it; references, for each foreign key how many
-- rows refer to r, or whether the row that it refers to is there, as elements of an array of bigint; holders, for each unique key
-- the key and unique columns of the row that has its values, as elements of an array of jsonb. Columns: the row as the table
-- would hold it; the row that is there, null without one, both as excerpt.sql makes them; the references; the holders. In the
-- order of $1.
-- Relies on the primary key of the table and on indexes of the foreign keys.
select :normal, t.row, pg_catalog.to_json(array[:references]::bigint[]), pg_catalog.to_json(array[:holders]::jsonb[])
from :documents
cross join lateral :record
left join lateral (select :row as row from :"row_schema".:"row_table" t where :match) t on true
order by d.place;
