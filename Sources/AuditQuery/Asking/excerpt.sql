-- An expression: the jsonb of an activity or a row as text. Of an object of more than so many bytes `=` and an object: rest has
-- the members that are not large, and the key; large tells of each other one its kind, its bytes as they are stored, its hash, and
-- what there is of its text. Null for what is large and no object.
-- The variables: data, the column; limit, the number of bytes; member_limit, that from which a member is large; is_key, whether
-- v.key is a column of the key; seed, that of the hashes; part, an array with what there is of the text of m.value, which is the
-- member m.key.
case
  when pg_catalog.jsonb_typeof(:data) <> 'object' then
    case when pg_catalog.octet_length(:data::text) <= :limit then :data::text end
  when pg_catalog.pg_column_size(:data || '{}') <= :limit then :data::text
  else (
    select pg_catalog.concat('=', pg_catalog.jsonb_build_object(
      'rest', coalesce(pg_catalog.jsonb_object_agg(m.key, m.value) filter (where m.is_kept), '{}'),
      'large', coalesce(
        pg_catalog.jsonb_object_agg(
          m.key,
          pg_catalog.jsonb_build_array(
            pg_catalog.jsonb_typeof(m.value), m.size, pg_catalog.jsonb_hash_extended(m.value, :seed)
          ) || :part
        ) filter (where not m.is_kept),
        '{}'
      )
    ))
    from (
      select v.key, v.value, s.size, s.size <= :member_limit or (:is_key) is true as is_kept
      from (
        -- The whole is unpacked once, not for each member.
        select k.key, d.whole -> k.key as value
        from (select :data || '{}' as whole offset 0) d
        cross join lateral pg_catalog.jsonb_object_keys(d.whole) as k (key)
        offset 0
      ) v
      cross join lateral (select pg_catalog.pg_column_size(v.value) as size offset 0) s
      offset 0
    ) m
  )
end
