-- Part of every capture function unless the installation always captures: whether the application has switched capture off.
-- An expression. A word that is no boolean must not fail a write.
pg_catalog.lower(pg_catalog.current_setting('flask_audit_logger.enable_versioning', true))
        operator(pg_catalog.=) any (cast('{false,fals,fal,fa,f,off,of,no,n,0}' as pg_catalog.text[]))