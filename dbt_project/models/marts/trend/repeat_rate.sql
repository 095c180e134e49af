{#- Days within which a second order is looked for. -#}
{%- set windows = [30, 60, 90, 180, 365] -%}
-- Grain: one row per period (month, quarter, all of the time) and dimension (all, category of the first
-- purchase, channel of the first purchase) with its value: who comes back. An order counts in the period
-- it was placed in, a second order within N days in the period of the first one.
with

orders as (

    select
        o.customer_id, o.order_number, o.first_category, o.first_channel,
        {{ month_of('o.purchased_on') }} as order_month,
        {{ quarter_of('o.purchased_on') }} as order_quarter,
        date_diff('second', o.first_ordered_at, o.next_ordered_at) / 86400.0 as days_to_next,
        date_diff('second', o.first_ordered_at, a.as_of_at) / 86400.0 as days_known
    from {{ ref('int_trend__purchase') }} as o
    cross join {{ ref('int_time__as_of') }} as a
    where o.order_number is not null

),

counted as (

    select
        order_month, order_quarter, first_category, first_channel,
        grouping(order_month) = 0 as is_month,
        grouping(order_quarter) = 0 as is_quarter,
        grouping(first_category) = 0 as is_category,
        grouping(first_channel) = 0 as is_channel,
        count(distinct customer_id) as customers,
        count(distinct customer_id) filter (where order_number > 1) as repeat_customers,
        count(*) as orders,
        count(*) filter (where order_number > 1) as returning_orders,
        count(*) filter (where order_number = 1) as new_customers,
        {%- for days in windows %}
        count(*) filter (where order_number = 1 and days_known >= {{ days }}) as mature_customers_{{ days }}d,
        count(*) filter (where order_number = 1 and days_known >= {{ days }} and days_to_next <= {{ days }})
            as repeat_customers_{{ days }}d{{ ',' if not loop.last }}
        {%- endfor %}
    from orders
    group by grouping sets (
        {%- for grain in ['order_month', 'order_quarter', ''] %}
        {%- for dimension in ['first_category', 'first_channel', ''] %}
        ({{ [grain, dimension] | select | join(', ') }}){{ ',' if not (loop.last and grain == '') }}
        {%- endfor %}
        {%- endfor %}
    )

),

named as (

    select
        *,
        case when is_month then 'month' when is_quarter then 'quarter' else 'all' end as period_grain,
        coalesce(order_month, order_quarter, date '1970-01-01') as period_start,
        case when is_category then 'first_category' when is_channel then 'first_channel' else 'all' end
            as dimension,
        coalesce(first_category, first_channel, 'all') as dimension_value
    from counted
    where orders > 0

)

select
    ---------- ids
    period_grain,
    period_start,
    dimension,
    dimension_value,

    ---------- numerics
    customers,
    repeat_customers,
    repeat_customers / cast(nullif(customers, 0) as double) as repeat_rate,
    orders,
    returning_orders,
    returning_orders / cast(orders as double) as returning_order_share,
    new_customers,
    {%- for days in windows %}
    mature_customers_{{ days }}d,
    repeat_customers_{{ days }}d,
    repeat_customers_{{ days }}d / cast(nullif(mature_customers_{{ days }}d, 0) as double)
        as repeat_rate_{{ days }}d{{ ',' if not loop.last }}
    {%- endfor %}

from named
