-- Grain: one row per event, whatever system it came from. `attribution_rule` says how it found its
-- customer, `event_kind` what happened in words that all systems share.
with

events as (

    {{ gather_events() }}

)

select
    ---------- ids
    e.event_id,
    e.source_system,
    e.stream,
    v.customer_id,
    v.attribution_rule,
    v.session_id,
    e.user_id,
    e.anonymous_id,
    e.device_id,
    e.campaign_id,
    e.order_id,
    e.product_id,

    ---------- text
    coalesce(e.event_kind, k.event_kind, 'other') as event_kind,
    e.event_type,
    e.event_name,
    e.channel,
    e.url,
    e.path,
    e.referrer,
    e.search_query,
    e.utm_source,
    e.utm_medium,
    e.utm_campaign,
    e.utm_term,
    e.utm_content,
    e.object_type,
    e.object_id,
    e.object_name,
    e.device_type,
    e.os_name,
    e.browser_name,
    e.country_code,
    e.currency,
    e.properties,

    ---------- numerics
    e.value,
    e.duration_seconds,

    ---------- flags
    coalesce(e.is_bot, false) as is_bot,
    e.has_analytics_consent,
    e.has_ads_consent,
    {{ privacy_signal('e.properties') }} as has_privacy_signal,

    ---------- timestamps
    e.occurred_at,
    e.received_at

from events as e
inner join {{ ref('int_event__visit') }} as v
    on e.source_system = v.source_system and e.stream = v.stream and e.event_id = v.event_id
left join {{ ref('int_event__kind') }} as k
    on e.source_system = k.source_system and e.event_name = k.event_name
