-- One audit schema: what exists and what is still missing; one row also when there is no such schema.
-- $1 text: the schema; $2 text[]: the names of our functions.
select
    s.oid is not null as schema_exists,
    coalesce(has_schema_privilege(s.oid, 'create'), false) as can_create,
    coalesce(pg_has_role(t.relowner, 'usage') and pg_has_role(a.relowner, 'usage'), false) as owns_tables,
    exists (
        select
        from pg_constraint as k
        where k.conrelid = t.oid
            and k.conname = 'transaction_unique_native_tx_id'
    ) as has_constraint,
    exists (
        select
        from (
            values (t.oid), (a.oid)
            union
            select p.relid
            from (values (t.oid), (a.oid)) as w (oid)
            cross join lateral pg_partition_tree(w.oid) as p
        ) as m (oid)
        join pg_class as c on c.oid = m.oid
        join pg_attribute as l on l.attrelid = c.oid
        cross join lateral aclexplode(c.relacl || l.attacl) as x
        where x.grantee <> c.relowner
            and x.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    ) as is_alterable,
    array(
        select g.tgname::text
        from pg_trigger as g
        where g.tgrelid = t.oid
            and g.tgname in ('complete_transaction', 'place_transaction')
    )::text as transaction_triggers,
    coalesce(am.rows, 0)::bigint as estimated_activities,
    coalesce(tm.rows, 0)::bigint as estimated_transactions,
    coalesce(am.bytes, 0)::bigint as activity_bytes,
    coalesce(tm.bytes, 0)::bigint as transaction_bytes,
    fs.nspname::text as actor_schema,
    f.relname::text as actor_table,
    fc.attname::text as actor_key,
    coalesce(obj_description(s.oid, 'pg_namespace') like 'Audit trail made by audit-tui%', false)
        and not exists (
            select
            from pg_depend as d
            where d.refclassid = 'pg_namespace'::regclass
                and d.refobjid = s.oid
                and d.deptype = 'n'
                and not (d.classid = 'pg_class'::regclass and d.objid in (
                    select c.oid
                    from pg_class as c
                    where c.oid in (t.oid, a.oid)
                        or c.relkind = 'S'
                        and exists (
                            select
                            from pg_depend as o
                            where o.classid = 'pg_class'::regclass
                                and o.objid = c.oid
                                and o.refobjid in (t.oid, a.oid)
                                and o.deptype in ('a', 'i')
                        )
                ))
                and not (d.classid = 'pg_proc'::regclass and d.objid in (
                    select p.oid
                    from pg_proc as p
                    where p.proname = any ($2::text[])
                        or p.proname like '%\_create\_activity'
                ))
        ) as is_our_schema_alone,
    exists (
        select
        from pg_trigger as g
        join pg_proc as p on p.oid = g.tgfoid
        where g.tgrelid = a.oid
            and g.tgconstrrelid = t.oid
            and g.tgisinternal
            and g.tgenabled <> 'D'
            and p.proname = 'RI_FKey_check_ins'
            and a.relkind = 'r'
    ) as checks_references,
    exists (
        select
        from pg_trigger as g
        where g.tgrelid = a.oid
            and g.tgname = 'audit_notify'
    ) as has_notification,
    pg_get_userbyid(a.relowner)::text as owner,
    exists (select from pg_roles as r where r.oid = a.relowner and r.rolsuper)
        and exists (select from pg_roles as r where r.oid = t.relowner and r.rolsuper) as is_of_superuser,
    coalesce(t.relowner = a.relowner, true) as is_of_one,
    coalesce(has_schema_privilege(a.relowner, s.oid, 'create'), false) as owner_can_create,
    exists (
        select
        from pg_subscription_rel as r
        where r.srrelid in (t.oid, a.oid)
            or r.srrelid in (select m.relid from pg_partition_tree(a.oid) as m)
    ) as is_subscribed,
    coalesce(
        (
            select min(p.pubname)::text
            from pg_publication_tables as p
            join pg_namespace as n on n.nspname = p.schemaname
            join pg_class as c on c.relnamespace = n.oid and c.relname = p.tablename
            where c.oid in (t.oid, a.oid)
                or c.oid in (select m.relid from pg_partition_tree(a.oid) as m)
        ),
        -- It will send a trail that is not there yet, too.
        (select min(p.pubname)::text from pg_publication as p where p.puballtables)
    ) as publication,
    array(
        select g.tgname::text
        from pg_trigger as g
        where g.tgrelid = t.oid
            and g.tgname in ('complete_transaction', 'place_transaction')
            and g.tgenabled = 'A'
    )::text as transaction_triggers_always,
    array(
        select c.relname::text
        from pg_class as c
        where c.oid in (t.oid, a.oid)
            and c.relrowsecurity
        order by 1
    )::text as row_security,
    current_setting('max_prepared_transactions')::integer > 0 as prepares_transactions,
    array(
        select c.relname::text
        from pg_class as c
        where c.relnamespace = s.oid
            and c.relkind in ('i', 'I')
            and c.relname like 'ix\_%'
            and not exists (
                select
                from pg_index as i
                where i.indexrelid = c.oid
                    and i.indrelid in (t.oid, a.oid)
            )
    )::text as other_index_names
from (select $1::text as schema_name) as given
left join pg_namespace as s on s.nspname = given.schema_name
left join pg_class as t on t.relnamespace = s.oid and t.relname = 'transaction' and t.relkind in ('r', 'p')
left join pg_class as a on a.relnamespace = s.oid and a.relname = 'activity' and a.relkind in ('r', 'p')
cross join lateral (
    select
        sum(c.reltuples) filter (where c.relkind <> 'p') as rows,
        sum(pg_total_relation_size(c.oid)) as bytes
    from (select t.oid union select p.relid from pg_partition_tree(t.oid) as p) as m (oid)
    join pg_class as c on c.oid = m.oid
) as tm
cross join lateral (
    select
        sum(c.reltuples) filter (where c.relkind <> 'p') as rows,
        sum(pg_total_relation_size(c.oid)) as bytes
    from (select a.oid union select p.relid from pg_partition_tree(a.oid) as p) as m (oid)
    join pg_class as c on c.oid = m.oid
) as am
left join pg_attribute as tc on tc.attrelid = t.oid and tc.attname = 'actor_id' and not tc.attisdropped
left join pg_constraint as k on k.conrelid = t.oid and k.contype = 'f' and k.conkey = array[tc.attnum]
left join pg_class as f on f.oid = k.confrelid
left join pg_namespace as fs on fs.oid = f.relnamespace
left join pg_attribute as fc on fc.attrelid = f.oid and fc.attnum = k.confkey[1]
limit 1
