-- Texts, chosen by numbers.

-- A person, the first name by one number and the last by another.
create function generator.person(first bigint, last bigint) returns text
language sql immutable parallel safe as $$
  select
    (array[
      'Amber', 'Birk', 'Cleo', 'Dara', 'Edda', 'Falk', 'Greta', 'Henk',
      'Isa', 'Jory', 'Kaya', 'Leif', 'Mara', 'Nils', 'Orla', 'Pim'
    ])[1 + (first & 15)]
    || ' '
    || (array[
      'Abel', 'Brandt', 'Corso', 'Duval', 'Engel', 'Farrow', 'Gallo', 'Horn',
      'Ibsen', 'Jansen', 'Klein', 'Lund', 'Moreau', 'Novak', 'Otto', 'Prins'
    ])[1 + (last & 15)]
$$;

-- A sentence of about 110 characters.
create function generator.sentence(lot bigint) returns text
language sql immutable parallel safe as $$
  select
    (array[
      'The customer called again and', 'After the weekly review we', 'The branch office', 'Nobody at the desk',
      'Accounting found an error and', 'The driver could not wait and', 'Support has now', 'As the contract says we',
      'The supplier', 'During the stock count someone', 'The new colleague', 'Head office',
      'The night shift', 'After three reminders the client', 'The auditor asked why we', 'By mistake the importer'
    ])[1 + (lot & 15)]
    || ' '
    || (array[
      'moved the delivery to a later date', 'raised the credit limit for a short time',
      'returned two boxes with torn wrapping', 'confirmed the price of the last offer',
      'entered the wrong bank account first', 'asked for a copy of every invoice',
      'cancelled what was left of the order', 'changed the address of the warehouse',
      'granted a discount on the whole lot', 'sent the goods by the slower carrier',
      'replaced the damaged parts at no charge', 'opened a second account by telephone',
      'put the request in the wrong queue', 'merged the two files of the firm',
      'took the figures of the year before', 'waited for the signature in vain'
    ])[1 + ((lot >> 4) & 15)]
    || ', '
    || (array[
      'which is settled now', 'as agreed on Monday', 'see the file of last spring', 'to be checked in June',
      'without telling anyone', 'and wants to hear from us', 'for reasons not on record', 'as the rules allow',
      'until the matter is closed', 'at the expense of the house', 'and the refund is due', 'in spite of the warning',
      'before the office closed', 'with many apologies', 'since the system was down', 'and will do so again'
    ])[1 + ((lot >> 8) & 15)]
    || ' (' || pg_catalog.to_hex(lot) || ')'
$$;

-- A text of about 3 KB.
create function generator.chapter(lot bigint) returns text
language sql immutable parallel safe as $$
  select pg_catalog.string_agg(generator.sentence(generator.lot(lot, sentence)), '. ')
  from pg_catalog.generate_series(1, 25) sentence
$$;
