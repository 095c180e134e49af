-- Grain: one row per month that is over, of the last twelve, stage of life at the end of the month before and
-- at its end: how many customers went from the one to the other. Who was not known yet was `not_known`.
-- Silences are weighed by the limits of today, so a month is told by one rule whenever it is told.
with

as_of as (

    select as_of_date, {{ month_of('as_of_date') }} as running_month from {{ ref('int_time__as_of') }}

),

ends as (

    select unnest({{ each_month(month_later('running_month', -12), 'running_month') }}) - 1 as ended_on
    from as_of

),

days as (

    select
        customer_id, purchased_on, bool_or(is_order) as has_order
    from {{ ref('fct_purchase') }}
    where is_counted and customer_id is not null
    group by customer_id, purchased_on

),

gaps as (

    select
        customer_id, purchased_on,
        purchased_on - lag(purchased_on) over (partition by customer_id order by purchased_on) as gap_days
    from days
    where has_order

),

returns as (

    select g.customer_id, g.purchased_on as returned_on
    from gaps as g
    inner join {{ ref('int_customer__rhythm') }} as r
        on g.customer_id = r.customer_id and g.gap_days > r.return_days

),

bought as (

    select
        e.ended_on, d.customer_id,
        count(*) filter (where d.has_order) as order_days,
        e.ended_on - min(d.purchased_on) as first_purchase_days,
        e.ended_on - max(d.purchased_on) as silent_days,
        e.ended_on - max(r.returned_on) as returned_days
    from ends as e
    inner join days as d on e.ended_on >= d.purchased_on
    left join returns as r on d.customer_id = r.customer_id and d.purchased_on = r.returned_on
    group by e.ended_on, d.customer_id

),

subscribed as (

    select distinct e.ended_on, s.customer_id
    from ends as e
    inner join {{ ref('fct_subscription') }} as s
        on e.ended_on >= cast({{ local_time('s.started_at') }} as date)
        and (s.ended_at is null or e.ended_on < cast({{ local_time('s.ended_at') }} as date))
    where not s.is_test and s.customer_id is not null

),

known as (

    select
        e.ended_on, c.customer_id, coalesce(b.order_days, 0) as order_days,
        b.first_purchase_days, b.silent_days, b.returned_days,
        r.at_risk_days, r.lapsed_days, r.churned_days, s.customer_id is not null as is_subscriber
    from ends as e
    inner join {{ ref('customer_360') }} as c
        on e.ended_on >= cast({{ local_time('c.first_contact_at') }} as date)
    left join bought as b on e.ended_on = b.ended_on and c.customer_id = b.customer_id
    left join subscribed as s on e.ended_on = s.ended_on and c.customer_id = s.customer_id
    left join {{ ref('int_customer__rhythm') }} as r on c.customer_id = r.customer_id

),

stages as (

    select ended_on, customer_id, {{ lifecycle_stage() }} as lifecycle_stage from known

)

select
    ---------- text
    coalesce(before.lifecycle_stage, 'not_known') as stage_before,
    now.lifecycle_stage,

    ---------- numerics
    count(*) as customers,

    ---------- timestamps
    {{ month_of('now.ended_on') }} as month

from stages as now
left join stages as before
    on now.customer_id = before.customer_id
    and before.ended_on = {{ month_of('now.ended_on') }} - 1
where now.ended_on > (select min(ended_on) from ends)
group by before.lifecycle_stage, now.lifecycle_stage, {{ month_of('now.ended_on') }}
