-- The capture triggers in the database, whichever audit schema they write to; copies on partitions are marked.
-- No parameters. Ordered by table and trigger. tgtype: 1 is row level, 4 insert, 8 delete, 16 update, 32 truncate.
select
    s.nspname::text as schema_name,
    c.relname::text as table_name,
    t.tgname::text as trigger_name,
    fs.nspname::text as function_schema,
    p.proname::text as function_name,
    case
        when t.tgnargs = 0 then null
        else convert_from(
            substring(t.tgargs from 1 for position('\x00'::bytea in t.tgargs) - 1),
            getdatabaseencoding()
        )
    end as excluded,
    t.tgnargs::integer as argument_count,
    t.tgtype::integer as type_bits,
    t.tgenabled::text as enabled,
    t.tgqual is not null as has_condition,
    t.tgnewtable::text as new_table,
    t.tgoldtable::text as old_table,
    t.tgparentid <> 0 as is_copy
from pg_trigger as t
join pg_class as c on c.oid = t.tgrelid
join pg_namespace as s on s.oid = c.relnamespace
join pg_proc as p on p.oid = t.tgfoid
join pg_namespace as fs on fs.oid = p.pronamespace
where (not t.tgisinternal or t.tgparentid <> 0)
    and t.tgname like 'audit\_trigger\_%'
    and p.proname like '%create\_activity'
order by s.nspname, c.relname, t.tgname
