-- Grain: one row per order and touchpoint that led to it, with the share of the order each rule gives
-- it. A touchpoint leads to an order when it lies in the var attribution.lookback_days before it; it
-- may lead to several. An order nothing led to has one row, of the channel unknown.
{%- set ends = attribution_rule('position_based_ends') %}
with

orders as (

    select purchase_id, customer_id, coalesce(revenue, 0) as revenue, purchased_at
    from {{ ref('fct_purchase') }}
    where is_order and purchased_at <= (select as_of_at from {{ ref('int_time__as_of') }})

),

touches as (

    select touch_id, customer_id, touch_number, channel, campaign, touched_at
    from {{ ref('fct_journey') }}
    where is_attributed

),

led as (

    select
        o.purchase_id,
        t.touch_id,
        o.customer_id,
        coalesce(t.channel, 'unknown') as channel,
        t.campaign,
        o.revenue,
        t.touch_number,
        coalesce(t.channel != 'direct', true) as is_non_direct,
        {{ days_from('t.touched_at', 'o.purchased_at') }} as days_before,
        o.purchased_at
    from orders as o
    left join touches as t
        on o.customer_id = t.customer_id
        and {{ is_within('t.touched_at', 'o.purchased_at', attribution_rule('lookback_days')) }}

),

placed as (

    select
        *,
        row_number() over (partition by purchase_id order by touch_number) as position,
        count(*) over of_order as touches,
        max(case when is_non_direct then touch_number end) over of_order as last_non_direct_number,
        pow(2, -coalesce(days_before, 0) / {{ attribution_rule('half_life_days') }}) as decayed
    from led
    window of_order as (partition by purchase_id)

)

select
    ---------- ids
    purchase_id,
    touch_id,
    customer_id,

    ---------- text
    channel,
    campaign,

    ---------- numerics
    position,
    touches,
    days_before,
    revenue,
    cast(position = 1 as double) as first_touch,
    cast(position = touches as double) as last_touch,
    cast(coalesce(touch_number = last_non_direct_number, position = touches) as double) as last_non_direct,
    cast(1.0 / touches as double) as linear,
    cast(case
        when touches = 1 then 1
        when touches = 2 then 0.5
        when position in (1, touches) then {{ ends }}
        else (1 - 2 * {{ ends }}) / (touches - 2)
    end as double) as position_based,
    decayed / sum(decayed) over (partition by purchase_id) as time_decay,

    ---------- timestamps
    {{ local_month('purchased_at') }} as month,
    purchased_at

from placed
