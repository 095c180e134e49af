-- Grain: one row per segment (all, or a lifecycle stage), weekday and hour of the var reporting_timezone,
-- with what customers did themselves in it. What only happened to them (an e-mail sent, a call of ours)
-- is left out.
with

hours as (

    select customer_id, date_trunc('hour', occurred_at) as hour_at, count(*) as events
    from {{ ref('fct_event') }}
    where
        customer_id is not null
        and not is_bot
        and occurred_at <= (select as_of_at from {{ ref('int_time__as_of') }})
        and event_kind not in ('email_sent', 'email_bounce', 'other')
        and not (channel in ('phone', 'message') and coalesce(starts_with(event_name, 'outbound'), false))
    group by customer_id, date_trunc('hour', occurred_at)

),

localised as (

    select
        customer_id,
        isodow({{ local_time('hour_at') }}) as local_weekday,
        hour({{ local_time('hour_at') }}) as local_hour,
        sum(events) as events
    from hours
    group by customer_id, isodow({{ local_time('hour_at') }}), hour({{ local_time('hour_at') }})

),

segmented as (

    select 'all' as segment, customer_id, local_weekday, local_hour, events
    from localised

    union all

    select c.lifecycle_stage as segment, l.customer_id, l.local_weekday, l.local_hour, l.events
    from localised as l
    inner join {{ ref('customer_360') }} as c on l.customer_id = c.customer_id
    where c.lifecycle_stage is not null

)

select
    ---------- text
    segment,

    ---------- numerics
    local_weekday,
    local_hour,
    cast(sum(events) as bigint) as events,
    count(*) as customers

from segmented
group by segment, local_weekday, local_hour
