-- Grain: one row per event: its customer, how it was found, and its session.
-- A session is a run of web and app events of one visitor without a pause (device_intervals.pause_minutes)
-- or another campaign. The visitor is the customer, else the device. Bots and refused hits have none.
with

events as (

    {{ gather_attributed_events() }}

),

visits as (

    select
        source_system,
        stream,
        event_id,
        occurred_at,
        campaign,
        coalesce(customer_id, source_system || ' ' || device) as visitor
    from events
    where may_stitch and channel in ('web', 'mobile') and coalesce(customer_id, device) is not null

),

compared as (

    select
        *,
        lag(occurred_at) over visitor_events as previous_at,
        last_value(campaign ignore nulls) over (
            visitor_events rows between unbounded preceding and 1 preceding
        ) as previous_campaign
    from visits
    window visitor_events as (partition by visitor order by occurred_at, source_system, event_id)

),

begun as (

    select
        *,
        coalesce(occurred_at - previous_at > to_minutes({{ device_rule('pause_minutes') }}), true)
        or (campaign is not null and campaign is distinct from previous_campaign) as begins
    from compared

),

numbered as (

    select
        source_system,
        stream,
        event_id,
        occurred_at,
        visitor,
        sum(cast(begins as integer)) over (
            partition by visitor order by occurred_at, source_system, event_id
            rows unbounded preceding
        ) as session_number
    from begun

),

sessions as (

    -- named after its first event, so that the name stays when later events come
    select
        source_system,
        stream,
        event_id,
        first_value(concat_ws('/', source_system, stream, event_id)) over (
            partition by visitor, session_number order by occurred_at, source_system, event_id
        ) as session_id
    from numbered

)

select
    e.source_system,
    e.stream,
    e.event_id,
    e.customer_id,
    e.attribution_rule,
    s.session_id

from events as e
left join sessions as s
    on e.source_system = s.source_system and e.stream = s.stream and e.event_id = s.event_id
