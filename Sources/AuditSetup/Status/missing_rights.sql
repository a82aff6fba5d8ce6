-- The rights that recording needs and does not have: without them the writes fail that call for it.
-- $1 text: the audit schema; $2 text[]: the names of our functions. Ordered by role and object; no row where all is well.
-- Recording runs as the owner of the function that a trigger calls, and of the functions that this one calls in turn; these
-- belong to the owner of the audit tables, who also looks whether an activity's transaction is there.
-- kind: schema, table, column, sequence or function. arguments: of a function; column_name: of a column.
-- is_current: writes run as this role now; is_intended: they will once `init` has handed over what belongs to another.
with trail as (
    select
        s.oid as schema,
        s.nspname,
        t.oid as transaction,
        t.relowner as transaction_owner,
        a.oid as activity,
        a.relowner as owner
    from pg_namespace as s
    join pg_class as t on t.relnamespace = s.oid and t.relname = 'transaction' and t.relkind in ('r', 'p')
    join pg_class as a on a.relnamespace = s.oid and a.relname = 'activity' and a.relkind in ('r', 'p')
    where s.nspname = $1
), sequence (relation, oid) as materialized (
    select d.adrelid, r.refobjid
    from trail as l
    join pg_attrdef as d on d.adrelid in (l.transaction, l.activity)
    join pg_depend as r on r.classid = 'pg_attrdef'::regclass and r.objid = d.oid and r.refclassid = 'pg_class'::regclass
    join pg_class as c on c.oid = r.refobjid and c.relkind = 'S'
), capture (oid, owner, body, rightful_owner) as (
    select distinct
        p.oid,
        p.proowner,
        p.prosrc,
        case when p.proname = 'create_activity' then l.owner else c.relowner end
    from trail as l
    join pg_proc as p on p.pronamespace = l.schema
    join pg_trigger as g on g.tgfoid = p.oid and g.tgenabled <> 'D' and g.tgname like 'audit\_trigger\_%'
    join pg_class as c on c.oid = g.tgrelid
    where p.proname like '%create\_activity'
), caller (role, name, body, is_current, is_intended) as (
    select w.role, 'capture', c.body, w.role = c.owner, w.role = n.role
    from capture as c
    cross join lateral (
        select case when r.rolsuper then c.rightful_owner else c.owner end as role
        from pg_roles as r
        where r.rolname = current_user
    ) as n
    cross join lateral (values (c.owner), (n.role)) as w (role)
    union
    select w.role, p.proname, p.prosrc, w.role = p.proowner, w.role = l.owner
    from trail as l
    join pg_proc as p on p.pronamespace = l.schema
    cross join lateral (values (p.proowner), (l.owner)) as w (role)
    where p.proname in ('audit_transaction', 'complete_transaction', 'audit_move')
        and p.prosecdef
        and exists (select from capture)
), need (role, kind, privilege, object, column_name, is_current, is_intended) as (
    select c.role, 'schema', 'usage', l.schema, null, c.is_current, c.is_intended
    from caller as c
    cross join trail as l
    union all
    select c.role, 'table', w.privilege, w.relation, null, c.is_current, c.is_intended
    from caller as c
    cross join trail as l
    cross join lateral (
        values
            ('capture', 'insert', l.activity),
            ('audit_transaction', 'insert', l.transaction),
            ('audit_transaction', 'select', l.transaction),
            ('complete_transaction', 'select', l.transaction),
            ('complete_transaction', 'update', l.transaction),
            ('audit_move', 'select', l.activity),
            ('audit_move', 'update', l.activity)
    ) as w (caller, privilege, relation)
    where w.caller = c.name
    union all
    select c.role, 'column', 'select', l.transaction, n.name, c.is_current, c.is_intended
    from caller as c
    cross join trail as l
    cross join (values ('ctid'), ('id'), ('native_transaction_id'), ('issued_at')) as n (name)
    where c.name = 'capture'
        and position('t.ctid' in c.body) > 0
    union all
    select c.role, 'sequence', 'usage', q.oid, null, c.is_current, c.is_intended
    from caller as c
    cross join trail as l
    join sequence as q on q.relation = case when c.name = 'audit_transaction' then l.transaction else l.activity end
    where c.name <> 'complete_transaction'
    union all
    select c.role, 'function', 'execute', f.oid, null, c.is_current, c.is_intended
    from caller as c
    cross join trail as l
    join pg_proc as f on f.pronamespace = l.schema and f.proname = any ($2::text[])
    where position(f.proname in c.body) > 0
        or f.proname = 'audit_json' and position('audit_select_list' in c.body) > 0
    union all
    -- The server's own check of activity.transaction_id.
    select l.transaction_owner, w.kind, w.privilege, w.object, null, true, true
    from trail as l
    cross join lateral (
        values
            ('schema', 'usage', l.schema), ('table', 'select', l.transaction), ('table', 'update', l.transaction)
    ) as w (kind, privilege, object)
    where exists (select from capture)
        and exists (
            select
            from pg_trigger as g
            join pg_proc as p on p.oid = g.tgfoid
            where g.tgrelid = l.activity
                and g.tgconstrrelid = l.transaction
                and g.tgenabled <> 'D'
                and p.proname = 'RI_FKey_check_ins'
        )
)
select
    r.rolname::text as role,
    n.kind,
    n.privilege,
    coalesce(c.relname, f.proname, l.nspname)::text as object_name,
    pg_get_function_identity_arguments(f.oid) as arguments,
    n.column_name,
    bool_or(n.is_current and not h.has_it) as is_current,
    bool_or(n.is_intended and not h.will_have_it) as is_intended
from need as n
cross join trail as l
join pg_roles as r on r.oid = n.role
left join pg_class as c on c.oid = n.object and n.kind in ('table', 'column', 'sequence')
left join pg_proc as f on f.oid = n.object and n.kind = 'function'
cross join lateral (
    select case n.kind
            when 'schema' then has_schema_privilege(n.role, n.object, n.privilege)
            when 'table' then has_table_privilege(n.role, n.object, n.privilege)
            when 'column' then has_column_privilege(n.role, n.object, n.column_name, n.privilege)
            when 'sequence' then has_sequence_privilege(n.role, n.object, n.privilege)
            else has_function_privilege(n.role, n.object, n.privilege)
        end as has_it
) as g
cross join lateral (
    select
        g.has_it,
        g.has_it and (
            f.proname is null
            or f.proname not in ('audit_transaction', 'audit_move')
            or pg_has_role(n.role, f.proowner, 'usage')
            -- `init` takes the right to call these from everybody.
            or exists (
                select
                from aclexplode(f.proacl) as x
                where x.grantee <> 0
                    and x.privilege_type = 'EXECUTE'
                    and pg_has_role(n.role, x.grantee, 'usage')
            )
        ) as will_have_it
) as h
where not (h.has_it and h.will_have_it)
group by 1, 2, 3, 4, 5, 6
having bool_or(n.is_current and not h.has_it) or bool_or(n.is_intended and not h.will_have_it)
order by 1, array_position(array['schema', 'table', 'column', 'sequence', 'function'], n.kind), 4, 5, 6, 3
