-- Part of a capture function: whether to_jsonb of a row runs no code that somebody else could have written. An expression over
-- tg_relid, for a table of the shape `typed`.
--
-- to_jsonb runs a cast to json where a type was made by a user and has one. A type without one could be given one any time: so it is
-- also asked whether who owns the type may act as the role that this runs as anyway. False where there are such casts, of whatever
-- types: types_without_casts.sql looks closer, which takes twice as long. Relies on pg_depend_depender_index.
not exists (
    select
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_type as t on t.oid operator(pg_catalog.=) d.refobjid
    where d.classid operator(pg_catalog.=) cast('pg_catalog.pg_class' as pg_catalog.regclass)
        and d.objid operator(pg_catalog.=) tg_relid
        and d.refclassid operator(pg_catalog.=) cast('pg_catalog.pg_type' as pg_catalog.regclass)
        and t.typtype operator(pg_catalog.<>) 'd'
        and pg_catalog.pg_has_role(t.typowner, current_user, 'usage') is not true
)
    and not exists (
        select
        from pg_catalog.pg_cast as c
        where c.castsource operator(pg_catalog.>=) cast(16384 as pg_catalog.oid)
            and c.casttarget operator(pg_catalog.=) cast('pg_catalog.json' as pg_catalog.regtype)
    )
