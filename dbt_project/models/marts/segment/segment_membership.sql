-- Grain: one row per segment, customer and stay. What was last published goes on: a stay keeps the moment
-- it began, ends where the customer does not match any more, and follows a customer who was merged.
-- Stays of customers who are gone go with them.
with

survivors as (

    {{ surviving_customers(ref('redirect')) }}

),

kept as (

    select
        s.segment, s.entered_at, s.left_at,
        coalesce(v.customer_id, s.customer_id) as customer_id
    from {{ ref('int_segment__kept_stay') }} as s
    left join survivors as v on s.customer_id = v.old_customer_id
    where coalesce(v.customer_id, s.customer_id) in (select customer_id from {{ ref('customer_360') }})

),

-- only what may overlap goes through windows: stays of customers who were merged
reached as (

    select
        segment, customer_id, entered_at,
        coalesce(left_at, cast('9999-12-31' as timestamp)) as ended_at,
        max(coalesce(left_at, cast('9999-12-31' as timestamp))) over (
            partition by segment, customer_id
            order by entered_at, left_at rows between unbounded preceding and 1 preceding
        ) as ended_before
    from kept
    where customer_id in (select customer_id from survivors)

),

numbered as (

    select
        *,
        sum(case when entered_at <= ended_before then 0 else 1 end) over (
            partition by segment, customer_id order by entered_at, ended_at rows unbounded preceding
        ) as stay
    from reached

),

stays as (

    select
        segment, customer_id, min(entered_at) as entered_at,
        nullif(max(ended_at), cast('9999-12-31' as timestamp)) as left_at
    from numbered
    group by segment, customer_id, stay
    union all
    select segment, customer_id, entered_at, left_at
    from kept
    where customer_id not in (select customer_id from survivors)

),

-- a stay that ended at this very moment, or later than it, has not ended
live as (

    select s.segment, s.customer_id, max(s.entered_at) as entered_at, bool_or(s.left_at is null) as is_open
    from stays as s
    cross join {{ ref('int_time__as_of') }} as a
    where coalesce(s.left_at >= a.as_of_at, true)
    group by s.segment, s.customer_id

),

members as (

    select segment, customer_id from {{ ref('int_segment__match') }}
    union all
    select l.segment, l.customer_id
    from live as l
    inner join {{ ref('int_segment__declared') }} as d on l.segment = d.segment and not d.is_due
    where l.is_open

),

going_on as (

    select l.segment, l.customer_id, l.entered_at
    from live as l
    inner join members as m on l.segment = m.segment and l.customer_id = m.customer_id

),

final as (

    select
        s.segment, s.customer_id, s.entered_at,
        case
            when g.customer_id is null then coalesce(s.left_at, greatest(s.entered_at, a.as_of_at))
        end as left_at
    from stays as s
    cross join {{ ref('int_time__as_of') }} as a
    left join going_on as g
        on s.segment = g.segment and s.customer_id = g.customer_id and s.entered_at = g.entered_at
    union all
    select m.segment, m.customer_id, a.as_of_at as entered_at, null as left_at
    from members as m
    cross join {{ ref('int_time__as_of') }} as a
    left join going_on as g on m.segment = g.segment and m.customer_id = g.customer_id
    where g.customer_id is null

)

select
    segment,
    customer_id,
    left_at is null as is_member,
    entered_at,
    left_at

from final
