-- Grain: one row per period and customer who had bought by the end of it: the figures BG/NBD and Gamma-Gamma
-- are fitted on. The period `history` ends now; `calibration` ends earlier, and what came after it tells how
-- well the models foresee. Orders of one day are one.
{%- set rules = var('lifetime_value') %}

with

days as (

    select p.customer_id, p.purchased_on, a.as_of_date, sum(p.revenue) as revenue
    from {{ ref('fct_purchase') }} as p
    inner join {{ ref('int_time__as_of') }} as a on p.purchased_at <= a.as_of_at
    where p.is_order and p.customer_id is not null
    group by p.customer_id, p.purchased_on, a.as_of_date

),

span as (

    select
        as_of_date,
        as_of_date - min(purchased_on) as days,
        greatest(
            {{ rules.backtest_min_days }},
            cast(floor({{ rules.backtest_share }} * (as_of_date - min(purchased_on))) as integer)
        ) as holdout_days
    from days
    group by as_of_date

),

periods as (

    select 'history' as period, as_of_date as until_on, 365 as horizon_days
    from span

    union all

    select 'calibration' as period, as_of_date - holdout_days as until_on, holdout_days as horizon_days
    from span
    where days >= 2 * holdout_days

),

firsts as (

    select customer_id, min(purchased_on) as first_on
    from days
    group by customer_id

),

told as (

    select
        p.period, p.until_on, p.horizon_days, d.customer_id, f.first_on,
        count(*) filter (where d.purchased_on <= p.until_on) - 1 as frequency,
        max(d.purchased_on) filter (where d.purchased_on <= p.until_on) - f.first_on as recency_days,
        p.until_on - f.first_on as age_days,
        count(*) filter (where d.purchased_on > p.until_on) as holdout_orders,
        count(*) filter (
            where d.purchased_on > f.first_on and d.purchased_on <= p.until_on and d.revenue > 0
        ) as valued_orders,
        avg(d.revenue) filter (
            where d.purchased_on > f.first_on and d.purchased_on <= p.until_on and d.revenue > 0
        ) as mean_order_value
    from days as d
    inner join firsts as f on d.customer_id = f.customer_id
    inner join periods as p on f.first_on <= p.until_on
    group by p.period, p.until_on, p.horizon_days, d.customer_id, f.first_on

)

select
    ---------- ids
    period,
    customer_id,

    ---------- numerics
    frequency,
    cast(recency_days as bigint) as recency_days,
    cast(age_days as bigint) as age_days,
    cast(horizon_days as bigint) as horizon_days,
    holdout_orders,
    valued_orders,
    cast(mean_order_value as decimal(18, 2)) as mean_order_value,

    ---------- flags
    -- a draw that depends on nothing but the customer
    count(*) filter (where frequency > 0) over (partition by period) >= {{ rules.min_repeat_customers }}
    and row_number() over (partition by period order by md5(customer_id)) <= {{ rules.max_fitted_customers }}
        as is_drawn,

    ---------- timestamps
    first_on,
    until_on

from told
