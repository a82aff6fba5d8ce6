-- What the trail holds about each of the given tables, and whether their rows may be read.
-- $1 text[]: schemas; $2 text[]: names, pairwise. In the order given; truncates in no order, since one would have all
-- activities sorted, and with an empty time where there is none. Reads all of activity unless an index begins with
-- table_name.
select
    has_table_privilege(c.oid, 'select') as is_readable,
    row_security_active(c.oid) as is_restricted,
    coalesce(f.activities, 0) as activities,
    coalesce(f.truncate_ids, '{}')::text as truncate_ids,
    coalesce(f.truncate_times, '{}')::text as truncate_times
from unnest($1::text[], $2::text[]) with ordinality as given (schema_name, table_name, position)
join pg_namespace as s on s.nspname = given.schema_name
join pg_class as c on c.relnamespace = s.oid and c.relname = given.table_name
left join (
    select
        a.schema,
        a.table_name,
        count(*) as activities,
        array_agg(a.id) filter (where a.verb = 'truncate') as truncate_ids,
        array_agg(coalesce(a.issued_at::text, '')) filter (where a.verb = 'truncate') as truncate_times
    from :"schema".activity as a
    where a.table_name = any ($2::text[])
    group by a.schema, a.table_name
) as f on f.schema = given.schema_name and f.table_name = given.table_name
order by given.position
