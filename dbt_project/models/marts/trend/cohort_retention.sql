-- Grain: one row per month of first order (cohort) and month since, up to the month of as_of: who of the
-- cohort ordered again, and what the cohort is worth by then. Months are those of the reporting zone.
with

orders as (

    select customer_id, revenue, {{ month_of('first_ordered_on') }} as cohort_month,
        {{ month_of('purchased_on') }} as period_month
    from {{ ref('int_trend__purchase') }}
    where order_number is not null

),

monthly as (

    select
        cohort_month,
        period_month,
        count(distinct customer_id) as customers,
        count(*) as orders,
        sum(revenue) as revenue
    from orders
    group by cohort_month, period_month

),

cohorts as (

    select m.cohort_month, m.customers, a.as_of_date, {{ month_of('a.as_of_date') }} as running_month
    from monthly as m
    cross join {{ ref('int_time__as_of') }} as a
    where m.cohort_month = m.period_month

),

triangle as (

    select *, unnest({{ each_month('cohort_month', 'running_month') }}) as period_month from cohorts

)

select
    ---------- ids
    t.cohort_month,
    {{ months_between('t.cohort_month', 't.period_month') }} as months_since,
    t.period_month,

    ---------- numerics
    t.customers,
    coalesce(m.customers, 0) as retained_customers,
    coalesce(m.customers, 0) / cast(t.customers as double) as retention_rate,
    coalesce(m.orders, 0) as orders,
    cast(coalesce(m.revenue, 0) as decimal(18, 2)) as revenue,
    cast(sum(coalesce(m.revenue, 0)) over (
        partition by t.cohort_month order by t.period_month rows unbounded preceding
    ) / t.customers as decimal(18, 2)) as cumulative_revenue_per_customer,

    ---------- flags
    t.period_month < t.running_month as is_complete

from triangle as t
left join monthly as m on t.cohort_month = m.cohort_month and t.period_month = m.period_month
