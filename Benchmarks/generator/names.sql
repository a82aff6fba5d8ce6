-- The tables of the application, in a schema of the generator's own, which the last file drops.
--
-- A table has `alive` rows at a time. Each of them is written `versions` times, the first is its insert and the last,
-- for every other row, its delete; then the next rows take their place. Zero versions: the rows stay, and are updated
-- for ever. A long one has texts of some KB. The first 38 are written with falling frequency, the last three at a pace
-- of their own (pattern.sql).
create schema generator;

create table generator.tables (
  number int generated always as identity primary key,
  name text not null,
  kind text not null,
  alive int not null,
  versions int not null,
  is_long boolean generated always as (name = 'contracts') stored,
  relid int,
  columns text[]
);

insert into generator.tables (name, kind, alive, versions) values
  ('orders', 'sale', 400, 6), ('order_lines', 'article', 900, 3), ('users', 'person', 5000, 0),
  ('payments', 'sale', 300, 4), ('products', 'article', 2000, 40), ('sessions', 'thing', 200, 2),
  ('shipments', 'sale', 300, 5), ('invoices', 'sale', 300, 4), ('customers', 'person', 3000, 12),
  ('baskets', 'sale', 150, 8), ('reviews', 'document', 200, 3), ('addresses', 'thing', 500, 5),
  ('contracts', 'document', 300, 10), ('tickets', 'document', 200, 7), ('messages', 'document', 100, 2),
  ('subscriptions', 'sale', 200, 12), ('vouchers', 'article', 50, 5), ('refunds', 'sale', 50, 3),
  ('depots', 'thing', 40, 0), ('stock_moves', 'article', 100, 1), ('suppliers', 'person', 200, 15),
  ('categories', 'article', 120, 0), ('labels', 'article', 60, 4), ('teams', 'thing', 50, 8),
  ('memberships', 'person', 80, 4), ('api_keys', 'thing', 30, 3), ('webhooks', 'thing', 30, 9),
  ('jobs', 'thing', 60, 3), ('reports', 'document', 40, 4), ('exports', 'document', 40, 3),
  ('employees', 'person', 300, 0), ('departments', 'thing', 30, 0), ('settings', 'thing', 20, 0),
  ('permissions', 'thing', 50, 5), ('roles', 'thing', 15, 0), ('tax_rates', 'article', 40, 0),
  ('currencies', 'article', 30, 0), ('prices', 'article', 100, 4),
  ('heartbeats', 'thing', 1, 1), ('legacy_imports', 'thing', 1, 1), ('feature_flags', 'thing', 3, 0);

-- What each kind calls its nine columns: a name, an address, a text, an amount, a flag, a state, a time, a count and
-- a reference (values.sql).
update generator.tables
set columns = case kind
  when 'person' then array['name', 'email', 'note', 'credit', 'active', 'standing', 'seen_at', 'visits', 'manager_id']
  when 'sale' then array[
    'recipient', 'contact_email', 'remark', 'total', 'paid', 'status', 'shipped_at', 'pieces', 'user_id']
  when 'article' then array[
    'title', 'supplier_email', 'description', 'price', 'listed', 'status', 'restocked_at', 'stock', 'supplier_id']
  when 'document' then array[
    'title', 'author_email', 'body', 'rating', 'published', 'status', 'reviewed_at', 'pages', 'user_id']
  else array['label', 'owner_email', 'remark', 'amount', 'enabled', 'status', 'used_at', 'attempts', 'owner_id']
end;
