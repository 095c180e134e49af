-- Grain: one row per customer who put something into a cart, looked at a product or asked for a demo of
-- late: what they mean to buy. A sign that a purchase follows is no sign any more.
{%- set cart = var('cart_abandonment') %}
{%- set intent = var('high_intent') %}
{%- set signs = ['cart_add', 'checkout_start', 'product_view', 'demo_request'] %}

with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

signs as (

    select e.customer_id, e.source_system, e.event_kind, e.occurred_at, t.as_of_at
    from {{ ref('fct_event') }} as e
    inner join as_of as t
        on e.occurred_at <= t.as_of_at
        and e.occurred_at > t.as_of_at - to_days({{ [cart['window_days'], intent['window_days']] | max }})
    where
        e.customer_id is not null
        and e.event_kind in ('{{ signs | join("', '") }}')
        and {{ own_act() }}

),

purchases as (

    select p.customer_id, max(p.purchased_at) as purchased_at
    from (
        select customer_id, purchased_at from {{ ref('fct_purchase') }} where is_order

        union all

        select customer_id, occurred_at as purchased_at
        from {{ ref('fct_event') }}
        where event_kind in ('purchase', 'conversion') and {{ own_act() }}
    ) as p
    inner join as_of as t on p.purchased_at <= t.as_of_at
    where p.customer_id is not null
    group by p.customer_id

),

judged as (

    select
        s.customer_id,
        s.source_system,
        s.event_kind,
        s.occurred_at,
        s.as_of_at,
        s.occurred_at > coalesce(p.purchased_at, timestamp '-infinity') as is_pending,
        s.occurred_at > s.as_of_at - to_days({{ cart['window_days'] }})
        and s.event_kind in ('cart_add', 'checkout_start') as is_cart,
        s.occurred_at > s.as_of_at - to_days({{ intent['window_days'] }}) as is_of_late
    from signs as s
    left join purchases as p on s.customer_id = p.customer_id

),

views as (

    select customer_id, max(views) as views, max(pending_views) as pending_views
    from (
        select
            customer_id,
            date_trunc('hour', occurred_at) as hour_at,
            source_system,
            count(*) as views,
            count(*) filter (where is_pending) as pending_views
        from judged
        where event_kind = 'product_view' and is_of_late
        group by customer_id, date_trunc('hour', occurred_at), source_system
    ) as hours
    group by customer_id, hour_at

),

looked as (

    select customer_id, sum(views) as views, sum(pending_views) as pending_views
    from views
    group by customer_id

),

summed as (

    select
        customer_id,
        any_value(as_of_at) as as_of_at,
        max(occurred_at) filter (where is_cart and is_pending) as cart_at,
        coalesce(bool_or(is_of_late and is_pending and event_kind in ('checkout_start', 'demo_request')), false)
            as is_about_to
    from judged
    group by customer_id

),

decided as (

    select *, coalesce(cart_at <= as_of_at - to_hours({{ cart['quiet_hours'] }}), false) as is_left
    from summed

)

select
    d.customer_id,
    d.is_left as is_cart_abandoned,
    case when d.is_left then d.cart_at end as cart_abandoned_at,
    cast(coalesce(l.views, 0) as bigint) as product_views_7d,
    d.is_about_to or coalesce(l.pending_views, 0) >= {{ intent['product_views'] }} as is_high_intent

from decided as d
left join looked as l on d.customer_id = l.customer_id
