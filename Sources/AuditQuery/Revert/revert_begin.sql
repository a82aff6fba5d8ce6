-- The block at the beginning of a revert. Reads the settings audit_revert.database and audit_revert.system, the second empty
-- where the cluster's identifier is not known. Leaves in audit_revert.path the path in which triggers look for names, as
-- the session has it, and pins that of the script. Everything is qualified: the session's path may be anybody's.
--
-- Triggers, checks and defaults of a table run with the rights of whoever writes it. A superuser therefore writes in the
-- name of the table's owner: in a function that is the owner's, within which the server lets nobody take another role.
-- That is made anew for every statement, since its owner may alter it.
do $revert$
begin
  if pg_catalog.current_database() operator(pg_catalog.<>) pg_catalog.current_setting('audit_revert.database') then
    raise exception 'this script was made for database % of another server or name',
      pg_catalog.current_setting('audit_revert.database');
  end if;
  if pg_catalog.current_setting('audit_revert.system') operator(pg_catalog.<>) ''
      and pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute') then
    if (select c.system_identifier from pg_catalog.pg_control_system() as c)::pg_catalog.text
        operator(pg_catalog.<>) pg_catalog.current_setting('audit_revert.system') then
      raise exception 'this script was made for database % of another server or name',
        pg_catalog.current_setting('audit_revert.database');
    end if;
  end if;
  -- Since PostgreSQL 17.
  if pg_catalog.current_setting('transaction_timeout', true) is not null then
    perform pg_catalog.set_config('transaction_timeout', '0', true);
  end if;
  -- Without foreign keys and triggers nothing below would hold.
  if pg_catalog.current_setting('session_replication_role') operator(pg_catalog.<>) 'origin' then
    perform pg_catalog.set_config('session_replication_role', 'origin', true);
  end if;
  perform
    pg_catalog.set_config(
      'audit_revert.path', pg_catalog.concat('pg_catalog, ', pg_catalog.current_setting('search_path')), true),
    pg_catalog.set_config('audit_revert.safe', '', true),
    pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname operator(pg_catalog.=) current_user) then
    execute $make$
      create or replace function pg_temp.audit_revert_as(
        owner pg_catalog.name, path pg_catalog.text, statement pg_catalog.text, given pg_catalog.jsonb,
        is_question pg_catalog.bool, out affected pg_catalog.int8, out answer pg_catalog.jsonb)
      language plpgsql as $as$
      begin
        create or replace function pg_temp.audit_revert_run(
          statement pg_catalog.text, given pg_catalog.jsonb, is_question pg_catalog.bool,
          out affected pg_catalog.int8, out answer pg_catalog.jsonb)
        language plpgsql security definer as $run$
        begin
          if is_question then
            execute statement into answer using given;
          else
            execute statement using given;
          end if;
          get diagnostics affected = row_count;
        end
        $run$;
        execute pg_catalog.format('alter function pg_temp.audit_revert_run(text, jsonb, bool) owner to %I', owner);
        perform pg_catalog.set_config('search_path', path, true);
        select r.affected, r.answer into affected, answer
        from pg_temp.audit_revert_run(statement, given, is_question) as r;
        perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        drop function if exists pg_temp.audit_revert_run(text, jsonb, bool);
      end
      $as$
    $make$;
  end if;
end
$revert$;
