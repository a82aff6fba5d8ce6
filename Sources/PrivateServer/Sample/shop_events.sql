-- The things that happen in the sample shop, one routine each; they count on those of shop_routines.sql.
-- No parameters. Time and chance come from there too.
create function demo.place_order()
returns void
language plpgsql
as $body$
declare
    wanted bigint[] := array(select demo.some_product() from generate_series(1, demo.pick(4)));
    place text := demo.one_of(
        'Main Street, Cork', 'Rue du Lac, Lyon', 'Bahnhofstraße, Zürich', 'Mannerheimintie, Helsinki',
        'Calle Mayor, Madrid', 'Åboulevarden, Århus'
    );
    order_id bigint;
    coupon text;
    amount numeric;
begin
    wanted := array(select distinct w from unnest(wanted) as w order by w);
    if random() < 0.15 then
        select c.code
        into coupon
        from public.coupons as c
        where c.valid_during @> demo.clock()::date
        order by random()
        limit 1;
        update public.coupons as c
        set times_used = c.times_used + 1
        where c.code = coupon;
    end if;
    select sum(p.price * (1 + p.id % 2)) * (1 - coalesce(max(c.percent), 0) / 100)
    into amount
    from public.products as p
    left join public.coupons as c on c.code = coupon
    where p.id = any (wanted);
    insert into public.orders (customer_id, total, coupon_code, shipping, placed_at, updated_at)
    values (
        demo.some_customer(), amount, coupon,
        jsonb_build_object(
            'method', demo.one_of('parcel', 'parcel', 'pick-up', 'express'),
            'address', jsonb_build_object(
                'street', split_part(place, ', ', 1) || ' ' || demo.pick(120),
                'city', split_part(place, ', ', 2),
                'code', to_char(demo.pick(99999), 'FM00000')
            )
        ),
        demo.clock(), demo.clock()
    )
    returning id into order_id;
    insert into public.order_items (order_id, line, product_id, quantity, unit_price)
    select order_id, row_number() over (order by p.id), p.id, 1 + p.id % 2, p.price
    from public.products as p
    where p.id = any (wanted);
    update public.products as p
    set stock = p.stock - (1 + p.id % 2)::integer
    where p.id = any (wanted);
end
$body$;

create function demo.pay_order(number bigint)
returns void
language plpgsql
as $body$
begin
    update public.orders as o
    set status = 'paid', updated_at = demo.clock()
    where o.id = number
        and o.status = 'pending';
    if found then
        insert into public.payments (id, order_id, method, amount, created_at)
        select
            md5('payment of ' || o.id)::uuid, o.id, demo.one_of('card', 'card', 'invoice', 'bank'), o.total,
            demo.clock()
        from public.orders as o
        where o.id = number;
    end if;
end
$body$;

create function demo.ship_order(number bigint)
returns void
language plpgsql
as $body$
begin
    update public.orders as o
    set status = 'shipped',
        shipping = o.shipping || jsonb_build_object('tracking', 'TR' || to_char(o.id * 7919, 'FM000000000')),
        updated_at = demo.clock()
    where o.id = number
        and o.status = 'paid';
    if found then
        insert into public.shipments (order_id, carrier, weight_kg, shipped_at)
        values (number, demo.one_of('Posti', 'DHL', 'La Poste'), 0.1 * demo.pick(120), demo.clock());
    end if;
end
$body$;

create function demo.deliver_order(number bigint)
returns void
language plpgsql
as $body$
begin
    update public.orders as o
    set status = 'delivered', updated_at = demo.clock()
    where o.id = number
        and o.status = 'shipped';
    if found then
        update public.shipments as s
        set delivered_at = demo.clock()
        where s.order_id = number;
    end if;
end
$body$;

-- Cancels an order that has not been shipped, or takes one back that was delivered; goods and money go back.
create function demo.undo_order(number bigint, new_status text)
returns void
language plpgsql
as $body$
begin
    update public.orders as o
    set status = new_status, updated_at = demo.clock()
    where o.id = number
        and o.status = any (case when new_status = 'cancelled' then '{pending,paid}' else '{delivered}' end::text[]);
    if found then
        update public.payments as p
        set status = 'refunded'
        where p.order_id = number;
        update public.products as p
        set stock = p.stock + i.quantity
        from public.order_items as i
        where i.order_id = number
            and i.product_id = p.id;
    end if;
end
$body$;

create function demo.register_customer()
returns void
language plpgsql
as $body$
begin
    with next as (
        select nextval(pg_get_serial_sequence('public.customers', 'id')) as id
    )
    insert into public.customers (id, name, email, password_hash, prefs, created_at, updated_at)
    select
        n.id,
        demo.one_of('Mia', 'Noah', 'Aada', 'Émile', 'Sofia', 'Jürgen', 'Aarav', 'ليلى', 'Chloé', 'Otto')
            || ' ' || demo.one_of('Berg', 'Laine', 'Moreau', 'Haddad', 'Fischer', 'Ito', 'Costa', 'O''Brien'),
        'customer' || n.id || '@mail.example',
        '$argon2id$' || md5('password ' || n.id),
        jsonb_build_object(
            'theme', demo.one_of('light', 'dark'), 'newsletter', random() < 0.5, 'languages', '["en"]'::jsonb
        ),
        demo.clock(), demo.clock()
    from next as n;
