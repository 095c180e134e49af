-- Grain: one row per customer and day on which they became active (1: an order after none for
-- churn_after_days) or inactive (-1: the last order is now older than that), up to as_of.
with

orders as (

    select customer_id, purchased_on, previous_ordered_on, next_ordered_on
    from {{ ref('int_trend__purchase') }}
    where order_number is not null

),

turns as (

    select customer_id, purchased_on as happened_on, 1 as active_delta
    from orders
    where previous_ordered_on is null
        or {{ day_later('previous_ordered_on', var('churn_after_days')) }} < purchased_on

    union all

    select customer_id, {{ day_later(day_later('purchased_on', var('churn_after_days')), 1) }} as happened_on,
        -1 as active_delta
    from orders
    where next_ordered_on is null or {{ day_later('purchased_on', var('churn_after_days')) }} < next_ordered_on

)

select
    ---------- ids
    t.customer_id,

    ---------- numerics
    t.active_delta,

    ---------- timestamps
    t.happened_on

from turns as t
inner join {{ ref('int_time__as_of') }} as a on t.happened_on <= a.as_of_date
