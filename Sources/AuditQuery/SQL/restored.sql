-- The last activity that can be seen although its transaction has not ended yet by its number: it came with a restore
-- from a cluster whose transactions had greater numbers.
-- $1 bigint: no transaction of this or a greater number has ended. One row: an id, or 0 as a rule.
-- Relies on an index that begins with activity.native_transaction_id, hence the sum.
select coalesce(pg_catalog.max(a.id + 0), 0) as last_id
from :"schema".activity a
where a.native_transaction_id >= $1::bigint;
