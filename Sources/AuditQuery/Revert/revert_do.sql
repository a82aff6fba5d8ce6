-- The block of a statement of a revert, which is the same for all of them: runs audit_revert.step (revert_step.sql).
-- What a constraint forbids is raised here, since an error from within would bring the whole text along.
do $revert$
begin
  perform set_config('audit_revert.refusal', '', true);
  execute current_setting('audit_revert.step');
  if current_setting('audit_revert.refusal') = '' then return; end if;
  if current_setting('audit_revert.detail') = '' then
    raise exception using message = current_setting('audit_revert.refusal'), errcode = current_setting('audit_revert.code');
  end if;
  raise exception using message = current_setting('audit_revert.refusal'), errcode = current_setting('audit_revert.code'),
    detail = current_setting('audit_revert.detail');
end
$revert$;
