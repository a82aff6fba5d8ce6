-- Makes audit.activity, whose rows go to audit.whole, a table of monthly partitions; of two months one is a foreign table.
-- The variables: key, the columns of the primary keys; folder and database, where the other server is; the table elsewhere
-- tells what has to be made there.
create extension postgres_fdw;
create server elsewhere foreign data wrapper postgres_fdw options (host :'folder', port '2', dbname :'database');
create user mapping for current_user server elsewhere;
alter table audit.activity rename to whole;
create table audit.activity (like audit.whole) partition by range (issued_at);
alter table audit.activity alter issued_at set not null;
create table elsewhere (name text, definition text);
insert into elsewhere values ('', 'create schema audit');
select set_config('benchmark.key', :'key', false) \g /dev/null
do $$
declare
  month timestamp;
  name text;
  bounds text;
  columns text;
  indexes text;
begin
  for month in
    select m from (select min(issued_at) as first, max(issued_at) as last from audit.whole) w,
      generate_series(date_trunc('month', w.first), w.last + interval '1 month', interval '1 month') m
  loop
    name := 'audit.activity_' || to_char(month, 'YYYY_MM');
    bounds := format('partition of audit.activity for values from (%L) to (%L)', month, month + interval '1 month');
    indexes := format(
      'alter table %1$s add primary key (%2$s); create index on %1$s (native_transaction_id);',
      name, current_setting('benchmark.key'));
    if extract(month from month)::int % 2 = 0 then
      execute format('create table %s %s; %s', name, bounds, indexes);
    else
      execute format('create foreign table %s %s server elsewhere options (schema_name ''audit'')', name, bounds);
      select string_agg(
          attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end, ', '
          order by attnum)
        into columns
        from pg_attribute where attrelid = name::regclass and attnum > 0;
      insert into elsewhere values (name, format('create table %s (%s); %s', name, columns, indexes));
    end if;
  end loop;
end
$$;
