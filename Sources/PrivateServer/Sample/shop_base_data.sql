-- Fills the sample shop with what it had when its audit trail began, two years ago. No parameters.
-- The same on every run: what varies is derived from the row's number.
insert into public.employees (name, email, job, active)
values
    ('Aino Virtanen', 'aino@shop.example', 'manager', true),
    ('Bob Mwangi', 'bob@shop.example', 'pricing', true),
    ('Carla Rossi', 'carla@shop.example', 'support', true),
    ('Dmitri Orlov', 'dmitri@shop.example', 'warehouse', true),
    ('Emma Larsen', 'emma@shop.example', 'support', true),
    ('Farid Haddad', 'farid@shop.example', 'warehouse', true),
    ('Grace O''Neill', 'grace@shop.example', 'products', true),
    ('田中 太郎', 'taro@shop.example', 'products', true),
    ('Hana Nováková', 'hana@shop.example', 'accounts', true),
    ('Ivan Petrov', 'ivan@shop.example', 'administrator', true),
    ('webshop', 'webshop@shop.example', 'service', true),
    ('billing', 'billing@shop.example', 'service', true);

insert into public.categories (name, slug)
select name, lower(name)
from unnest(
    '{Kitchen,Garden,Lighting,Textiles,Furniture,Stationery,Toys,Outdoor,Bath,Storage}'::text[]
) with ordinality as c (name, number)
order by number;

-- Ten categories of six things in five materials: 300 products.
insert into public.products (
    category_id, sku, supplier_code, name, price, stock, tags, attributes, created_at, updated_at
)
select
    c.number,
    upper(left(m.name, 2)) || '-' || to_char(c.number * 100 + t.number, 'FM0000'),
    'S' || to_char(1 + (c.number * 7 + m.number * 3) % 40, 'FM000'),
    m.name || ' ' || t.name,
    (4 + (c.number * 37 + t.number * 53 + m.number * 29) % 150)::numeric
        + (array[0.50, 0.90, 0.95, 0.99])[1 + (t.number + m.number) % 4],
    180 + ((c.number * 31 + t.number * 17 + m.number * 11) % 120)::integer,
    array[lower(m.name), lower(split_part(t.name, ' ', -1))],
    jsonb_build_object(
        'color', (array['natural', 'black', 'green', 'blue', 'sand'])[1 + (t.number + c.number) % 5],
        'weight_g', 120 + (c.number * 113 + t.number * 71 + m.number * 41) % 4000,
        'size', jsonb_build_object('w', 10 + t.number * 4, 'h', 8 + m.number * 3, 'unit', 'cm'),
        'care', jsonb_build_array('wipe clean', 'keep dry')
    ),
    moment.made,
    moment.made
from (
    values
        (1, '{cutting board,salad bowl,bread knife,tea pot,mug,ladle}'::text[]),
        (2, '{plant pot,watering can,trowel,bird house,rake,planter}'),
        (3, '{desk lamp,lantern,candle holder,floor lamp,night light,shade}'),
        (4, '{throw,cushion,tea towel,rug,curtain,table runner}'),
        (5, '{stool,side table,shelf,bench,coat rack,desk}'),
        (6, '{notebook,pencil case,letter tray,ruler,calendar,clipboard}'),
        (7, '{train,puzzle,stacking tower,kite,rattle,doll}'),
        (8, '{hammock,flask,picnic basket,camping chair,fire bowl,blanket}'),
        (9, '{soap dish,bath mat,towel ladder,mirror,brush,bathrobe}'),
        (10, '{storage box,basket,hook rail,drawer insert,jar,crate}')
) as c (number, things)
cross join lateral unnest(c.things) with ordinality as t (name, number)
cross join unnest('{Oak,Linen,Steel,Cork,Clay}'::text[]) with ordinality as m (name, number)
cross join lateral (
    select date_trunc('day', now()) - make_interval(days => (760 + c.number * 9 + t.number * 5)::integer) as made
) as moment
order by c.number, t.number, m.number;

insert into public.customers (name, email, password_hash, phone, prefs, created_at, updated_at)
select
    f.name || ' ' || l.name,
    f.login || '.' || number || '@mail.example',
    '$argon2id$' || md5('password ' || number),
    case when number % 3 = 0 then '+358 40 ' || to_char(1000000 + number * 7919 % 9000000, 'FM0000000') end,
    jsonb_build_object(
        'theme', (array['light', 'dark'])[1 + number % 2],
        'newsletter', number % 4 <> 0,
        'languages', (array['["en"]', '["fi", "en"]', '["de"]', '["fr", "en"]'])[1 + number % 4]::jsonb
    ),
    moment.made,
    moment.made
from generate_series(1, 240) as number
join unnest(
    '{Liam,Zoë,José,Łukasz,Ólafur,Mei,Noor,Anna,Sven,Priya,Tomás,Ines,Kwame,Yuki,Lea,Ravi}'::text[],
    '{liam,zoe,jose,lukasz,olafur,mei,noor,anna,sven,priya,tomas,ines,kwame,yuki,lea,ravi}'::text[]
) with ordinality as f (name, login, position) on f.position = 1 + number % 16
join unnest(
    '{Smith,García,Müller,Kowalski,Korhonen,D''Arcy,Nguyen,李,Silva,Jensen,Okafor,Dubois,Rossi}'::text[]
) with ordinality as l (name, position) on l.position = 1 + number % 13
cross join lateral (
    select date_trunc('day', now()) - make_interval(days => 735 + number * 3, mins => number * 37 % 1440) as made
) as moment
order by number;

insert into public.coupons (code, percent, valid_during)
select code, percent, daterange((now() - make_interval(days => days))::date, null)
from (
    values ('WELCOME10', 10.0, 730), ('SPRING5', 5.0, 600), ('FRIENDS15', 15.0, 500)
) as c (code, percent, days);
