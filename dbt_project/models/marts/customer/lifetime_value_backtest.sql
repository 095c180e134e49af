-- Grain: one row per number of repeat orders a customer had at the cutoff, and one for all: what was expected
-- of the time after it, by the method of lifetime_value on what was known then, against what was ordered,
-- and against two plain guesses.
with

rate as (

    select sum(frequency) / nullif(cast(sum(age_days) as double), 0) as pooled_rate
    from {{ ref('int_customer__repeat') }}
    where period = 'calibration'

),

guessed as (

    select
        r.customer_id, r.frequency, r.horizon_days, r.until_on,
        cast(r.holdout_orders as double) as actual,
        case when l.expected_orders is null then 'fallback' else 'model' end as method,
        coalesce(
            l.expected_orders, {{ fallback_orders('r.horizon_days') }}
        ) as predicted,
        coalesce(p.pooled_rate, 0) * r.horizon_days as by_mean_rate,
        r.frequency * r.horizon_days / greatest(r.age_days, 1.0) as by_own_rate
    from {{ ref('int_customer__repeat') }} as r
    cross join rate as p
    left join {{ ref('int_customer__lifetime') }} as l on r.period = l.period and r.customer_id = l.customer_id
    where r.period = 'calibration'

),

classed as (

    select
        case
            when frequency <= 3 then cast(frequency as varchar)
            when frequency <= 6 then '4-6'
            else '7+'
        end as frequency_class,
        *
    from guessed

    union all

    select 'all' as frequency_class, *
    from guessed

)

select
    ---------- ids
    frequency_class,

    ---------- text
    min(method) as method,

    ---------- numerics
    min(horizon_days) as holdout_days,
    count(*) as customers,
    cast(sum(actual) as bigint) as actual_orders,
    {{ steady('sum(predicted)') }} as predicted_orders,
    {{ steady('sum(by_mean_rate)') }} as mean_rate_orders,
    {{ steady('sum(by_own_rate)') }} as own_rate_orders,
    {{ steady('avg(abs(predicted - actual))') }} as mean_absolute_error,
    {{ steady('avg(abs(by_mean_rate - actual))') }} as mean_rate_absolute_error,
    {{ steady('avg(abs(by_own_rate - actual))') }} as own_rate_absolute_error,
    {{ steady('sqrt(avg(power(predicted - actual, 2)))') }} as root_mean_squared_error,
    {{ steady('sqrt(avg(power(by_mean_rate - actual, 2)))') }} as mean_rate_root_mean_squared_error,
    {{ steady('sqrt(avg(power(by_own_rate - actual, 2)))') }} as own_rate_root_mean_squared_error,

    ---------- timestamps
    min(until_on) as cutoff_on

from classed
group by frequency_class
