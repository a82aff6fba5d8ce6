-- The block before a statement of a revert of which values are too large for a script: takes them out of the trail and puts them
-- where they would stand otherwise, into the setting audit_revert.rows. Reads the settings audit_revert.trail, the schema of the
-- trail, and audit_revert.large, a list with an object for each value: activity, side and column, where it is in the trail;
-- bytes and sha256, of its text and of that of the jsonb, what it must be; into, the paths at which it is put; name, it in words.
-- The variable safeguard: what looks at the trail (safeguard.sql), as a literal.
--
-- The trail must be a table still, on which nothing of roles acts that are not trusted. A superuser reads one that belongs to a role
-- that is none with the rights of that role, as he writes tables. No value stands in a message.
do $revert$
declare
  wanted constant jsonb := current_setting('audit_revert.large')::jsonb;
  given jsonb := current_setting('audit_revert.rows')::jsonb;
  trail_schema constant text := current_setting('audit_revert.trail');
  trail constant text := format('%I.activity', trail_schema);
  is_superuser constant boolean := (select r.rolsuper from pg_roles as r where r.rolname = current_user);
  owner name;
  readable bigint;
  item jsonb;
  place jsonb;
  reading text;
  affected bigint;
  answer jsonb;
begin
  -- Once it is locked, nobody puts another in its place.
  execute 'lock table ' || trail || ' in access share mode';
  begin
    execute :safeguard using array[trail_schema], array['activity'], array['{}'::json], array['rp'], '{}'::text[];
  exception when invalid_text_representation then
    raise exception 'the trail cannot be read: %', substring(sqlerrm from 'audit-tui\{(.*)\}');
  end;
  select case when is_superuser and not r.rolsuper then r.rolname else '' end,
    (select count(*)
     from pg_attribute as a
     join pg_type as t on t.oid = a.atttypid
     where a.attrelid = c.oid
       and case when t.typtype = 'd' then t.typbasetype else t.oid end = any (
         case a.attname when 'id' then '{int4,int8}'::regtype[] when 'old_data' then '{jsonb}' when 'changed_data' then '{jsonb}'
         end))
  into owner, readable
  from pg_class as c
  join pg_roles as r on r.oid = c.relowner
  where c.oid = trail::regclass;
  if readable is distinct from 3 then raise exception 'the trail cannot be read: % is not what it was', trail; end if;
  for item in select e.value from jsonb_array_elements(wanted) as e loop
    reading := format(
      'select a.%I operator(pg_catalog.->) ($1 operator(pg_catalog.->>) ''column'') from %s as a
       where a.id operator(pg_catalog.=) ($1 operator(pg_catalog.->>) ''activity'')::pg_catalog.int8',
      item ->> 'side', trail);
    if owner <> '' then
      select r.affected, r.answer into affected, answer
      from pg_temp.audit_revert_as(owner, 'pg_catalog, pg_temp', reading, item, true) as r;
    else
      execute reading into answer using item;
      get diagnostics affected = row_count;
    end if;
    if affected = 0 then
      raise exception '%: the activity is gone from the trail', item ->> 'name';
    end if;
    if answer is null or octet_length(answer #>> '{}') is distinct from (item ->> 'bytes')::bigint
        or encode(sha256(convert_to(answer::text, 'UTF8')), 'hex') is distinct from item ->> 'sha256' then
      raise exception '%: the trail does not hold the value that it held when this script was made', item ->> 'name';
    end if;
    for place in select e.value from jsonb_array_elements(item -> 'into') as e loop
      given := jsonb_set(given, array(select p.value from jsonb_array_elements_text(place) as p), answer);
    end loop;
  end loop;
  perform set_config('audit_revert.rows', given::text, true);
end
$revert$;
