-- The tables of a trail in the format of flask-audit-logger, empty and without indexes.
create schema audit;
create table audit.transaction (
  id bigint not null, native_transaction_id bigint, issued_at timestamp, client_addr inet, actor_id integer
);
create table audit.activity (
  id bigint not null, schema text, table_name text, relid integer, issued_at timestamp, native_transaction_id bigint,
  verb text, old_data jsonb, changed_data jsonb, transaction_id bigint
);
