-- Grain: one row per period (month, quarter, all of the time) and dimension (all, category of the first
-- purchase, channel of the first purchase) with its value: who comes back. An order counts in the period
-- it was placed in, a second order within N days in the period of the first one.
{#- Days within which a second order is looked for. -#}
{%- set windows = [30, 60, 90, 180, 365] -%}
{%- set counts = ['orders', 'returning_orders', 'new_customers'] -%}
{%- for days in windows %}{% do counts.extend(['mature_' ~ days ~ 'd', 'repeat_' ~ days ~ 'd']) %}{% endfor %}
with

orders as (

    select
        o.customer_id, o.order_number, o.first_category, o.first_channel,
        {{ month_of('o.purchased_on') }} as order_month,
        date_diff('second', o.first_ordered_at, o.next_ordered_at) / 86400.0 as days_to_next,
        date_diff('second', o.first_ordered_at, a.as_of_at) / 86400.0 as days_known
    from {{ ref('int_trend__purchase') }} as o
    cross join {{ ref('int_time__as_of') }} as a
    where o.order_number is not null

),

-- a customer has one first category and one first channel: counted once per period, they add up over both
monthly as (

    select
        customer_id, first_category, first_channel, order_month,
        count(*) as orders,
        count(*) filter (where order_number > 1) as returning_orders,
        count(*) filter (where order_number = 1) as new_customers,
        {%- for days in windows %}
        count(*) filter (where order_number = 1 and days_known >= {{ days }}) as mature_{{ days }}d,
        count(*) filter (where order_number = 1 and days_known >= {{ days }} and days_to_next <= {{ days }})
            as repeat_{{ days }}d{{ ',' if not loop.last }}
        {%- endfor %}
    from orders
    group by customer_id, first_category, first_channel, order_month

),

per_customer as (
    {% for grain, start in {'month': 'order_month', 'quarter': quarter_of('order_month'), 'all': "date '1970-01-01'"}.items() %}
    select
        '{{ grain }}' as period_grain, {{ start }} as period_start, customer_id, first_category, first_channel
        {%- for count in counts %}, sum({{ count }}) as {{ count }}{% endfor %}
    from monthly
    group by {{ start ~ ', ' if grain != 'all' }}customer_id, first_category, first_channel
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

named as (

    select
        period_grain,
        period_start,
        case
            when grouping(first_category) = 0 then 'first_category'
            when grouping(first_channel) = 0 then 'first_channel'
            else 'all'
        end as dimension,
        coalesce(first_category, first_channel, 'all') as dimension_value,
        count(*) as customers,
        count(*) filter (where returning_orders > 0) as repeat_customers
        {%- for count in counts %}, cast(sum({{ count }}) as bigint) as {{ count }}{% endfor %}
    from per_customer
    group by grouping sets (
        (period_grain, period_start), (period_grain, period_start, first_category),
        (period_grain, period_start, first_channel)
    )

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
    mature_{{ days }}d as mature_customers_{{ days }}d,
    repeat_{{ days }}d as repeat_customers_{{ days }}d,
    repeat_{{ days }}d / cast(nullif(mature_{{ days }}d, 0) as double) as repeat_rate_{{ days }}d{{ ',' if not loop.last }}
    {%- endfor %}

from named
