-- Makes the two tables of an audit trail.
-- :"schema" the audit schema; :actor_type the type of the actor table's key, or text.
-- The exclusion constraint does what a unique one would, under the name that applications use in
-- `on conflict on constraint`; a unique constraint of that name is proposed for removal by Alembic.
create table :"schema".transaction (
    id bigserial primary key,
    native_transaction_id bigint,
    issued_at timestamp without time zone,
    client_addr inet,
    actor_id :actor_type,
    constraint transaction_unique_native_tx_id exclude using btree (native_transaction_id with =, issued_at with =)
);
create table :"schema".activity (
    id bigserial primary key,
    schema text,
    table_name text,
    relid integer,
    issued_at timestamp without time zone,
    native_transaction_id bigint,
    verb text,
    old_data jsonb default '{}',
    changed_data jsonb default '{}',
    transaction_id bigint references :"schema".transaction (id)
);
