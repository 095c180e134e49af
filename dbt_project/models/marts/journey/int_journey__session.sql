-- Grain: one row per session until now, anonymous ones too, with the channel that brought it, how far
-- it went and in which order. The channel is the first campaign parameters' of the session, else that
-- of its first page. A session that only tells an order or an invitation (a tag on the page of thanks) is no visit.
{%- set in_order = '(occurred_at, source_system, event_id)' %}
with

events as (

    select
        session_id, customer_id, source_system, event_id, event_kind, channel, url, referrer, occurred_at,
        utm_source, utm_medium, coalesce(utm_campaign, campaign_id) as campaign,
        coalesce(customer_id, anonymous_id, device_id, session_id) as visitor,
        case
            when event_kind = 'product_view' then 1
            when event_kind = 'cart_add' then 2
            when event_kind = 'checkout_start' then 3
            when event_kind = 'purchase' or event_kind = 'conversion' and order_id is not null then 4
        end as step
    from {{ ref('fct_event') }}
    where
        session_id is not null
        and not is_bot
        and occurred_at <= (select as_of_at from {{ ref('int_time__as_of') }})

),

sessions as (

    select
        session_id,
        min(customer_id) as customer_id,
        min(visitor) as visitor,
        arg_min(struct_pack(system := source_system, channel := channel), {{ in_order }}) as first,
        arg_min(struct_pack(source := utm_source, medium := utm_medium), {{ in_order }})
            filter (where coalesce(utm_source, utm_medium) is not null) as tagged,
        arg_min(campaign, {{ in_order }}) filter (where campaign is not null) as campaign,
        arg_min(struct_pack(url := url, referrer := referrer), {{ in_order }})
            filter (where url is not null) as entry,
        count(*) filter (where step = 1) as product_views,
        count(*) filter (where step = 2) as cart_adds,
        string_agg(cast(step as varchar), '' order by occurred_at, step) filter (where step is not null)
            as steps,
        bool_or(event_kind not in ('purchase', 'conversion', 'refund', 'referral')) as is_visit,
        case
            when bool_or(step in (2, 3)) then 'cart_visit'
            when bool_or(event_kind in ('product_view', 'product_list_view', 'search')) then 'product_visit'
            when bool_or(event_kind in ('log_in', 'feature_use')) then 'member_visit'
            else 'visit'
        end as touch_type,
        min(occurred_at) as started_at
    from events
    group by session_id

)

select
    ---------- ids
    session_id,
    customer_id,
    visitor,

    ---------- text
    first.system as source_system,
    first.channel as platform,
    touch_type,
    {{ channel_group('tagged.source', 'tagged.medium', 'campaign', 'entry.referrer', 'entry.url') }} as channel,
    campaign,
    steps,

    ---------- numerics
    product_views,
    cart_adds,

    ---------- flags
    is_visit,

    ---------- timestamps
    {{ local_month('started_at') }} as month,
    started_at

from sessions
