-- Permutes the native ids of a trail, adds the indexes that flask-audit-logger makes, and says what filters mean.
-- The variable date: a day within the trail.
create unlogged table permuted as
with ids as (
  select native_transaction_id as native_id from audit.activity union select native_transaction_id from audit.transaction
)
select o.native_id, n.native_id as new_id
from (select native_id, row_number() over (order by native_id) as place from ids) o
join (select native_id, row_number() over (order by hashint8extended(native_id, 7), native_id) as place from ids) n
  using (place);
alter table permuted add primary key (native_id);
analyze permuted;
create table audit.shuffled as
select a.id, a.schema, a.table_name, a.relid, a.issued_at, p.new_id as native_transaction_id, a.verb, a.old_data,
  a.changed_data, a.transaction_id
from audit.activity a
left join permuted p on p.native_id = a.native_transaction_id
order by a.id;
drop table audit.activity;
alter table audit.shuffled rename to activity;
update audit.transaction t set native_transaction_id = p.new_id from permuted p where p.native_id = t.native_transaction_id;
drop table permuted;
alter table audit.transaction add primary key (id);
alter table audit.activity add primary key (id);
create index on audit.activity (native_transaction_id);
vacuum analyze audit.transaction;
vacuum analyze audit.activity;

create table meaning (number serial, filter text, condition text);
insert into meaning (filter, condition) values
  ('', 'true'),
  ('table:orders', $$table_name = 'orders'$$),
  ('verb:delete', $$verb = 'delete'$$),
  ('actor=1', 'exists (select from audit.transaction t where t.id = a.transaction_id and t.actor_id = 1)'),
  ('actor=700', 'exists (select from audit.transaction t where t.id = a.transaction_id and t.actor_id = 700)'),
  ('until:DATE', $$issued_at < 'DATE'$$),
  ('since:DATE', $$issued_at >= 'DATE'$$),
  ('until:DATE table:orders', $$issued_at < 'DATE' and table_name = 'orders'$$),
  ('row:orders:id=17', $$table_name = 'orders' and (old_data ->> 'id' = '17' or changed_data ->> 'id' = '17')$$);
update meaning set filter = replace(filter, 'DATE', :'date'), condition = replace(condition, 'DATE', :'date');
