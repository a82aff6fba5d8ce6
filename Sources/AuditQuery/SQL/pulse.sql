-- A word that changes whenever a transaction that may have written to the trail has ended.
-- No parameters. One row, one text.
select pg_catalog.txid_current_snapshot()::text || '/' || coalesce((select pg_catalog.max(id) from :"schema".activity), 0);
