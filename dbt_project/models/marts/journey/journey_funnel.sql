-- Grain: one row per unit, month, channel and step from the visit to the purchase, with how many reached
-- it in order: a purchase counts where a checkout came before, before that a cart, and a product. Of
-- sessions the trackers tell the purchase, of customers the shop does. `took_step` is without the order.
{%- set funnel = ['visit', 'product_view', 'cart', 'checkout', 'purchase'] %}
with

sessions as (

    select customer_id, channel, month, started_at, coalesce(steps, '') as steps
    from {{ ref('int_journey__session') }}
    where is_visit

),

moments as (

    select customer_id, month, started_at as happened_at, replace(steps, '4', '') as steps, true as is_visit
    from sessions
    where customer_id is not null

    union all

    select
        customer_id, {{ local_month('purchased_at') }} as month, purchased_at as happened_at, '4' as steps,
        false as is_visit
    from {{ ref('fct_purchase') }}
    where
        is_order and customer_id is not null
        and purchased_at <= (select as_of_at from {{ ref('int_time__as_of') }})

),

units as (

    select 'session' as unit, month, channel, steps from sessions

    union all

    select 'session' as unit, month, 'all' as channel, steps from sessions

    union all

    select
        'customer' as unit, month, 'all' as channel,
        string_agg(steps, '' order by happened_at, steps) as steps
    from moments
    group by customer_id, month
    having bool_or(is_visit)

),

counted as (

    select
        unit, month, channel,
        {%- for step in funnel %}
        count(*) filter (where steps like '%
        {%- for number in range(1, loop.index) %}{{ number }}%{% endfor %}') as reached_{{ loop.index }},
        count(*) filter (where steps like '%{{ loop.index0 or '' }}%') as took_{{ loop.index }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from units
    group by unit, month, channel

),

unfolded as (
    {% for step in funnel %}
    select
        unit, month, channel, {{ loop.index }} as step_number, '{{ step }}' as step,
        reached_{{ loop.index }} as reached, reached_{{ [loop.index - 1, 1] | max }} as reached_before,
        took_{{ loop.index }} as took_step, reached_1 as visits
    from counted
    {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select
    ---------- text
    unit,
    channel,
    step,

    ---------- numerics
    cast(step_number as bigint) as step_number,
    reached,
    reached_before - reached as dropped,
    took_step,
    reached / nullif(reached_before, 0) as conversion_rate,
    reached / nullif(visits, 0) as share_of_visits,

    ---------- timestamps
    month

from unfolded
