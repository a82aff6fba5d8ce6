-- What happened in the sample shop only in the past, and the procedure that plays it; dropped once it is played.
-- :"schema" is the audit schema.

-- A moment at which people work in an office, on that day or the next weekday, from 8 to 17 UTC.
create function demo.office_time(moment timestamptz)
returns timestamptz
language sql volatile
as $body$
    select date_trunc('day', moment)
        + make_interval(days => case extract(isodow from moment) when 6 then 2 when 7 then 1 else 0 end)
        + make_interval(secs => 28800 + random() * 32400)
$body$;

create function demo.change_all_prices(factor numeric)
returns void
language sql
as $body$
    update public.products as p
    set price = round(p.price * factor, 1) + 0.05, updated_at = demo.clock()
    where p.active
$body$;

create function demo.count_stock()
returns void
language sql
as $body$
    update public.products as p
    set stock = greatest(p.stock - (p.id % 3)::integer, 0), updated_at = demo.clock()
    where p.id % 3 <> 0
$body$;

-- Orders that nobody paid for within a month; their items go with them.
create function demo.delete_abandoned_orders()
returns void
language sql
as $body$
    delete from public.orders as o
    where o.status = 'pending'
        and o.placed_at < demo.clock() - interval '30 days'
$body$;

create function demo.clear_ledger()
returns void
language sql
as $body$
    delete from public.stock_movements as m
    where m.moved_at < demo.clock() - interval '180 days'
$body$;

-- A person asked to be forgotten: reviews and addresses go, orders stay without a customer.
create function demo.erase_customer(number bigint)
returns void
language plpgsql
as $body$
begin
    delete from public.reviews as r
    where r.customer_id = number;
    update public.orders as o
    set shipping = o.shipping - 'address', updated_at = demo.clock()
    where o.customer_id = number;
    delete from public.customers as c
    where c.id = number;
end
$body$;

create function demo.change_staff(number bigint)
returns void
language sql
as $body$
    update public.employees as e
    set active = case when number = 10 then false else e.active end,
        job = case number when 5 then 'support lead' when 8 then 'head of products' else e.job end,
        updated_at = demo.clock()
    where e.id = number
$body$;

-- Written by a migration, without the application.
create function demo.migrate(step bigint)
returns void
language plpgsql
as $body$
begin
    case step
        when 1 then
            update public.customers as c
            set prefs = c.prefs || '{"notify": {"email": true, "sms": false}}'
            where not c.prefs ? 'notify';
        when 2 then
            alter table public.products drop column supplier_code;
        else
            update public.products as p
            set attributes = p.attributes
                || jsonb_build_object('weight_kg', (p.attributes ->> 'weight_g')::numeric / 1000)
            where p.category_id <= 4;
    end case;
end
$body$;

-- Put right by hand in psql.
create function demo.correct_order(number bigint)
returns void
language sql
as $body$
    update public.orders as o
    set total = round(o.total * 0.9, 2)
    where o.id = number
$body$;

-- The same with the capture switched off, as applications may: a hole in the trail.
create function demo.correct_order_silently(number bigint)
returns void
language sql
as $body$
    select set_config('flask_audit_logger.enable_versioning', 'false', true);
    update public.orders as o
    set total = o.total - 5
    where o.id = number
$body$;

create function demo.perform(event text, subject bigint)
returns void
language plpgsql
as $body$
begin
    case event
        when 'place' then perform demo.place_order();
        when 'pay' then perform demo.pay_order(subject);
        when 'ship' then perform demo.ship_order(subject);
        when 'deliver' then perform demo.deliver_order(subject);
        when 'cancel' then perform demo.undo_order(subject, 'cancelled');
        when 'return' then perform demo.undo_order(subject, 'returned');
        when 'register' then perform demo.register_customer();
        when 'profile' then perform demo.edit_profile(demo.some_customer());
        when 'credit' then perform demo.give_credit(demo.some_customer());
        when 'price' then perform demo.change_price(demo.some_product());
        when 'product' then perform demo.edit_product(demo.some_product());
        when 'review' then perform demo.write_review();
        when 'unreview' then perform demo.remove_review();
        when 'restock' then perform demo.restock(subject::integer);
        when 'prices' then perform demo.change_all_prices(1 + subject / 100.0);
        when 'count' then perform demo.count_stock();
        when 'abandoned' then perform demo.delete_abandoned_orders();
        when 'ledger' then perform demo.clear_ledger();
        when 'erase' then perform demo.erase_customer(subject);
        when 'staff' then perform demo.change_staff(subject);
        when 'migrate' then perform demo.migrate(subject);
        when 'correct' then perform demo.correct_order(subject);
        when 'silent' then perform demo.correct_order_silently(subject);
    end case;
end
$body$;

-- Plays the schedule, a transaction for each event, and notes which was which.
create procedure demo.play()
language plpgsql
as $body$
declare
    e record;
begin
    perform setseed(0.5);
    for e in
        select s.at, s.event, s.subject, s.actor, s.application
        from demo.schedule as s
        order by s.number
    loop
        perform set_config('demo.clock', e.at::text, true);
        perform demo.begin_work(e.actor, demo.address_of(e.actor), e.application);
        perform demo.perform(e.event, e.subject);
        insert into demo.played (xid, at, actor)
        values (txid_current(), e.at, e.actor);
        commit;
    end loop;
end
$body$;
