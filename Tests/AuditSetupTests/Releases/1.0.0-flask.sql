begin;
set local lock_timeout = 3000;
set local search_path = pg_catalog, pg_temp;
set local client_min_messages = warning;
select pg_advisory_xact_lock(4705209123517);

-- create extension btree_gist
create extension if not exists btree_gist with schema public;

-- create tables public.transaction and public.activity
create table "public".transaction (
    id bigserial primary key,
    native_transaction_id bigint,
    issued_at timestamp without time zone,
    client_addr inet,
    actor_id bigint,
    constraint transaction_unique_native_tx_id exclude using btree (native_transaction_id with =, issued_at with =)
);
create table "public".activity (
    id bigserial primary key,
    schema text,
    table_name text,
    relid integer,
    issued_at timestamp without time zone,
    native_transaction_id bigint,
    verb text,
    old_data jsonb default '{}',
    changed_data jsonb default '{}',
    transaction_id bigint references "public".transaction (id)
);
alter table "public".transaction add foreign key (actor_id) references "public"."users" ("id");

-- make the audit tables append-only for everyone but their owner
do $body$
declare
    held record;
begin
    for held in
        select distinct c.oid::pg_catalog.regclass as audit_table, a.grantee
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as s on s.oid = c.relnamespace
        cross join lateral pg_catalog.aclexplode(c.relacl) as a
        where s.nspname = 'public'
            and c.relname in ('transaction', 'activity')
            and a.grantee <> c.relowner
            and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    loop
        execute pg_catalog.format(
            'revoke update, delete, truncate on table %s from %s',
            held.audit_table,
            case
                when held.grantee = 0 then 'public'
                else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee))
            end
        );
    end loop;
end
$body$;

-- create index ix_activity_native_transaction_id
create index "ix_activity_native_transaction_id" on "public"."activity" (native_transaction_id);

-- create function public.audit_actor
create or replace function "public".audit_actor(given text)
returns bigint
language plpgsql
stable
as $body$
#variable_conflict use_variable
begin
    if given is null then
        return null;
    end if;
    return (
        select a."id"
        from "public"."users" as a
        where a."id" = cast(given as bigint)
    );
exception when others then
    return null;
end
$body$;
revoke all on function "public".audit_actor(given text) from public;

-- create function public.audit_transaction
create or replace function "public".audit_transaction()
returns bigint
language plpgsql
as $body$
#variable_conflict use_variable
declare
    began timestamp without time zone := now() at time zone 'UTC';
    given_addr text := nullif(current_setting('audit.client_addr', true), '');
    addr inet := inet_client_addr();
    row_id bigint;
begin
    select t.id
    into row_id
    from "public".transaction as t
    where t.native_transaction_id = txid_current()
        and t.issued_at >= began
    order by t.issued_at desc
    limit 1;
    if row_id is not null then
        return row_id;
    end if;

    if given_addr is not null then
        begin
            addr := given_addr::inet;
        exception when others then
            addr := null;
        end;
    end if;
    insert into "public".transaction (native_transaction_id, issued_at, client_addr, actor_id)
    values (
        txid_current(), began, addr,
        "public".audit_actor(nullif(current_setting('audit.actor_id', true), ''))
    )
    on conflict on constraint transaction_unique_native_tx_id do nothing
    returning id into row_id;
    return row_id;
end
$body$;
revoke all on function "public".audit_transaction() from public;

-- create function public.complete_transaction
create or replace function "public".complete_transaction()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
begin
    if new.actor_id is not null or new.client_addr is not null then
        update "public".transaction as t
        set actor_id = coalesce(t.actor_id, new.actor_id),
            client_addr = coalesce(t.client_addr, new.client_addr)
        where t.native_transaction_id = new.native_transaction_id
            and t.issued_at = new.issued_at
            and t.native_transaction_id = txid_current()
            and (t.actor_id is null and new.actor_id is not null
                or t.client_addr is null and new.client_addr is not null);
        if found then
            return null;
        end if;
    end if;
    return new;
end
$body$;
revoke all on function "public".complete_transaction() from public;

-- create function public.create_activity
create or replace function "public".create_activity()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
#variable_conflict use_variable
declare
    excluded text[] := coalesce(tg_argv[0], '{}')::text[];
    origin_oid oid := tg_relid;
    origin_schema text := tg_table_schema;
    origin_name text := tg_table_name;
    row_before jsonb := '{}';
    row_after jsonb := '{}';
    transaction_id bigint;
