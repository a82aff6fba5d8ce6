-- What does a statement of a revert, as a text that is run for each: values and names come in settings. These are
-- audit_revert.name, the row in words; audit_revert.rows, the values as json; audit_revert.parts, the names of the settings that
-- hold SQL to be run one after the other, each with a snapshot of its own: find or lock, look_1 and so on, act, seen;
-- audit_revert.target, the table as SQL names it; for look_1 that of audit_revert.in_1. The variable handler: what is done with what
-- a constraint, or a row that holds something else, forbids.
--
-- Where columns that were changed since are skipped, find locks the row and answers with what becomes of each column: held, it is
-- taken back; done, it is so already; changed, it stays; kept, it stays as well. The statements behind it read that as states.
-- The names of these columns are in audit_revert.rows, as columns, for messages only.
--
-- All is read before anything is run, and what is set is set again behind it: triggers can set what they like.
--
-- A superuser writes a table of a superuser with rights of his own: nothing of any other role may act on it then. It is
-- looked for once for each table, in audit_revert.safe are those that are done: what holds cannot change while they are locked,
-- but for the constraints of a domain, which must therefore not be of others.
do $do$
declare
  name constant text := current_setting('audit_revert.name');
  given jsonb := current_setting('audit_revert.rows')::jsonb;
  wanted constant bigint :=
    case jsonb_typeof(given -> 'put') when 'array' then jsonb_array_length(given -> 'put') else 1 end;
  parts constant text[] := string_to_array(current_setting('audit_revert.parts'), ' ');
  texts constant text[] := array(select current_setting('audit_revert.' || p) from unnest(parts) as p);
  tables constant text[] := array(
    select current_setting('audit_revert.' || case when starts_with(p, 'look') then replace(p, 'look', 'in') else 'target' end)
    from unnest(parts) as p);
  kept constant text[] := array[
    'client_encoding', 'row_security', 'datestyle', 'intervalstyle', 'timezone', 'array_nulls', 'xmloption',
    'transform_null_equals', 'lock_timeout', 'audit_revert.step', 'audit_revert.path', 'search_path'];
  settings constant text[] := array(select current_setting(k) from unnest(kept) as k);
  is_superuser constant boolean := (select r.rolsuper from pg_roles as r where r.rolname = current_user);
  safe text := current_setting('audit_revert.safe');
  relation oid;
  owner name;
  reason text;
  detail text;
  is_held boolean := parts[1] not in ('find', 'lock');
  is_question boolean;
  affected bigint;
  answer jsonb;
  changed text;
  others text;
begin
  for i in 1 .. cardinality(parts) loop
    -- What was not there to be locked may be there by now, and nobody has looked who refers to it.
    continue when not is_held and (starts_with(parts[i], 'look') or parts[i] = 'act');
    -- Once it is locked, nobody puts another in its place.
    if is_superuser then execute 'lock table ' || tables[i] || ' in row exclusive mode'; end if;
    select c.oid, case when is_superuser and not r.rolsuper then r.rolname else '' end into relation, owner
    from pg_class as c
    join pg_roles as r on r.oid = c.relowner
    where c.oid = tables[i]::regclass and c.relkind in ('r', 'p');
    if owner is null then raise exception '% is no table', tables[i]; end if;
    if is_superuser and owner = '' and relation::text <> all (string_to_array(safe, ' ')) then
      reason := (
        with recursive reached (class, object) as (
          select 'pg_class'::regclass::oid, relation
          union
          (
            with known as (select * from reached)
            select 'pg_class'::regclass::oid, h.inhrelid
            from known as k
            join pg_inherits as h on h.inhparent = k.object
            where k.class = 'pg_class'::regclass
            union all
            -- Parts: triggers, constraints, defaults, rules, policies and indexes of a table, fields of a type.
            select d.classid, d.objid
            from known as k
            join pg_depend as d on d.refclassid = k.class and d.refobjid = k.object and d.deptype in ('a', 'i')
            left join pg_class as c on d.classid = 'pg_class'::regclass and c.oid = d.objid
            where k.class in ('pg_class'::regclass, 'pg_type'::regclass)
              and (c.oid is null or c.relkind in ('i', 'I', 'c'))
            union all
            select d.refclassid, d.refobjid
            from known as k
            join pg_depend as d on d.classid = k.class and d.objid = k.object
            where k.class <> 'pg_proc'::regclass
              and d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass)
          )
        )
        select concat(a.what, ' of role ', r.rolname)
        from reached as k
        cross join lateral (
          select concat('partition ', c.oid::regclass), c.relowner
          from pg_class as c
          where k.class = 'pg_class'::regclass and c.oid = k.object and c.relkind in ('r', 'p', 'f')
          union all
          select concat('function ', p.oid::regprocedure), p.proowner
          from pg_proc as p
          where k.class = 'pg_proc'::regclass and p.oid = k.object and not p.prosecdef
          union all
          select concat('domain ', format_type(t.oid, null)), t.typowner
          from pg_type as t
          where k.class = 'pg_type'::regclass and t.oid = k.object and t.typtype = 'd'
        ) as a (what, owner)
        join pg_roles as r on r.oid = a.owner and not r.rolsuper
        limit 1);
      if reason is not null then
        raise exception '% acts on % and would run with your rights', reason, tables[i]
          using hint = 'Run this as a role that is no superuser.';
      end if;
      safe := concat(safe, ' ', relation);
    end if;
    is_question := parts[i] = 'find';
    if owner <> '' then
      select r.affected, r.answer into affected, answer
      from pg_temp.audit_revert_as(owner, current_setting('audit_revert.path'), texts[i], given, is_question) as r;
    else
      perform set_config('search_path', current_setting('audit_revert.path'), true);
      if is_question then
        execute texts[i] into answer using given;
      else
        execute texts[i] using given;
      end if;
      get diagnostics affected = row_count;
    end if;
    perform pg_catalog.set_config(s.key, s.value, true)
    from rows from (pg_catalog.unnest(kept), pg_catalog.unnest(settings)) as s(key, value);
    perform pg_catalog.set_config('audit_revert.safe', safe, true);
    if parts[i] = 'lock' then
      is_held := affected > 0;
    elsif parts[i] = 'find' then
      continue when affected = 0;
      is_held := answer ? 'held';
      given := given || jsonb_build_object('states', answer);
      select string_agg(s.name, ', ') filter (where s.state = 'changed'), string_agg(s.name, ', ') filter (where s.state = 'kept')
      into changed, others
      from rows from (jsonb_array_elements_text(answer), jsonb_array_elements_text(given -> 'columns')) as s(state, name);
      exit when not is_held and changed is not null;
      if not is_held then
        raise notice '%: nothing to do', name;
        return;
      end if;
    elsif starts_with(parts[i], 'look') and affected > 0 then
      raise exception '%: rows of % refer to it that are no part of this', name, tables[i]
        using errcode = 'integrity_constraint_violation';
    elsif parts[i] = 'act' then
      if affected = wanted then
        if changed is not null then
          raise warning 'skipped columns: %: changed since: %', name, concat(changed, '; kept with it: ' || others);
        end if;
        return;
      end if;
      exit when affected > 0;
    elsif parts[i] = 'seen' and affected > 0 then
      raise notice '%: nothing to do', name;
      return;
    end if;
  end loop;
  raise exception '% does not hold what was written', name using errcode = 'integrity_constraint_violation';
exception when integrity_constraint_violation then
  :handler
end
$do$
