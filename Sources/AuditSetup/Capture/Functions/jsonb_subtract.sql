-- The members of the first object that the second has not, or not with that value; asked for by flask-audit-logger.
create or replace function :"schema".jsonb_subtract(arg1 jsonb, arg2 jsonb)
returns jsonb
language sql
immutable
as $body$
    select coalesce(pg_catalog.jsonb_object_agg(m.key, m.value), '{}')
    from pg_catalog.jsonb_each(arg1) as m
    where ((arg2 operator(pg_catalog.->) m.key) operator(pg_catalog.=) m.value) is not true
$body$;
