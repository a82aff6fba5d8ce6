-- The transaction rows of all blocks. :rows is the number of activities.
--
-- A large transaction takes the place of ten whole blocks, 50 to 59 of every hundred. The share of actor n of 5000
-- falls as 1/n; one transaction in twenty has no actor, and one in twenty no address.
insert into audit.transaction (id, native_transaction_id, issued_at, client_addr, actor_id)
select
  id, generator.native_id(id), generator.time_at(line, :rows),
  case when generator.fraction(id, 5) > 0.05 then inet '10.0.0.0' + generator.lot(id, 6) % 65536 end,
  case when generator.fraction(id, 7) > 0.05 then least(5000, floor(5001 ^ generator.fraction(id, 8)))::int end
from (
  select block * transactions + transaction + 1 as id, block * 10000 + first_slot as line
  from generate_series(0, (:rows - 1) / 10000) block
  cross join generator.pattern
  join generator.slots on rank = 0
  where block % 100 not between 50 and 59 or block % 100 = 50 and transaction = 0
) opened
where line < :rows and generator.has_row(id)
order by line;
