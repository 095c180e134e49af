-- Grain: one row per measure of dbt_project/metrics.yml, period (month, quarter, all of the time) and
-- dimension value, without a gap from its first day to as_of.
with

flows as (

    {{ metric_flows() }}

),

begun as (

    select measure, counts, dimension, dimension_value, min(period_start) as first_month,
        {{ month_of('max(as_of_date)') }} as last_month
    from flows
    cross join {{ ref('int_time__as_of') }}
    where period_grain = 'month'
    group by measure, counts, dimension, dimension_value

),

periods as (

    select measure, counts, dimension, dimension_value, 'month' as period_grain,
        unnest({{ each_month('first_month', 'last_month') }}) as period_start
    from begun

    union all

    select measure, counts, dimension, dimension_value, 'quarter' as period_grain,
        unnest({{ each_quarter(quarter_of('first_month'), 'last_month') }}) as period_start
    from begun

    union all

    select measure, counts, dimension, dimension_value, 'all' as period_grain, date '1970-01-01' as period_start
    from begun
    where counts != 'opening'

),

filled as (

    select
        p.measure, p.counts, p.period_grain, p.period_start, p.dimension, p.dimension_value,
        coalesce(f.amount, 0) as flow,
        sum(coalesce(f.amount, 0)) over (
            partition by p.measure, p.period_grain, p.dimension, p.dimension_value
            order by p.period_start rows unbounded preceding
        ) as to_date
    from periods as p
    left join flows as f
        on p.measure = f.measure
        and p.period_grain = f.period_grain
        and p.period_start = f.period_start
        and p.dimension = f.dimension
        and p.dimension_value = f.dimension_value

)

select
    ---------- ids
    measure,
    period_grain,
    period_start,
    dimension,
    dimension_value,

    ---------- numerics
    round(case counts when 'to_date' then to_date when 'opening' then to_date - flow else flow end, 6) as amount

from filled
