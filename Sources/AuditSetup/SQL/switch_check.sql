-- Part of every capture function unless the installation always captures.
-- Applications switch capture off for a transaction; a word that is no boolean must not fail their write.
    if pg_catalog.lower(pg_catalog.current_setting('flask_audit_logger.enable_versioning', true))
        operator(pg_catalog.=) any (cast('{false,fals,fal,fa,f,off,of,no,n,0}' as pg_catalog.text[]))
    then
        return null;
    end if;
