-- The block in the place of a statement that cannot be. Reads the setting audit_revert.name: why. The variable level: what
-- it is, an exception or a warning.
do $revert$
begin
  raise :level using message = pg_catalog.current_setting('audit_revert.name');
end
$revert$;
