-- Grain: one row per customer with an order: what they are expected to order in the next 365 days, by BG/NBD
-- and Gamma-Gamma, or by the fallback of the macro repeat_rate where these do not serve (`method`).
with

rate as (

    select
        sum(frequency) / nullif(cast(sum(age_days) as double), 0) as pooled_rate,
        cast(sum(valued_orders * mean_order_value) as double) / nullif(sum(valued_orders), 0) as pooled_value
    from {{ ref('int_customer__repeat') }}
    where period = 'history'

),

known as (

    select
        r.customer_id, r.frequency, r.recency_days, r.age_days, r.valued_orders,
        cast(r.mean_order_value as double) as mean_order_value,
        p.pooled_rate, p.pooled_value,
        l.probability_alive, l.expected_orders, l.expected_order_value,
        case when l.customer_id is null then 'few_repeat_customers' else l.reason end as reason
    from {{ ref('int_customer__repeat') }} as r
    cross join rate as p
    left join {{ ref('int_customer__lifetime') }} as l on r.period = l.period and r.customer_id = l.customer_id
    where r.period = 'history'

),

expected as (

    select
        customer_id, frequency, recency_days, age_days, valued_orders, mean_order_value, reason,
        case when reason is null then probability_alive end as probability_alive,
        {{ silence_probability() }} as silence_probability,
        case when reason is null then expected_orders else {{ fallback_orders(365) }} end as orders,
        case
            when reason is null then expected_order_value
            -- one order of the mean value is added to what is known of the customer
            else (pooled_value + valued_orders * coalesce(mean_order_value, 0)) / (1 + valued_orders)
        end as order_value
    from known

)

select
    ---------- ids
    e.customer_id,

    ---------- text
    case when e.reason is null then 'model' else 'fallback' end as method,
    e.reason as method_reason,

    ---------- numerics
    e.frequency,
    e.recency_days,
    e.age_days,
    e.valued_orders,
    cast(e.mean_order_value as decimal(18, 2)) as mean_order_value,
    e.probability_alive,
    e.silence_probability,
    e.orders as expected_orders_365d,
    e.order_value as expected_order_value,
    cast(round(
        coalesce(e.orders * e.order_value, 0)
        -- orders come, on average, half a year from now
        / power(1 + {{ var('lifetime_value').yearly_discount_rate }}, 0.5), 2
    ) as decimal(18, 2)) as lifetime_value_365d,

    ---------- timestamps
    a.as_of_at

from expected as e
cross join {{ ref('int_time__as_of') }} as a
