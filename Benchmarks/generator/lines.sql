-- What follows from the number of a line of the trail, from 0 on, or of a transaction.
--
-- These functions, like those of texts.sql and values.sql, are written so that the planner replaces each call by its
-- body, without which they take a hundred times as long: each is one expression, takes plain columns, and is no less
-- volatile than what it calls; making json is stable, not immutable.

-- A number that looks drawn by lot, from 0 on, below two thousand million.
create function generator.lot(number bigint, purpose int) returns bigint
language sql immutable parallel safe as $$
  select pg_catalog.hashint8extended(number, purpose) & 2147483647
$$;

-- The same as a fraction, above 0, at most 1.
create function generator.fraction(number bigint, purpose int) returns float8
language sql immutable parallel safe as $$
  select (generator.lot(number, purpose) + 1) / 2147483648::float8
$$;

-- When line `line` of `lines` was written: two years, every day as many, most of them about noon.
create function generator.time_at(line bigint, lines bigint) returns timestamp
language sql immutable parallel safe as $$
  select timestamp '2024-01-01' + interval '1 day'
    * (line::float8 / lines * 731 + 0.85 * pg_catalog.sind(line::float8 / lines * 731 * 360) / (2 * pg_catalog.pi()))
$$;

-- Whether the line belongs to the one large transaction of its million.
create function generator.is_large(line bigint) returns boolean
language sql immutable parallel safe as $$ select line % 1000000 between 500000 and 599999 $$;

-- Whether the application opened the transaction, so that it has a row of its own.
create function generator.has_row(transaction bigint) returns boolean
language sql immutable parallel safe as $$ select generator.fraction(transaction, 1) > 0.03 $$;

create function generator.native_id(transaction bigint) returns bigint
language sql immutable parallel safe as $$ select 5000 + 3 * transaction $$;
