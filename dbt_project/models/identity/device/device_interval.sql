-- Grain: one row per device that several customers used and interval in which one of them was there.
-- The interval runs from the log-in, or the beginning of a visit in which nobody else was named, to the
-- last event before a log-out, another name or a pause.
with

events as (

    select * from {{ ref('int_identity__device_event') }}

),

followed as (

    select
        *,
        lead(visit_number) over (
            partition by anonymous_id order by occurred_at, source_system, stream, event_id
        ) as next_visit
    from events

)

select
    anonymous_id,
    cast(interval_number as bigint) as interval_number,
    min(present_customer_id) as customer_id,
    min(occurred_at) as started_at,
    min(occurred_at) filter (where begins_interval) as logged_in_at,
    max(occurred_at) as ended_at,
    case
        when bool_or(logs_out) then 'log_out'
        when bool_or(next_visit is null) then 'last_event'
        when bool_or(next_visit <> visit_number) then 'pause'
        else 'somebody_else'
    end as ended_by,
    count(*) as events,
    count(*) filter (where customer_id is not null) as attributed_events

from followed
where present_customer_id is not null
group by anonymous_id, interval_number
