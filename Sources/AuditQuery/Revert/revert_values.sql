-- What tells large values of the trail from all others, in the order in which they are asked for.
-- $1 bigint[]: activities; $2 boolean[]: whether it is what was there before; $3 text[]: columns. Columns: the bytes of the value as
-- text, and the SHA-256 of the text of its jsonb in hexadecimal digits, both null where there is none.
-- Relies on the primary key of activity.
select pg_catalog.octet_length(v.value #>> '{}'),
  pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(v.value::text, 'UTF8')), 'hex')
from rows from (pg_catalog.unnest($1::bigint[]), pg_catalog.unnest($2::boolean[]), pg_catalog.unnest($3::text[]))
  with ordinality as w (activity, is_old, name, place)
left join lateral (
  select case when w.is_old then a.old_data else a.changed_data end -> w.name as value
  from :"schema".activity a
  where a.id = w.activity
  limit 1
) v on true
order by w.place;
