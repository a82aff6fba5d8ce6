-- What the routines of the sample shop have in common, in a schema demo: its clock, its dice, and how work begins.
-- :"schema" is the audit schema. What varies is drawn by random(), so that setseed() makes a history repeatable.
create schema demo;

-- The time that the shop's clock shows: a simulated one while the history is played, else the real one.
create function demo.clock()
returns timestamptz
language sql stable
as $body$ select coalesce(nullif(current_setting('demo.clock', true), '')::timestamptz, now()) $body$;

-- A whole number from 1 to the limit, each as likely.
create function demo.pick(up_to bigint)
returns bigint
language sql volatile
as $body$ select 1 + floor(random() * up_to)::bigint $body$;

-- One of the texts.
create function demo.one_of(variadic choices text[])
returns text
language sql volatile
as $body$ select choices[demo.pick(cardinality(choices))] $body$;

-- Begins what an application does: its row in the transaction table, as the Flask package writes it.
-- Without an actor nothing is written, as by a person in psql or a migration.
create function demo.begin_work(actor bigint, client inet, application text)
returns void
language plpgsql
as $body$
begin
    perform set_config('application_name', application, true);
    if actor is not null then
        insert into :"schema".transaction (native_transaction_id, issued_at, client_addr, actor_id)
        values (txid_current(), now() at time zone 'UTC', client, actor);
    end if;
end
$body$;

-- Where an actor works from: employees have a computer each, the services theirs, customers any.
create function demo.address_of(actor bigint)
returns inet
language sql volatile
as $body$
    select case
        when actor = 11 and random() < 0.15 then '2001:db8::'::inet + demo.pick(65000)
        when actor = 11 then '203.0.113.0'::inet + demo.pick(254)
        when actor = 12 then '10.0.9.12'
        else '10.0.3.0'::inet + 10 + actor
    end
$body$;

-- Not language sql, like all that is called often: such a function is planned anew on every call.
create function demo.some_customer()
returns bigint
language plpgsql volatile
as $body$
declare
    wanted bigint := demo.pick((select max(c.id) from public.customers as c));
begin
    return (
        select c.id
        from public.customers as c
        where c.id >= wanted
        order by c.id
        limit 1
    );
end
$body$;

-- Some products sell better than others: the product of two draws leans to the low numbers.
create function demo.some_product()
returns bigint
language sql volatile
as $body$ select 1 + floor(random() * random() * 300)::bigint $body$;
