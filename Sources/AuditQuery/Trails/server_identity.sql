-- Which database this is: its name, and the identifier of its cluster, null where this role may not read it.
select pg_catalog.current_database()::text,
  case when pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute')
       then (select c.system_identifier from pg_catalog.pg_control_system() c) end;
