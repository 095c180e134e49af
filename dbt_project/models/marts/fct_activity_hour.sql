-- Grain: one row per customer, weekday and hour of the day in which they did something themselves:
-- when a customer is most active. Hours and weekdays are those of the var reporting_timezone.
-- What only happened to them (an e-mail sent, a bounce, a call of ours) is left out.
with

hours as (

    select
        customer_id,
        date_trunc('hour', occurred_at) as hour_at,
        count(*) as events,
        count(*) filter (where event_kind = 'log_in') as log_ins
    from {{ ref('fct_event') }}
    where customer_id is not null and {{ own_act() }}
    group by customer_id, date_trunc('hour', occurred_at)

),

localised as (

    select
        *,
        {{ local_time('hour_at') }} as local_at
    from hours

)

select
    customer_id,
    isodow(local_at) as local_weekday,
    hour(local_at) as local_hour,
    cast(sum(events) as bigint) as events,
    cast(sum(log_ins) as bigint) as log_ins,
    max(hour_at) as last_hour_at

from localised
group by customer_id, isodow(local_at), hour(local_at)
