-- Grain: one row per segment, customer and stay. What was last published goes on: a stay keeps the moment
-- it began, ends where the customer does not match any more, and follows a customer who was merged.
-- Stays of customers who are gone go with them.
with

survivors as (

    {{ surviving_customers(ref('redirect')) }}

),

kept as (

    select
        s.segment,
        coalesce(v.customer_id, s.customer_id) as customer_id,
        s.entered_at,
        coalesce(s.left_at, cast('9999-12-31' as timestamp)) as ended_at

    from {{ ref('int_segment__kept_stay') }} as s
    left join survivors as v on s.customer_id = v.old_customer_id
    where coalesce(v.customer_id, s.customer_id) in (select customer_id from {{ ref('customer_360') }})

),

-- stays of customers who are one now may overlap
reached as (

    select
        *,
        max(ended_at) over (
            partition by segment, customer_id
            order by entered_at, ended_at rows between unbounded preceding and 1 preceding
        ) as ended_before
    from kept

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
        segment,
        customer_id,
        min(entered_at) as entered_at,
        nullif(max(ended_at), cast('9999-12-31' as timestamp)) as left_at,
        stay = max(stay) over (partition by segment, customer_id) as is_latest
    from numbered
    group by segment, customer_id, stay

),

members as (

    select segment, customer_id from {{ ref('int_segment__match') }}
    union all
    select s.segment, s.customer_id
    from stays as s
    inner join {{ ref('int_segment__declared') }} as d on s.segment = d.segment and not d.is_due
    where s.left_at is null

),

-- a stay that ended at this very moment, or later than it, has not ended
continued as (

    select
        s.segment,
        s.customer_id,
        s.entered_at,
        case
            when m.customer_id is not null and s.is_latest and coalesce(s.left_at >= a.as_of_at, true) then null
            else coalesce(s.left_at, greatest(s.entered_at, a.as_of_at))
        end as left_at

    from stays as s
    cross join {{ ref('int_time__as_of') }} as a
    left join members as m on s.segment = m.segment and s.customer_id = m.customer_id

),

begun as (

    select m.segment, m.customer_id, a.as_of_at as entered_at, cast(null as timestamp) as left_at
    from members as m
    cross join {{ ref('int_time__as_of') }} as a
    left join stays as s on m.segment = s.segment and m.customer_id = s.customer_id and s.is_latest
    where coalesce(s.left_at < a.as_of_at, s.customer_id is null)

),

final as (

    select * from continued
    union all
    select * from begun

)

select
    segment,
    customer_id,
    left_at is null as is_member,
    entered_at,
    left_at

from final
