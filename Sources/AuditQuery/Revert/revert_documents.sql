-- A part of revert_check.sql in the place of :documents: rows of which large values are taken out of the trail.
-- $1 jsonb[]: rows without these values; $2 jsonb[]: for each an object with what is missing, by column: an array of the id of the
-- activity, whether it is what was there before, and the column there. Relies on the primary key of activity.
(
  select w.document || coalesce((
      select pg_catalog.jsonb_object_agg(m.key, (
        select case when (m.value ->> 1)::boolean then a.old_data else a.changed_data end -> (m.value ->> 2)
        from :"schema".activity a
        where a.id = (m.value ->> 0)::bigint
        limit 1
      ))
      from pg_catalog.jsonb_each(w.large) as m
    ), '{}') as document,
    w.place
  from rows from (pg_catalog.unnest($1::jsonb[]), pg_catalog.unnest($2::jsonb[]))
    with ordinality as w (document, large, place)
  offset 0
) d