begin
    -- Applications switch capture off for a transaction; a word that is no boolean must not fail their write.
    if lower(current_setting('flask_audit_logger.enable_versioning', true))
        = any ('{false,fals,fal,fa,f,off,of,no,n,0}'::text[])
    then
        return null;
    end if;

    if tg_op = 'UPDATE' then
        if old operator(pg_catalog.*=) new then
            return null;
        end if;
        row_before := to_jsonb(old) - excluded;
        row_after := (
            select jsonb_object_agg(c.key, c.value)
            from jsonb_each(to_jsonb(new) - excluded) as c
            where (row_before -> c.key) is distinct from c.value
        );
        if row_after is null then
            return null;
        end if;
    elsif tg_op = 'INSERT' then
        if tg_level = 'STATEMENT' then
            if not exists (select from new_table) then
                return null;
            end if;
            transaction_id := "public".audit_transaction();
            insert into "public".activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
            )
            select
                origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
                txid_current(), 'insert', '{}', to_jsonb(n.*) - excluded, transaction_id
            from new_table as n;
            return null;
        end if;
        row_after := to_jsonb(new) - excluded;
    elsif tg_op = 'DELETE' then
        if tg_level = 'STATEMENT' then
            if not exists (select from old_table) then
                return null;
            end if;
            transaction_id := "public".audit_transaction();
            insert into "public".activity (
                schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
            )
            select
                origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
                txid_current(), 'delete', to_jsonb(o.*) - excluded, '{}', transaction_id
            from old_table as o;
            return null;
        end if;
        row_before := to_jsonb(old) - excluded;
    end if;

    -- A partition's trigger is a copy of its parent's: the change is recorded under the name of the table that was
    -- given the trigger, whichever of the two the statement named.
    if tg_level = 'ROW' and exists (select from pg_class as c where c.oid = tg_relid and c.relispartition) then
        with recursive copy as (
            select t.tgrelid, t.tgparentid
            from pg_trigger as t
            where t.tgrelid = tg_relid
                and t.tgname = tg_name
            union all
            select t.tgrelid, t.tgparentid
            from copy as p
            join pg_trigger as t on t.oid = p.tgparentid
        )
        select c.oid, c.relname, s.nspname
        into origin_oid, origin_name, origin_schema
        from copy as p
        join pg_class as c on c.oid = p.tgrelid
        join pg_namespace as s on s.oid = c.relnamespace
        where p.tgparentid = 0;
    end if;

    insert into "public".activity (
        schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data, transaction_id
    )
    values (
        origin_schema, origin_name, origin_oid::integer, statement_timestamp() at time zone 'UTC',
        txid_current(), lower(tg_op), row_before, row_after, "public".audit_transaction()
    );
    return null;
end
$body$;

-- create function public.get_setting
create or replace function "public".get_setting(setting text, fallback text)
returns text
language sql
stable
as $body$
    select coalesce(nullif(pg_catalog.current_setting(setting, true), ''), fallback)
$body$;

-- create function public.jsonb_subtract
create or replace function "public".jsonb_subtract(arg1 jsonb, arg2 jsonb)
returns jsonb
language sql
immutable
as $body$
    select coalesce(pg_catalog.jsonb_object_agg(m.key, m.value), '{}')
    from pg_catalog.jsonb_each(arg1) as m
    where (arg2 operator(pg_catalog.->) m.key) is distinct from m.value
$body$;

-- complete transaction rows
create trigger complete_transaction
    before insert on "public".transaction
    for each row
    execute function "public".complete_transaction();

-- audit public.orders
create trigger audit_trigger_insert
    after insert on "public"."orders"
    referencing new table as new_table
    for each statement
    execute function "public".create_activity();
create trigger audit_trigger_update
    after update on "public"."orders"
    for each row
    execute function "public".create_activity();
create trigger audit_trigger_delete
    after delete on "public"."orders"
    referencing old table as old_table
    for each statement
    execute function "public".create_activity();
create trigger audit_trigger_truncate
    after truncate on "public"."orders"
    for each statement
    execute function "public".create_activity();

-- mark the installation as 1.0.0, profile flask
comment on function "public".create_activity() is '{"audit-tui": "1.0.0", "profile": "flask"}';

commit;
