-- Whether there is an index of that name whose building or dropping was broken off; one row.
-- $1 text: its schema; $2 text: its name.
select exists (
    select
    from pg_index as i
    join pg_class as c on c.oid = i.indexrelid
    join pg_namespace as s on s.oid = c.relnamespace
    where s.nspname = $1
        and c.relname = $2
        and not (i.indisvalid and i.indisready and i.indislive)
) as is_unfinished
