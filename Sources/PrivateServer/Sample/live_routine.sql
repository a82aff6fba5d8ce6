-- What the live writer calls in turn, again and again. No parameters.

-- The time between two events: two to six seconds.
create function demo.live_pause()
returns void
language sql
as $body$ select pg_sleep(2 + 4 * random()) $body$;

-- One more thing that happens in the shop, now.
create function demo.live_event()
returns void
language plpgsql
as $body$
declare
    chance double precision := random();
    number bigint;
begin
    if chance < 0.3 then
        perform demo.begin_work(11, demo.address_of(11), 'shop-web');
        perform demo.place_order();
        return;
    end if;
    if chance < 0.7 then
        select o.id
        into number
        from public.orders as o
        where o.status = (case when chance < 0.5 then 'pending' when chance < 0.6 then 'paid' else 'shipped' end)
        order by o.placed_at desc
        limit 1;
    end if;
    if number is not null and chance < 0.5 then
        perform demo.begin_work(12, demo.address_of(12), 'shop-worker');
        perform demo.pay_order(number);
    elsif number is not null and chance < 0.6 then
        perform demo.begin_work(4, demo.address_of(4), 'shop-admin');
        perform demo.ship_order(number);
    elsif number is not null then
        perform demo.begin_work(11, demo.address_of(11), 'shop-worker');
        perform demo.deliver_order(number);
    elsif chance < 0.8 then
        perform demo.begin_work(11, demo.address_of(11), 'shop-web');
        perform demo.edit_profile(demo.some_customer());
    elsif chance < 0.88 then
        perform demo.begin_work(2, demo.address_of(2), 'shop-admin');
        perform demo.change_price(demo.some_product());
    elsif chance < 0.94 then
        perform demo.begin_work(11, demo.address_of(11), 'shop-web');
        perform demo.write_review();
    elsif chance < 0.98 then
        perform demo.begin_work(8, demo.address_of(8), 'shop-admin');
        perform demo.edit_product(demo.some_product());
    else
        perform demo.begin_work(null, null, 'psql');
        perform demo.give_credit(demo.some_customer());
    end if;
end
$body$;
