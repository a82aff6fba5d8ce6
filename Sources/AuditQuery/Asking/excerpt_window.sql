-- A part of the text of m.value, for excerpt.sql: in hexadecimal digits, around the first byte in which it differs from the value of
-- that name in the column other, else from the beginning; and how many bytes are before it.
-- The texts are compared in slices, then within the first that differs.
(
  select pg_catalog.jsonb_build_array(
    pg_catalog.encode(pg_catalog.substring(b.own, w.start + 1, 8192), 'hex'), w.start, pg_catalog.octet_length(b.own)
  )
  from (
    select
      pg_catalog.textsend(case when pg_catalog.jsonb_typeof(m.value) = 'string' then m.value #>> '{}' else m.value::text end) as own,
      pg_catalog.textsend(
        case when pg_catalog.jsonb_typeof(m.value) <> pg_catalog.jsonb_typeof(:other -> m.key) then null
             when pg_catalog.jsonb_typeof(m.value) = 'string' then :other ->> m.key
             else (:other -> m.key)::text end
      ) as other
    offset 0
  ) b
  cross join lateral (
    select min(i) as place
    from pg_catalog.generate_series(1, pg_catalog.octet_length(b.own), 65536) as i
    where pg_catalog.substring(b.own, i, 65536) <> pg_catalog.substring(b.other, i, 65536)
  ) s
  cross join lateral (
    select coalesce(min(i), s.place, 1) as place
    from pg_catalog.generate_series(s.place, s.place + 65535, 64) as i
    where pg_catalog.substring(b.own, i, 64) <> pg_catalog.substring(b.other, i, 64)
  ) f
  cross join lateral (select greatest(0, f.place - 1025) as start) w
)
