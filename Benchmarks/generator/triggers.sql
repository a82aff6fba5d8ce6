-- The triggers of flask-audit-logger 2.0.0, by which the tables count as audited, with a function that records nothing:
-- the trail stays as it was generated.
create function audit.create_activity() returns trigger
language plpgsql as $$
begin
  return null;
end
$$;

select format(
  'create trigger audit_trigger_%s after %s on public.%I referencing %s for each statement '
  'execute function audit.create_activity()',
  verb, verb, name, transition)
from generator.tables
cross join (values
  ('insert', 'new table as new_table'),
  ('update', 'new table as new_table old table as old_table'),
  ('delete', 'old table as old_table')
) event (verb, transition)
order by number, verb
\gexec
