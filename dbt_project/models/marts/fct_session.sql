-- Grain: one row per session: a visit to the web site or the app without a pause of 30 minutes and
-- under one campaign. What it began with is its first event's.
with

events as (

    select * from {{ ref('fct_event') }} where session_id is not null

)

select
    ---------- ids
    session_id,
    min(customer_id) as customer_id,
    {%- for column in ['source_system', 'anonymous_id', 'channel', 'utm_source', 'utm_medium',
        'utm_campaign', 'referrer', 'device_type', 'os_name', 'browser_name', 'country_code'] %}
    arg_min({{ column }}, (occurred_at, source_system, event_id)) filter (where {{ column }} is not null)
        as {{ column }},
    {%- endfor %}
    arg_min(path, (occurred_at, source_system, event_id)) filter (where path is not null) as landing_path,
    arg_max(path, (occurred_at, source_system, event_id)) filter (where path is not null) as exit_path,

    ---------- numerics
    count(*) as events,
    count(*) filter (where event_kind in ('page_view', 'screen_view')) as page_views,
    count(*) filter (where event_kind = 'search') as searches,
    count(distinct coalesce(order_id, event_id)) filter (where event_kind = 'purchase') as purchases,
    date_diff('second', min(occurred_at), max(occurred_at)) as duration_seconds,

    ---------- timestamps
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at

from events
group by session_id
