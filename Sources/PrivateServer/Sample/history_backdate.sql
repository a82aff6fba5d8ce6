-- Gives what was played the time at which it is said to have happened, and drops what served the playing.
-- :"schema" is the audit schema. Only rows of played transactions are touched.
--
-- Statements of one transaction come a few milliseconds after each other. Writes from outside that are more than a
-- year old lose their transaction row: the trail is then one that flask-audit-logger has begun, which writes none.
update :"schema".transaction as t
set issued_at = p.at at time zone 'UTC'
from demo.played as p
where t.native_transaction_id = p.xid;

update :"schema".activity as a
set issued_at = p.at at time zone 'UTC' + make_interval(secs => least(a.id - p.first_id, 90) * 0.0023),
    transaction_id = case when p.actor is null and p.at < now() - interval '1 year' then null else a.transaction_id end
from (
    select p.xid, p.at, p.actor, min(a.id) as first_id
    from demo.played as p
    join :"schema".activity as a on a.native_transaction_id = p.xid
    group by p.xid, p.at, p.actor
) as p
where a.native_transaction_id = p.xid;

delete from :"schema".transaction as t
using demo.played as p
where t.native_transaction_id = p.xid
    and p.actor is null
    and p.at < now() - interval '1 year';

drop table demo.schedule, demo.played;
drop routine
    demo.play, demo.perform, demo.correct_order_silently, demo.correct_order, demo.migrate, demo.change_staff,
    demo.erase_customer, demo.clear_ledger, demo.delete_abandoned_orders, demo.count_stock, demo.change_all_prices,
    demo.office_time;
