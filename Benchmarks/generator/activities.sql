-- One part of the activities: :part lines from line :first on, of :rows in all; line 0 is activity 1.
insert into audit.activity (
  id, schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
)
select
  line + 1, 'public', name, relid, generator.time_at(first_line, :rows) + delay,
  generator.native_id(transaction), verb,
  case when verb = 'insert' then '{}' else generator.state(columns, is_long, key, seed, version - 1) end,
  case verb
    when 'insert' then generator.state(columns, is_long, key, seed, version)
    when 'update' then generator.change(columns, is_long, seed, version, col, other_col)
    else '{}'
  end,
  case when generator.has_row(transaction) then transaction end
from (
  select
    placed.*,
    case
      when version = 0 then 'insert'
      when is_large or version = versions - 1 and key % 2 = 0 then 'delete'
      else 'update'
    end as verb,
    generator.lot(key, number) as seed,
    ((5 - (version + key) % 5) % 5)::int as col,
    case when (version + key) % 2 = 0 then (5 + (4 - (version + key) / 2 % 3) % 3)::int end as other_col
  from (
    -- Which row in which version: the large transactions insert rows, those of the next million delete them.
    select
      counted.*, name, relid, columns, is_long, versions,
      case
        when is_large then 1000000000 + line / 2000000 * 1000000 + line % 1000000
        when versions = 0 then turn % alive + 1
        else turn / (alive * versions) * alive + turn % alive + 1
      end as key,
      case
        when is_large then line / 1000000 % 2
        when versions = 0 then turn / alive
        else turn % (alive * versions) / alive
      end as version
    from (
      -- Which transaction, which table, and how many lines of it came before: what large transactions displace does
      -- not count.
      select
        line,
        generator.is_large(line) as is_large,
        case when generator.is_large(line) then line / 1000000 * 1000000 + 500000 else block * 10000 + first_slot
          end as first_line,
        case when generator.is_large(line) then interval '0' else rank * interval '3 ms' end as delay,
        case when generator.is_large(line) then block / 100 * 100 + 50 else block end * transactions
          + case when generator.is_large(line) then 0 else slots.transaction end + 1 as transaction,
        case
          when generator.is_large(line) then 38
          when table_number is not null then table_number
          when block % 20 = 7 then 41
          when line < :rows / 20 then 40
          else 39
        end as number,
        case
          when table_number is not null then (block - (block + 40) / 100 * 10) * turns + slots.turn
          when block % 20 = 7 then block / 20
          else block
        end as turn
      from generate_series(:first::bigint, least(:first::bigint + :part, :rows) - 1) line
      cross join lateral (select line / 10000 as block) numbered
      cross join generator.pattern
      join generator.slots on slot = line % 10000
    ) counted
    join generator.tables using (number)
  ) placed
  -- A fence, so that each of these is worked out once, and sorted before the rows have their data.
  order by line
  offset 0
) written;
