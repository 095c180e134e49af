-- Grain: one row per customer, with the day of their first event, purchase or ticket, and of the first one
-- they paid for; a customer without any is known from as_of on. A time after the run is a wrong clock and
-- counts for nothing.
with

firsts as (

    select customer_id, min(occurred_at) as happened_at, cast(null as timestamp) as paid_at
    from {{ ref('fct_event') }}
    where customer_id is not null and occurred_at <= {{ utc_now() }}
    group by customer_id

    union all

    select customer_id, min(purchased_at) as happened_at,
        min(purchased_at) filter (where is_counted) as paid_at
    from {{ ref('fct_purchase') }}
    where customer_id is not null and purchased_at <= {{ utc_now() }}
    group by customer_id

    union all

    select customer_id, min(opened_at) as happened_at, cast(null as timestamp) as paid_at
    from {{ ref('fct_ticket') }}
    where customer_id is not null and opened_at <= {{ utc_now() }}
    group by customer_id

),

earliest as (

    select customer_id, min(happened_at) as happened_at, min(paid_at) as paid_at
    from firsts
    group by customer_id

)

select
    ---------- ids
    c.customer_id,

    ---------- timestamps
    coalesce(cast({{ local_time('e.happened_at') }} as date), a.as_of_date) as first_contact_on,
    cast({{ local_time('e.paid_at') }} as date) as first_paid_on

from {{ ref('dim_customer') }} as c
cross join {{ ref('int_time__as_of') }} as a
left join earliest as e on c.customer_id = e.customer_id
