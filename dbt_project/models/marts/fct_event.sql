-- Grain: one row per event of web, app or server. `attribution_rule` says how it found its customer.
with

events as (

    select * from {{ ref('stg_segment__event') }}

),

users as (

    select identifier_value as user_id, customer_id
    from {{ ref('identifier_customer') }}
    where identifier_type = 'user_id'

),

devices as (

    select * from {{ ref('anonymous_customer') }}

)

select
    ---------- ids
    e.message_id as event_id,
    'segment' as source_system,
    coalesce(u.customer_id, case when e.user_id is null then d.customer_id end) as customer_id,
    case
        when u.customer_id is not null then 'logged_in'
        when e.user_id is not null then 'unknown_user'
        when d.customer_id is not null then 'device_of_one_customer'
        when d.customers > 1 then 'shared_device'
        else 'anonymous'
    end as attribution_rule,
    e.user_id,
    e.anonymous_id,
    e.order_id,
    e.product_id,

    ---------- text
    e.event_type,
    e.event_name,
    e.channel,
    e.path,
    e.referrer,
    e.utm_source,
    e.utm_medium,
    e.utm_campaign,
    e.properties,

    ---------- numerics
    e.revenue,
    e.currency,

    ---------- timestamps
    e.occurred_at,
    e.received_at

from events as e
left join users as u on e.user_id = u.user_id
left join devices as d on e.anonymous_id = d.anonymous_id
