-- Takes the right to change what is written from everyone but the owner of the audit tables and of their partitions.
-- Default privileges may have granted it to any role, hence the walk over the access lists.
do $body$
declare
    held record;
begin
    for held in
        select distinct c.oid::pg_catalog.regclass as audit_table, a.grantee
        from pg_catalog.pg_class as c
        join pg_catalog.pg_attribute as l on l.attrelid = c.oid
        cross join lateral pg_catalog.aclexplode(c.relacl operator(pg_catalog.||) l.attacl) as a
        where c.oid in (
                select m.oid
                from pg_catalog.pg_class as r
                join pg_catalog.pg_namespace as s on s.oid = r.relnamespace
                cross join lateral (
                    select r.oid
                    union
                    select p.relid
                    from pg_catalog.pg_partition_tree(r.oid) as p
                ) as m
                where s.nspname = :'schema'
                    and r.relname in ('transaction', 'activity')
            )
            and a.grantee <> c.relowner
            and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    loop
        execute pg_catalog.format(
            'revoke update, delete, truncate on table %s from %s',
            held.audit_table,
            case
                when held.grantee = 0 then 'public'
                else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee))
            end
        );
    end loop;
end
$body$;
