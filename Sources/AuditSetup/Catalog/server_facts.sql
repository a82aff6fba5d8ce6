-- What the server and this role can do that matters to setting up; one row, no parameters.
select
    current_user::text as role_name,
    has_database_privilege(current_database(), 'create') as can_create_schema,
    exists (select from pg_extension as e where e.extname = 'btree_gist') as has_btree_gist,
    exists (
        select
        from pg_available_extension_versions as v
        join pg_available_extensions as e on e.name = v.name and e.default_version = v.version
        where v.name = 'btree_gist'
            and exists (select from pg_namespace as s where s.nspname = 'public')
            and (not v.superuser
                or v.trusted and has_database_privilege(current_database(), 'create')
                or (select r.rolsuper from pg_roles as r where r.rolname = current_user))
    ) as can_create_btree_gist,
    exists (
        select
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attname = 'version_num' and not a.attisdropped
        where c.relname = 'alembic_version'
            and c.relkind in ('r', 'p')
            and c.relpersistence <> 't'
            and has_schema_privilege(c.relnamespace, 'usage')
    ) as has_alembic,
    (select r.rolsuper from pg_roles as r where r.rolname = current_user) as is_superuser,
    exists (
        select from pg_settings as g where g.name = 'default_toast_compression' and 'lz4' = any (g.enumvals)
    ) as has_lz4
