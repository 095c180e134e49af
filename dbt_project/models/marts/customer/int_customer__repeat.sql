-- Grain: one row per period and customer who had bought by the end of it: the figures BG/NBD and Gamma-Gamma
-- are fitted on. The period `history` ends now; `calibration` ends earlier, and what came after it tells how
-- well the models foresee. Orders of one day are one.
{%- set rules = var('lifetime_value') %}
{%- set repeated = 'd.purchased_on > f.first_on and d.purchased_on <= f.until_on and d.revenue > 0' %}

with

days as (

    select p.customer_id, p.purchased_on, sum(p.revenue) as revenue
    from {{ ref('fct_purchase') }} as p
    inner join {{ ref('int_time__as_of') }} as a on p.purchased_at <= a.as_of_at
    where p.is_order and p.customer_id is not null
    group by p.customer_id, p.purchased_on

),

firsts as (

    select customer_id, min(purchased_on) as first_on
    from days
    group by customer_id

),

span as (

    select
        a.as_of_date,
        a.as_of_date - min(f.first_on) as days,
        greatest(
            {{ rules.backtest_min_days }},
            cast(floor({{ rules.backtest_share }} * (a.as_of_date - min(f.first_on))) as integer)
        ) as holdout_days
    from firsts as f
    cross join {{ ref('int_time__as_of') }} as a
    group by a.as_of_date

),

known as (

    select 'history' as period, f.customer_id, f.first_on, s.as_of_date as until_on, 365 as horizon_days
    from firsts as f
    cross join span as s

    union all

    select
        'calibration' as period, f.customer_id, f.first_on, s.as_of_date - s.holdout_days as until_on,
        s.holdout_days as horizon_days
    from firsts as f
    cross join span as s
    where s.days >= 2 * s.holdout_days and f.first_on <= s.as_of_date - s.holdout_days

),

told as (

    select
        f.period, f.customer_id,
        min(f.first_on) as first_on,
        min(f.until_on) as until_on,
        min(f.horizon_days) as horizon_days,
        count(*) filter (where d.purchased_on <= f.until_on) - 1 as frequency,
        max(d.purchased_on) filter (where d.purchased_on <= f.until_on) as last_on,
        count(*) filter (where d.purchased_on > f.until_on) as holdout_orders,
        count(*) filter (where {{ repeated }}) as valued_orders,
        avg(d.revenue) filter (where {{ repeated }}) as mean_order_value
    from known as f
    inner join days as d on f.customer_id = d.customer_id
    group by f.period, f.customer_id

),

enough as (

    select period
    from told
    group by period
    having count(*) filter (where frequency > 0) >= {{ rules.min_repeat_customers }}

)

select
    ---------- ids
    period,
    customer_id,

    ---------- numerics
    frequency,
    cast(last_on - first_on as bigint) as recency_days,
    cast(until_on - first_on as bigint) as age_days,
    cast(horizon_days as bigint) as horizon_days,
    holdout_orders,
    valued_orders,
    cast(mean_order_value as decimal(18, 2)) as mean_order_value,

    ---------- flags
    t.period in (select period from enough) as is_fitted,

    ---------- timestamps
    first_on,
    until_on

from told as t
