-- Part of a capture function, like types_trusted.sql, for databases that have casts to json: whether the types of the columns have
-- none, and may be trusted to get none. Arrays are written by the cast of their elements. Casts that a superuser's extension
-- brings are run, as everywhere.
not exists (
    select
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_type as t on t.oid operator(pg_catalog.=) d.refobjid
    where d.classid operator(pg_catalog.=) cast('pg_catalog.pg_class' as pg_catalog.regclass)
        and d.objid operator(pg_catalog.=) tg_relid
        and d.refclassid operator(pg_catalog.=) cast('pg_catalog.pg_type' as pg_catalog.regclass)
        and t.typtype operator(pg_catalog.<>) 'd'
        and (
            pg_catalog.pg_has_role(t.typowner, current_user, 'usage') is not true
            or exists (
                select
                from pg_catalog.pg_cast as c
                where c.castsource operator(pg_catalog.=) case
                        when t.typsubscript operator(pg_catalog.=)
                            cast('pg_catalog.array_subscript_handler' as pg_catalog.regproc)
                        then t.typelem
                        else t.oid
                    end
                    and c.casttarget operator(pg_catalog.=) cast('pg_catalog.json' as pg_catalog.regtype)
                    and not exists (
                        select
                        from pg_catalog.pg_depend as x
                        join pg_catalog.pg_roles as r on r.oid operator(pg_catalog.=) t.typowner
                        where x.classid operator(pg_catalog.=) cast('pg_catalog.pg_type' as pg_catalog.regclass)
                            and x.objid operator(pg_catalog.=) c.castsource
                            and x.deptype operator(pg_catalog.=) 'e'
                            and r.rolsuper
                    )
            )
        )
)
