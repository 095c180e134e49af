-- Grain: one row per campaign, by its name whatever the system: what was sent, what people did with it,
-- the visits that carry its name, and the orders within the var attribution.lookback_days.
{%- set figures = ['sent', 'bounced', 'opened', 'clicked', 'unsubscribed', 'sessions', 'visitors', 'orders',
    'revenue', 'linear_orders', 'linear_revenue', 'recipients', 'recipients_opened', 'recipients_clicked',
    'orders_after', 'revenue_after'] %}
{%- set key = 'lower(trim(campaign))' %}
with

sendings as (

    select campaign, channel, event_kind, recipient, happened_at from {{ ref('int_journey__sending') }}
    where campaign is not null

),

sent as (

    select
        {{ key }} as campaign_key,
        count(*) filter (where event_kind = 'email_sent') as sent,
        count(*) filter (where event_kind = 'email_bounce') as bounced,
        count(distinct recipient) filter (where event_kind = 'email_open') as opened,
        count(distinct recipient) filter (where event_kind = 'email_click') as clicked,
        count(distinct recipient) filter (where event_kind = 'unsubscribe') as unsubscribed,
        min(happened_at) as began_at, max(happened_at) as ended_at
    from sendings
    group by {{ key }}

),

visits as (

    select
        {{ key }} as campaign_key, count(*) as sessions, count(distinct visitor) as visitors,
        min(started_at) as began_at, max(started_at) as ended_at
    from {{ ref('int_journey__session') }}
    where is_visit and campaign is not null
    group by {{ key }}

),

credits as (

    select
        {{ key }} as campaign_key, sum(last_touch) as orders, sum(last_touch * revenue) as revenue,
        sum(linear) as linear_orders, sum(linear * revenue) as linear_revenue
    from {{ ref('int_journey__credit') }}
    where campaign is not null
    group by {{ key }}

),

named as (

    select campaign, channel from sendings
    union all
    select campaign, channel from {{ ref('int_journey__session') }}
    where is_visit and campaign is not null
    union all
    select campaign, channel from {{ ref('int_journey__credit') }}
    where campaign is not null
    union all
    select campaign, channel from {{ ref('int_journey__audience') }}

),

names as (

    select
        {{ key }} as campaign_key, min(trim(campaign)) as campaign,
        string_agg(distinct channel, ',' order by channel) as channels
    from named
    group by {{ key }}

),

totals as (

    select
        n.campaign,
        n.channels,
        {%- for figure in figures %}
        coalesce({{ figure }}, 0) as {{ figure }},
        {%- endfor %}
        least(s.began_at, v.began_at, a.began_at) as began_at,
        greatest(s.ended_at, v.ended_at, a.ended_at) as ended_at
    from names as n
    left join sent as s on n.campaign_key = s.campaign_key
    left join visits as v on n.campaign_key = v.campaign_key
    left join credits as c on n.campaign_key = c.campaign_key
    left join {{ ref('int_journey__audience') }} as a on n.campaign_key = a.campaign

)

select
    ---------- text
    campaign,
    channels,

    ---------- numerics
    {%- for figure in figures[:8] + figures[11:15] %}
    cast({{ figure }} as bigint) as {{ figure }},
    {%- endfor %}
    cast(sent - bounced as bigint) as delivered,
    cast(revenue as decimal(18, 2)) as revenue,
    {{ steady('cast(linear_orders as double)') }} as linear_orders,
    cast(linear_revenue as decimal(18, 2)) as linear_revenue,
    cast(revenue_after as decimal(18, 2)) as revenue_after,
    cast(opened / nullif(sent - bounced, 0) as double) as open_rate,
    cast(clicked / nullif(sent - bounced, 0) as double) as click_rate,
    cast(clicked / nullif(opened, 0) as double) as click_to_open_rate,
    cast(unsubscribed / nullif(sent - bounced, 0) as double) as unsubscribe_rate,
    cast(bounced / nullif(sent, 0) as double) as bounce_rate,
    cast(orders / coalesce(nullif(sessions, 0), nullif(clicked, 0)) as double) as conversion_rate,

    ---------- timestamps
    began_at,
    ended_at

from totals
