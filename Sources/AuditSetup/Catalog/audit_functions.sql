-- The functions of a schema that may belong to an installation, with their bodies and comments.
-- $1 text: the schema; $2 text[]: the names. Ordered by name and arguments.
select
    p.proname::text as function_name,
    pg_get_function_identity_arguments(p.oid) as arguments,
    p.prosrc as body,
    obj_description(p.oid, 'pg_proc') as comment_text,
    pg_get_userbyid(p.proowner)::text as owner,
    exists (select from pg_roles as r where r.oid = p.proowner and r.rolsuper) as is_of_superuser,
    has_function_privilege('public', p.oid, 'execute') as is_public
from pg_proc as p
join pg_namespace as s on s.oid = p.pronamespace
where s.nspname = $1
    and (p.proname = any ($2::text[]) or p.proname like '%\_create\_activity' and p.pronargs = 0)
order by p.proname, arguments
