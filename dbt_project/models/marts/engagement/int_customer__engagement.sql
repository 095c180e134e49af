-- Grain: one row per customer with an event or a ticket: how engaged they are as of now, what they mean
-- to buy and where they came from the first time.
{%- set mails = {'email_sent': 'sent', 'email_open': 'opened', 'email_click': 'clicked'} %}
{%- set window = "to_days(" ~ var('engagement')['window_days'] ~ ")" %}

with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

events as (

    select
        e.customer_id,
        e.event_kind,
        e.occurred_at,
        {{ own_act() }} as is_own_act,
        e.occurred_at > t.as_of_at - {{ window }} as is_of_late
    from {{ ref('fct_event') }} as e
    inner join as_of as t on e.occurred_at <= t.as_of_at
    where e.customer_id is not null and e.is_bot is not true

),

counts as (

    select
        customer_id,
        count(*) filter (where is_of_late and is_own_act) as events_90d,
        {%- for kind, name in mails.items() %}
        count(*) filter (where is_of_late and event_kind = '{{ kind }}') as emails_{{ name }}_90d,
        {%- endfor %}
        min(occurred_at) filter (where is_own_act) as first_event_at,
        max(occurred_at) filter (where is_own_act) as last_event_at
    from events
    group by customer_id

),

visits as (

    select s.customer_id, count(*) as sessions_90d
    from {{ ref('fct_session') }} as s
    inner join as_of as t on s.started_at > t.as_of_at - {{ window }} and s.started_at <= t.as_of_at
    where s.customer_id is not null
    group by s.customer_id

),

customers as (

    select customer_id from counts

    union

    select customer_id from {{ ref('int_engagement__score') }}

)

select
    ---------- ids
    k.customer_id,

    ---------- text
    f.first_touch_channel,

    ---------- numerics
    {%- for name in ['score', 'web', 'app', 'email', 'social', 'support'] %}
    cast(coalesce(s.engagement_{{ name }}, 0) as double) as engagement_{{ name }},
    {%- endfor %}
    coalesce(c.events_90d, 0) as events_90d,
    coalesce(v.sessions_90d, 0) as sessions_90d,
    {%- for name in mails.values() %}
    coalesce(c.emails_{{ name }}_90d, 0) as emails_{{ name }}_90d,
    {%- endfor %}
    coalesce(i.product_views_7d, 0) as product_views_7d,

    ---------- flags
    coalesce(i.is_cart_abandoned, false) as is_cart_abandoned,
    coalesce(i.is_high_intent, false) as is_high_intent,

    ---------- timestamps
    c.first_event_at,
    c.last_event_at,
    i.cart_abandoned_at

from customers as k
left join counts as c on k.customer_id = c.customer_id
left join visits as v on k.customer_id = v.customer_id
left join {{ ref('int_engagement__score') }} as s on k.customer_id = s.customer_id
left join {{ ref('int_engagement__intent') }} as i on k.customer_id = i.customer_id
left join {{ ref('int_engagement__first_touch') }} as f on k.customer_id = f.customer_id
