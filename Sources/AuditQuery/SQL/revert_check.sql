-- Rows as the columns of a table would hold them, and the rows of their keys as they are.
-- $1 jsonb[]: rows, or parts of such with the columns of the key. The variables: record, the columns of the table with
-- their types; match, the comparison of the row t with the row r; references, for each foreign key how many rows refer to
-- r, or whether the row that it refers to is there, as elements of an array of bigint; holders, for each unique key the row
-- that has its values, as elements of an array of jsonb. Columns: the row as the table
-- would hold it, as jsonb; the row that is there, as jsonb, null without one; the references; the holders. In the order of $1.
-- Relies on the primary key of the table and on indexes of the foreign keys.
select pg_catalog.to_jsonb(r.*), pg_catalog.to_jsonb(t.*), pg_catalog.to_json(array[:references]::bigint[]),
  pg_catalog.to_json(array[:holders]::jsonb[])
from unnest($1::jsonb[]) with ordinality as d (document, place)
cross join lateral pg_catalog.jsonb_to_record(d.document) as r (:record)
left join :"row_schema".:"row_table" t on :match
order by d.place;
