-- The tables of Benchmarks/capture: 15 columns of the usual types, 60 columns with a document of 4 KB, and actors.
create table users (id bigint primary key, name text);
insert into users select g, 'user ' || g from generate_series(1, 100) as g;
create table orders (
    id bigint primary key, code uuid, customer text, email text, status text, quantity int, price numeric(12, 2),
    rate float8, active boolean, created timestamptz, changed timestamp, due date, tags text[], document jsonb, notes text
) with (fillfactor = 90);
insert into orders
select
    g, md5(g::text)::uuid, 'Customer ' || g, g || '@example.org', (array['new', 'paid', 'sent'])[1 + g % 3], g % 1000,
    g / 100.0, g / 7.0, g % 2 = 0, '2026-01-01'::timestamptz + g * interval '1 minute',
    '2026-01-01'::timestamp + g * interval '1 second', '2026-01-01'::date + g % 365, array['a' || g % 10, 'b'],
    jsonb_build_object('key', g, 'text', 'value ' || g, 'list', jsonb_build_array(1, 2, g)), repeat('note ', 10)
from generate_series(1, 100000) as g;
create table lines (like orders including all);
do $$
declare
    types text[] := '{int,text,"numeric(12,2)",timestamptz,boolean,bigint}';
    terms text[] := array['g', '''text '' || g', 'g / 100.0', '''2026-01-01''', 'g % 2 = 0', 'g'];
begin
    execute (
        select format(
            'create table wide (id bigint primary key, %s, document jsonb)',
            string_agg(format('c%s %s', i, types[1 + i % 6]), ', ' order by i)
        )
        from generate_series(1, 58) as i
    );
    execute (
        select format(
            $f$insert into wide
            select g, %s, (select jsonb_object_agg('key' || k, md5(g || ' ' || k)) from generate_series(1, 95) as k)
            from generate_series(1, 3000) as g$f$,
            string_agg(terms[1 + i % 6], ', ' order by i)
        )
        from generate_series(1, 58) as i
    );
end
$$;
