-- Grain: one row per customer with a live subscription: what it is worth a month in the reporting currency, and
-- what share of subscriptions is given up within a year, by the one that is past.
with

subscriptions as (

    select s.customer_id, s.currency, s.mrr, s.is_live, s.is_cancelled_at_period_end, s.started_at, s.ended_at, a.as_of_at
    from {{ ref('fct_subscription') }} as s
    cross join {{ ref('int_time__as_of') }} as a
    where not s.is_test and s.customer_id is not null

),

rates as (

    select r.currency, arg_max(r.unit_value, r.valid_from) as unit_value
    from {{ ref('exchange_rate') }} as r
    inner join {{ ref('int_time__as_of') }} as a on r.valid_from <= a.as_of_date
    group by r.currency

),

given_up as (

    -- Laplace's rule of succession: one kept and one given up are added
    select
        (1.0 + count(*) filter (where ended_at > as_of_at - interval 365 day and ended_at <= as_of_at))
        / (2.0 + count(*)) as yearly_share
    from subscriptions
    where started_at <= as_of_at - interval 365 day
        and (ended_at is null or ended_at > as_of_at - interval 365 day)

),

live as (

    select
        s.customer_id,
        count(*) as active_subscriptions,
        sum(s.mrr * r.unit_value / reporting.unit_value) as monthly_recurring_revenue,
        bool_or(not coalesce(s.is_cancelled_at_period_end, false)) as is_staying
    from subscriptions as s
    left join rates as r on s.currency = r.currency
    left join rates as reporting on reporting.currency = '{{ var("reporting_currency") }}'
    where s.is_live
    group by s.customer_id

)

select
    ---------- ids
    l.customer_id,

    ---------- numerics
    l.active_subscriptions,
    cast(round(coalesce(l.monthly_recurring_revenue, 0), 2) as decimal(18, 2)) as monthly_recurring_revenue,
    cast(g.yearly_share as double) as yearly_churn,

    ---------- flags
    l.is_staying

from live as l
cross join given_up as g
