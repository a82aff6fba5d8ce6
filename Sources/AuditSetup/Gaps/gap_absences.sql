-- When columns were left out of the trail of a table: for each of the given columns the activities whose rows lack it
-- while the row of the activity before, about whichever key, had it.
-- $1 text, $2 text: schema and table; $3 text[]: the columns. One row for each column that was ever left out: its name,
-- the ids in their order. Reads all activities of the table.
with image as (
    select
        a.id,
        c.name,
        not (case when a.verb = 'insert' then a.changed_data else a.old_data end ? c.name) as is_absent
    from :"schema".activity as a
    cross join unnest($3::text[]) as c (name)
    where a.schema = $1::text
        and a.table_name = $2::text
        and a.verb in ('insert', 'update', 'delete')
),
edge as (
    select
        i.id,
        i.name,
        i.is_absent and not coalesce(lag(i.is_absent) over (partition by i.name order by i.id), false) as is_start
    from image as i
)
select
    e.name,
    array_agg(e.id order by e.id)::text as ids
from edge as e
where e.is_start
group by e.name
