-- What happened to the keys of a table, for those keys where it does not follow at first sight: each activity that
-- touched the key, with a hash of the row before and after it, null for none; and last the row that the table holds.
-- $1 text, $2 text: schema and table; $3 bigint: what the hashes begin with; $4 bigint: into how many parts the keys are
-- divided; $5 bigint: the part, from 0; $6 bigint[]: the activities that truncated the table; $7 text[]: the columns of
-- the key. Ordered by key and id, the row of the table last. epoch: how many times the table had been truncated.
--
-- :old_key, :changed_key, :new_key: the key in a.old_data, a.changed_data and both together; :live_key: in t.key_data.
-- :key_columns and :columns: of the row r of the table; :only: what keeps children by inheritance out.
--
-- The hash is of the text: that of jsonb is the same when two values change places that are 32 members apart.
-- Reads all activities of the table, in memory of bounded size.
with step (key, id, issued_at, transaction, epoch, before, after, relation, place) as (
    select
        t.key,
        a.id,
        a.issued_at,
        a.native_transaction_id,
        width_bucket(a.id, $6::bigint[]),
        t.before,
        t.after,
        null::oid,
        null::tid
    from :"schema".activity as a
    cross join lateral (
        select
            case when a.verb <> 'insert' then :old_key end as old_key,
            case
                when a.verb = 'insert' then :changed_key
                when a.verb = 'update' and a.changed_data ?| $7::text[] then :new_key
            end as new_key
        offset 0
    ) as k
    cross join lateral (
        select
            k.old_key as key,
            hashtextextended(a.old_data::text, $3::bigint) as before,
            case
                when a.verb = 'update' and (k.new_key is null or k.new_key = k.old_key)
                    then hashtextextended((a.old_data || a.changed_data)::text, $3::bigint)
            end as after
        where k.old_key is not null
        union all
        select
            k.new_key,
            null,
            hashtextextended(
                case when a.verb = 'insert' then a.changed_data else a.old_data || a.changed_data end::text,
                $3::bigint
            )
        where k.new_key is distinct from k.old_key
            and k.new_key is not null
    ) as t
    where a.schema = $1::text
        and a.table_name = $2::text
        and a.verb in ('insert', 'update', 'delete')
        and (hashtextextended(t.key, $3::bigint) & 9223372036854775807) % $4::bigint = $5::bigint
    union all
    select
        k.key,
        null,
        null,
        null,
        cardinality($6::bigint[]),
        hashtextextended(v.data::text, $3::bigint),
        null,
        r.tableoid,
        r.ctid
    from :only :"table_schema".:"table_name" as r
    cross join lateral (
        select :live_key as key
        from (select to_jsonb(x.*) as key_data from (select :key_columns) as x) as t
        offset 0
    ) as k
    cross join lateral (
        select to_jsonb(x.*) as data
        from (select :columns) as x
    ) as v
    where (hashtextextended(k.key, $3::bigint) & 9223372036854775807) % $4::bigint = $5::bigint
),
compared as (
    select
        s.key,
        s.id,
        s.issued_at,
        s.transaction,
        s.epoch,
        s.before,
        s.after,
        s.relation,
        s.place,
        case
            when lag(s.epoch) over w = s.epoch then s.before is distinct from lag(s.after) over w
            else s.epoch > 0 and s.before is not null
        end or (
            lead(s.epoch) over w is null
            and s.id is not null
            and s.after is not null
            and s.epoch = cardinality($6::bigint[])
        ) as is_broken
    from step as s
    window w as (partition by s.key order by s.id nulls last)
),
marked as (
    select
        c.key,
        c.id,
        c.issued_at,
        c.transaction,
        c.epoch,
        c.before,
        c.after,
        c.relation,
        c.place,
        bool_or(c.is_broken) over (partition by c.key) as is_suspect
    from compared as c
)
select
    m.key,
    m.id,
    m.issued_at::text as issued_at,
    m.transaction,
    m.epoch,
    m.before,
    m.after,
    m.relation,
    m.place::text as place
from marked as m
where m.is_suspect
order by m.key, m.id nulls last
