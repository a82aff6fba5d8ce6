-- The tables: those of the application, empty but for the users, and the trail as flask-audit-logger 2.0.0 makes it,
-- without its indexes yet.
select format(
  'create table public.%I (id serial primary key, uuid uuid, created_at timestamp, %I text, %I text, %I text, '
  '%I numeric(12, 2), %I boolean, %I text, %I timestamp, %I integer, %I integer, '
  'lock_version integer not null default 0)',
  variadic array[name] || columns)
from generator.tables
order by number
\gexec

update generator.tables set relid = format('public.%I', name)::regclass::oid::bigint::int;

-- The actors.
insert into public.users (id, name, email)
select number, first || ' ' || last || ' ' || number, lower(first) || '.' || lower(last) || number || '@example.com'
from generate_series(1, 5000) number
cross join lateral (
  select
    (array['Ada', 'Bram', 'Cara', 'Dion', 'Elke', 'Finn', 'Gwen', 'Hugo', 'Ines', 'Jens'])[1 + number % 10] as first,
    (array['Arendt', 'Bell', 'Curie', 'Dahl', 'Euler', 'Fermi', 'Gauss', 'Hesse', 'Jung'])[1 + number % 9] as last
) name;
select setval('public.users_id_seq', 5000) \g /dev/null
analyze public.users;

create schema audit;

create table audit.transaction (
  id bigserial,
  native_transaction_id bigint,
  issued_at timestamp,
  client_addr inet,
  actor_id integer
);

create table audit.activity (
  id bigserial,
  schema text,
  table_name text,
  relid integer,
  issued_at timestamp,
  native_transaction_id bigint,
  verb text,
  old_data jsonb default '{}',
  changed_data jsonb default '{}',
  transaction_id bigint
);
