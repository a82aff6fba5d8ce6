-- What flask-audit-logger 2.0.0 puts on its tables, and the statistics; the generator's own schema goes.
select
  setval('audit.activity_id_seq', :rows),
  setval('audit.transaction_id_seq', (select max(id) from audit.transaction))
\g /dev/null
drop schema generator cascade;

create extension if not exists btree_gist;
alter table audit.transaction add primary key (id);
alter table audit.activity add primary key (id);
create index ix_audit_activity_native_transaction_id on audit.activity (native_transaction_id);
alter table audit.transaction add constraint transaction_unique_native_tx_id
  exclude using gist (native_transaction_id with =, tsrange(issued_at - interval '1 hour', issued_at) with &&);
alter table audit.transaction add foreign key (actor_id) references public.users (id);
alter table audit.activity add foreign key (transaction_id) references audit.transaction (id);
vacuum (analyze) audit.transaction;
vacuum (analyze) audit.activity;
