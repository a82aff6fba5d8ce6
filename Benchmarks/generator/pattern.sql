-- The pattern that the trail repeats every 10,000 lines, a block: which transaction, which table, which row of it.
--
-- Transactions hold 1 to 100 lines, k or more with probability 1/k: half of them one, five on average. Tables are
-- written with frequencies of n^-1.2. Line 5000 is left to the rare tables.
create table generator.slots as
with size as (
  select transaction, least(100, floor(1 / generator.fraction(transaction, 2)))::int as lines
  from generate_series(0, 4999) transaction
),
begun as (select transaction, lines, sum(lines) over (order by transaction) - lines as start from size),
line as (
  select transaction, rank, start + rank as place
  from begun
  cross join lateral generate_series(0, lines - 1) rank
),
-- Transactions that run beside each other mix their lines a little.
slot as (
  select
    transaction, rank::int,
    row_number() over (order by place + 4 * generator.fraction(place::bigint, 3), place) - 1 as slot
  from line
  where place < 10000
),
reach as (
  select number, sum(share) over (order by number) / sum(share) over () as upper_end
  from generator.tables
  cross join lateral (select number::float8 ^ -1.2 as share) falling
  where number <= 38
),
filled as (
  select slot::int, transaction, rank, case when slot <> 5000 then
      (select min(number) from reach where upper_end >= generator.fraction(slot, 4)) end as table_number
  from slot
)
select
  slot, transaction, rank, table_number,
  min(slot) over (partition by transaction) as first_slot,
  -- Which of the block's lines of this table it is, and of how many.
  row_number() over (partition by table_number order by slot)::int - 1 as turn,
  count(*) over (partition by table_number)::int as turns
from filled;

alter table generator.slots add primary key (slot);

-- How far apart the transaction numbers of two blocks are.
create table generator.pattern as select max(transaction) + 1 as transactions from generator.slots;

analyze generator.tables, generator.slots, generator.pattern;
