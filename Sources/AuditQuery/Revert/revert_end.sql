-- The block before the end of a revert. What others deferred until then would run with the rights of the superuser who commits.
do $revert$
begin
  if (select r.rolsuper from pg_roles as r where r.rolname = current_user) then
    if exists (
      select
      from pg_trigger as t
      join pg_proc as p on p.oid = t.tgfoid and not p.prosecdef
      join pg_roles as r on r.oid = p.proowner and not r.rolsuper
      -- Since 18 they run with the rights of whoever wrote the row.
      where t.tgdeferrable and not t.tgisinternal and current_setting('server_version_num')::int < 180000
    ) or exists (
      select
      from pg_constraint as c
      join pg_index as i on i.indexrelid = c.conindid and (i.indexprs is not null or i.indpred is not null)
      join pg_class as t on t.oid = c.conrelid
      join pg_roles as r on r.oid = t.relowner and not r.rolsuper
      where c.condeferrable
    ) then
      raise exception 'deferred triggers or constraints of others would run with your rights'
        using hint = 'Run this as the owner of the tables.';
    end if;
    drop function pg_temp.audit_revert_as(name, text, text, jsonb, bool);
  end if;
end
$revert$;
