-- Which transactions have ended by now.
-- No parameters. One row: the snapshot as text.
select pg_catalog.txid_current_snapshot()::text as snapshot;