end
$body$;

create function demo.edit_profile(number bigint)
returns void
language plpgsql
as $body$
begin
    case demo.pick(5)
        when 1 then
            update public.customers as c
            set prefs = c.prefs
                    || jsonb_build_object('theme', case c.prefs ->> 'theme' when 'dark' then 'light' else 'dark' end),
                updated_at = demo.clock()
            where c.id = number;
        when 2 then
            update public.customers as c
            set prefs = jsonb_set(
                    c.prefs, '{notify}', jsonb_build_object('email', random() < 0.5, 'sms', random() < 0.5)
                ),
                updated_at = demo.clock()
            where c.id = number;
        when 3 then
            update public.customers as c
            set email = regexp_replace(c.email, '@.*', '') || '@' || demo.one_of('post', 'inbox', 'mail') || '.example',
                updated_at = demo.clock()
            where c.id = number;
        when 4 then
            update public.customers as c
            set phone = '+33 6 ' || to_char(demo.pick(99999999), 'FM00000000'), updated_at = demo.clock()
            where c.id = number;
        else
            update public.customers as c
            set prefs = jsonb_set(
                    c.prefs, '{languages}', jsonb_build_array(demo.one_of('en', 'fi'), demo.one_of('fr', 'de', 'ja'))
                ),
                password_hash = '$argon2id$' || md5(random()::text),
                updated_at = demo.clock()
            where c.id = number;
    end case;
end
$body$;

create function demo.give_credit(number bigint)
returns void
language sql
as $body$
    update public.customers as c
    set credit = c.credit + demo.pick(8) * 5,
        note = demo.one_of('late parcel', 'damaged on arrival', 'loyal customer', 'wrong item sent'),
        updated_at = demo.clock()
    where c.id = number
$body$;

create function demo.change_price(number bigint)
returns void
language plpgsql
as $body$
begin
    update public.products as p
    set price = round(p.price * (0.9 + 0.2 * random())::numeric, 1) + 0.09, updated_at = demo.clock()
    where p.id = number;
end
$body$;

create function demo.edit_product(number bigint)
returns void
language plpgsql
as $body$
begin
    case demo.pick(3)
        when 1 then
            update public.products as p
            set attributes = p.attributes
                    || jsonb_build_object('color', demo.one_of('black', 'white', 'red', 'olive')),
                updated_at = demo.clock()
            where p.id = number;
        when 2 then
            update public.products as p
            set tags = array(
                    select distinct t
                    from unnest(p.tags || demo.one_of('new', 'sale', 'gift', 'eco')) as t
                    order by t
                ),
                updated_at = demo.clock()
            where p.id = number;
        else
            update public.products as p
            set attributes = jsonb_set(
                    jsonb_set(p.attributes, '{size,w}', to_jsonb(demo.pick(60))),
                    '{care}', (p.attributes -> 'care') || to_jsonb(demo.one_of('hand wash', 'oil yearly', 'no bleach'))
                ),
                updated_at = demo.clock()
            where p.id = number;
    end case;
end
$body$;

create function demo.write_review()
returns void
language plpgsql
as $body$
begin
    insert into public.reviews (product_id, customer_id, rating, body, created_at)
    values (
        demo.some_product(), demo.some_customer(), 6 - ceil(sqrt(demo.pick(25)))::integer,
        demo.one_of(
            'Exactly as described.', 'Smaller than I thought, but lovely.', 'Broke after a week :(',
            'Très beau, merci !', 'とても良いです', 'Bought two more as gifts.', 'Good value for the price.'
        ),
        demo.clock()
    );
end
$body$;

create function demo.remove_review()
returns void
language sql
as $body$
    delete from public.reviews as r
    where r.id = (
        select b.id
        from public.reviews as b
        where b.rating <= 2
        order by b.id desc
        limit 1
    )
$body$;

-- A delivery from a supplier: what is low is filled up, and the ledger says so.
create function demo.restock(how_many integer)
returns void
language sql
as $body$
    with filled as (
        update public.products as p
        set stock = p.stock + 40, updated_at = demo.clock()
        where p.id in (
                select l.id
                from public.products as l
                where l.active
                order by l.stock, l.id
                limit how_many
            )
        returning p.id
    )
    insert into public.stock_movements (product_id, quantity, reason, moved_at)
    select f.id, 40, 'delivery', demo.clock()
    from filled as f
    order by f.id
$body$;
