-- The data of a row, by its key and version. `seed` is a lot of the row's own, columns are counted from 0.

-- The version, up to this one, in which a column last took a new value: each update gives one to one of the columns 0
-- to 4, and every second update to one of the columns 5 to 7.
create function generator.changed_in(col int, key bigint, version bigint) returns bigint
language sql immutable parallel safe as $$
  select greatest(0, version - case when col < 5 then (version + key + col) % 5 else (version + key + 2 * col) % 6 end)
$$;

-- The value that a column took in a version in which it changed; it differs from the one before.
create function generator.value(col int, is_long boolean, seed bigint, version bigint) returns jsonb
language sql stable parallel safe as $$
  select case col
    when 0 then pg_catalog.to_jsonb(generator.person(seed + (version + 4) / 5, generator.lot(seed + version, 0)))
    when 1 then pg_catalog.to_jsonb(pg_catalog.to_hex(seed) || '.' || version || '@example.com')
    when 2 then pg_catalog.to_jsonb(
      case when is_long then generator.chapter(generator.lot(seed + version, 2))
        else generator.sentence(generator.lot(seed + version, 2)) end)
    when 3 then pg_catalog.to_jsonb(pg_catalog.round(generator.lot(seed + version, 3) % 1000000 / 100.0, 2))
    when 4 then pg_catalog.to_jsonb((version + 4) / 5 % 2 = 1)
    when 5 then pg_catalog.to_jsonb(
      (array['new', 'pending', 'approved', 'done', 'closed', 'archived'])[1 + (version + 5) / 6 % 6])
    when 6 then pg_catalog.to_jsonb(
      timestamp '2024-01-01' + generator.lot(seed + version, 6) % 63158400 * interval '1 second')
    else pg_catalog.to_jsonb(version)
  end
$$;

-- The whole row in a version.
create function generator.state(columns text[], is_long boolean, key bigint, seed bigint, version bigint) returns jsonb
language sql stable parallel safe as $$
  select pg_catalog.jsonb_build_object(
    'id', key,
    'uuid', pg_catalog.md5(seed::text)::uuid,
    'created_at', timestamp '2023-12-01' + seed % 2592000 * interval '1 second',
    columns[1], generator.value(0, is_long, seed, generator.changed_in(0, key, version)),
    columns[2], generator.value(1, is_long, seed, generator.changed_in(1, key, version)),
    columns[3], generator.value(2, is_long, seed, generator.changed_in(2, key, version)),
    columns[4], generator.value(3, is_long, seed, generator.changed_in(3, key, version)),
    columns[5], generator.value(4, is_long, seed, generator.changed_in(4, key, version)),
    columns[6], generator.value(5, is_long, seed, generator.changed_in(5, key, version)),
    columns[7], generator.value(6, is_long, seed, generator.changed_in(6, key, version)),
    columns[8], generator.value(7, is_long, seed, generator.changed_in(7, key, version)),
    columns[9], 1 + seed % 5000,
    'lock_version', version)
$$;

-- What an update to a version writes: the version itself, the one of the columns 0 to 4 that `changed_in` names, and
-- the one of the others or null.
create function generator.change(columns text[], is_long boolean, seed bigint, version bigint, col int, other_col int)
returns jsonb
language sql stable parallel safe as $$
  select
    pg_catalog.jsonb_build_object(
      'lock_version', version,
      columns[col + 1], generator.value(col, is_long, seed, version))
    || case when other_col is null then '{}'
      else pg_catalog.jsonb_build_object(columns[other_col + 1], generator.value(other_col, is_long, seed, version)) end
$$;
