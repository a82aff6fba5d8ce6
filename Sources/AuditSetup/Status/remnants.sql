-- The schemas whose functions capture tables, whatever has become of the audit tables; where those of some belong to
-- superusers or to this role, only these. For a database in which installations.sql finds nothing.
-- No parameters. Ordered by name.
with remnant as materialized (
    select
        s.nspname::text as schema_name,
        bool_and(
            p.proowner = me.oid or exists (select from pg_roles as r where r.oid = p.proowner and r.rolsuper)
        ) as is_trusted
    from pg_proc as p
    join pg_namespace as s on s.oid = p.pronamespace
    join pg_roles as me on me.rolname = current_user
    where p.proname like '%create\_activity'
        and (
            p.proname = 'create_activity' and obj_description(p.oid, 'pg_proc') like '{"audit-tui":%'
            or exists (
                select
                from pg_trigger as g
                where g.tgfoid = p.oid
                    and g.tgname like 'audit\_trigger\_%'
            )
        )
    group by s.nspname
)
select r.schema_name
from remnant as r
where r.is_trusted
    or not exists (select from remnant as o where o.is_trusted)
order by r.schema_name
